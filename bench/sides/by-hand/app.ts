import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { createAccessLogs, createApplication } from './application';
import { createDatabase, createSessions } from './data';
import { createEdge } from './edge';
import { monitor } from './monitoring';
import { createNetwork } from './network';

/** The resources of the sample platform as an engineer writes them with aws-cdk-lib, in one stack. */
const app = new App();
const stack = new Stack(app, 'Bench', { env: { region: 'us-east-1' } });
const key = createKey(stack);
const accessLogs = createAccessLogs(stack);
const { vpc, flowLogs } = createNetwork(stack, key);
const database = createDatabase(stack, vpc, key);
const sessions = createSessions(stack, vpc, key);
const application = createApplication(stack, { vpc, key, accessLogs, database, sessions });
const edge = createEdge(stack, { key, accessLogs, loadBalancer: application.loadBalancer });
const topic = createTopic(stack, key);
monitor(stack, { key, topic, vpc, flowLogs, database, sessions, application, edge });
new CfnOutput(stack, 'Url', { value: `https://${edge.distribution.distributionDomainName}` });
app.synth();

function createKey(scope: Stack): Key {
  const created = new Key(scope, 'Key', { enableKeyRotation: true, removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE });
  created.addToResourcePolicy(new PolicyStatement({
    principals: [new ServicePrincipal(`logs.${scope.region}.amazonaws.com`)],
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    resources: ['*'],
    conditions: {
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${scope.partition}:logs:${scope.region}:${scope.account}:log-group:*` },
    },
  }));
  created.addToResourcePolicy(new PolicyStatement({
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:SourceAccount': scope.account } },
  }));
  return created;
}

function createTopic(scope: Stack, masterKey: Key): Topic {
  const created = new Topic(scope, 'AlarmTopic', { masterKey, enforceSSL: true });
  created.addToResourcePolicy(new PolicyStatement({
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [created.topicArn],
    conditions: { StringEquals: { 'aws:SourceAccount': scope.account } },
  }));
  return created;
}
