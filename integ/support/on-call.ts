import { RemovalPolicy } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { FilterOrPolicy, SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** Who is told of alarms: an encrypted topic, and a queue in which a test finds what it said. */
export class OnCall extends Construct {
  public readonly topic: Topic;
  public readonly queue: Queue;

  /** @param alarms what the names of those alarms end in that the queue keeps; all when it is left out */
  constructor(scope: Construct, id: string, alarms?: string[]) {
    super(scope, id);
    const alarmsOfCloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');
    const key = new Key(this, 'Key', { enableKeyRotation: true, removalPolicy: RemovalPolicy.DESTROY });
    key.grant(alarmsOfCloudWatch, 'kms:Decrypt', 'kms:GenerateDataKey*');
    this.topic = new Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    this.topic.grantPublish(alarmsOfCloudWatch);
    this.queue = new Queue(this, 'Queue', { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true });
    this.topic.addSubscription(new SqsSubscription(this.queue, {
      rawMessageDelivery: true,
      filterPolicyWithMessageBody: alarms === undefined ? undefined
        : { AlarmName: FilterOrPolicy.filter(SubscriptionFilter.stringFilter({ matchSuffixes: alarms })) },
    }));
  }
}
