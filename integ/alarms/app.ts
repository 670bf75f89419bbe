import { CfnOutput } from 'aws-cdk-lib';
import { ElasticWebPlatform, Notifications, Owner } from '../../src';
import { operationsLinesOf } from '../support/boards';
import { OnCall } from '../support/on-call';
import { PlatformCase } from '../support/platform-case';

/** A production platform whose every alarm tells a queue. */
const test = new PlatformCase('Alarms');
const onCall = new OnCall(test.stack, 'OnCall');
const platform = new ElasticWebPlatform(test.stack, 'Shop', {
  compute: test.fargate,
  profile: test.profile,
  notifications: Notifications.topic(onCall.topic),
  owner: Owner.team({
    name: 'Storefront', contact: 'storefront@example.com', hours: 'Mon to Fri, 9:00 to 18:00', runbook: 'https://wiki.example.com/shop',
  }),
});
// Some alarms are raised as soon as they are there.
platform.node.addDependency(onCall);

const { functionName, request } = operationsLinesOf(platform);
Object.entries({
  Topic: onCall.topic.topicArn, Queue: onCall.queue.queueUrl, OperationsFunction: functionName, OperationsRequest: request,
}).forEach(([id, value]) => new CfnOutput(test.stack, id, { value }));
