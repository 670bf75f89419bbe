"""Chat channels, whose API ministack lacks: recorded, under ARNs of AWS's form. Nothing is written to a channel."""

from ..aws import arn
from ..registry import recorded

recorded(
    'AWS::Chatbot::SlackChannelConfiguration',
    attributes=lambda physical_id, props: {'Arn': physical_id},
    physical_id=lambda name, props: arn('chatbot', f"chat-configuration/slack-channel/{props['ConfigurationName']}", regional=False))
