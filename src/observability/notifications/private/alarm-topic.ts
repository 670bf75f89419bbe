import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { mustBeSeverity } from '../../../core/private/alarms/spelling';
import { IAlarmTopics } from '../contract';

/**
 * A new, encrypted topic: over TLS alone, and only CloudWatch publishes, for alarms of this account (composite ones, too). Who
 * subscribes needs nothing of the key: SNS decrypts a message as it sends it (SNS Developer Guide, "Encryption at rest").
 *
 * @param topicName for a topic that a stack of another Region refers to
 */
export function createAlarmTopic(scope: Construct, masterKey: IKey, topicName?: string): Topic {
  const topic = new Topic(scope, 'Topic', { masterKey, enforceSSL: true, topicName });
  topic.addToResourcePolicy(new PolicyStatement({
    sid: 'CloudWatchAlarms',
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  }));
  return topic;
}

/** Every alarm goes to one topic. */
export function oneTopic(topic: ITopic): IAlarmTopics {
  return {
    topics: [topic],
    topicsFor: severity => {
      mustBeSeverity(topic.node.path, severity, 'an alarm');
      return [topic];
    },
  };
}
