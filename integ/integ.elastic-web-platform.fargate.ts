import { ExpectedResult, IntegTest, Match } from '@aws-cdk/integ-tests-alpha';
import { App, CfnElement, CfnResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnAlarm, CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { ContainerImage, CfnService, CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { CfnServerlessCache } from 'aws-cdk-lib/aws-elasticache';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnDBCluster, CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Compute, ElasticWebPlatform, EnvironmentProfile } from '../src';

/**
 * The production platform in an account, asked of the services themselves. It runs on the local AWS and, unchanged, in a
 * sandbox account: see README.md beside this file.
 *
 * SHOP_IMAGE names the image of the application; it must answer /healthz on port 8080, as apps/php-shop does. Without it a
 * public web server runs, which proves the platform but is no shop.
 */
const PUBLIC_WEB_SERVER = 'public.ecr.aws/nginx/nginx-unprivileged:stable';
const image = process.env.SHOP_IMAGE;

const app = new App();
const env = { region: 'us-east-1' };
const stack = new Stack(app, 'ElasticWebPlatformFargate', { env });
const platform = new ElasticWebPlatform(stack, 'Shop', {
  compute: Compute.fargate({
    image: ContainerImage.fromRegistry(image ?? PUBLIC_WEB_SERVER),
    healthCheckPath: image === undefined ? '/' : undefined,
  }),
  // Production in all that is asserted; but a test pays for few zones and leaves nothing behind.
  profile: EnvironmentProfile.production({
    availabilityZones: 2,
    natGateways: 1,
    deletionProtection: false,
    removalPolicy: RemovalPolicy.DESTROY,
    backupRetention: Duration.days(1),
  }),
});

const integ = new IntegTest(app, 'Integ', {
  testCases: [stack],
  assertionStack: new Stack(app, 'Assertions', { env }),
  regions: ['us-east-1'],
});

function all<T extends CfnElement>(kind: abstract new (...args: never[]) => T): T[] {
  return platform.node.findAll().filter((each): each is T => each instanceof kind);
}

function only<T extends CfnResource>(kind: abstract new (...args: never[]) => T): T {
  const found = all(kind);
  if (found.length !== 1) throw new Error(`expected one ${kind.name}, found ${found.length}`);
  return found[0];
}

function assert(service: string, api: string, parameters: object, expected: { [key: string]: unknown }, action?: string): void {
  const call = integ.assertions.awsApiCall(service, api, parameters);
  // Where IAM has another name for the action than the API has for the operation.
  if (action !== undefined) {
    call.provider.addToRolePolicy(new PolicyStatement({ actions: [action], resources: ['*'] }).toStatementJson());
  }
  call.expect(ExpectedResult.objectLike(expected));
}

// No database can be reached from the internet, and its storage is encrypted.
const cluster = only(CfnDBCluster);
assert('rds', 'describeDBClusters', { DBClusterIdentifier: cluster.ref }, {
  DBClusters: [Match.objectLike({ StorageEncrypted: true, Engine: 'aurora-mysql' })],
});
all(CfnDBInstance).forEach(instance => assert('rds', 'describeDBInstances', { DBInstanceIdentifier: instance.ref }, {
  DBInstances: [Match.objectLike({ PubliclyAccessible: false, StorageEncrypted: true })],
}));

// Sessions: a serverless cache takes TLS connections only, of users who log in, and the application is told so.
assert('elasticache', 'describeServerlessCaches', { ServerlessCacheName: only(CfnServerlessCache).ref }, {
  ServerlessCaches: [Match.objectLike({ Engine: 'valkey', Status: 'available', UserGroupId: Match.stringLikeRegexp('.+') })],
});
assert('ecs', 'describeTaskDefinition', { taskDefinition: only(CfnTaskDefinition).ref }, {
  taskDefinition: {
    containerDefinitions: [Match.objectLike({
      environment: Match.arrayWith([{ name: 'SESSION_TLS', value: 'true' }]),
      secrets: Match.arrayWith([Match.objectLike({ name: 'DB_PASSWORD' })]),
    })],
  },
});

// The application runs behind the load balancer, in private subnets.
const service = only(CfnService);
assert('ecs', 'describeServices', { cluster: service.cluster, services: [service.ref] }, {
  services: [Match.objectLike({
    status: 'ACTIVE',
    loadBalancers: [Match.objectLike({ containerName: 'web' })],
    networkConfiguration: { awsvpcConfiguration: Match.objectLike({ assignPublicIp: 'DISABLED' }) },
  })],
});

// Every bucket blocks public access.
all(CfnBucket).forEach(bucket => assert('s3', 'getPublicAccessBlock', { Bucket: bucket.ref }, {
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true,
  },
}, 's3:GetBucketPublicAccessBlock'));

// Every alarm tells the topic, and the dashboard shows something.
all(CfnAlarm).forEach(alarm => assert('cloudwatch', 'describeAlarms', { AlarmNames: [alarm.ref] }, {
  MetricAlarms: [Match.objectLike({ ActionsEnabled: true, AlarmActions: [platform.alarmTopic.topicArn] })],
}));
all(CfnDashboard).forEach(dashboard => assert('cloudwatch', 'getDashboard', { DashboardName: dashboard.ref }, {
  DashboardBody: Match.stringLikeRegexp('"widgets":\\[\\{'),
}));
