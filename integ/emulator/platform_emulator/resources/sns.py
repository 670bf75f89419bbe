"""The encryption of a topic."""

from ..aws import client
from ..registry import deepens


@deepens('AWS::SNS::Topic')
def encryption(topic_arn, props):
    client('sns').set_topic_attributes(
        TopicArn=topic_arn, AttributeName='KmsMasterKeyId', AttributeValue=props.get('KmsMasterKeyId', ''))
