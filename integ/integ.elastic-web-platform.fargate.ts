import { Match } from '@aws-cdk/integ-tests-alpha';
import { CfnService, CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { CfnServerlessCache } from 'aws-cdk-lib/aws-elasticache';
import { ElasticWebPlatform } from '../src';
import { PlatformCase } from './support/platform-case';

/** The production platform with every default: containers, Aurora serverless, Valkey serverless, a media bucket. */
const test = new PlatformCase('ElasticWebPlatformFargate');
const platform = new ElasticWebPlatform(test.stack, 'Shop', { compute: test.fargate, traffic: test.traffic, profile: test.profile });

test.prove(platform, proof => {
  // Sessions: a serverless cache takes TLS connections only, of users who log in, and the application is told so.
  proof.assert('elasticache', 'describeServerlessCaches', { ServerlessCacheName: proof.only(CfnServerlessCache).ref }, {
    ServerlessCaches: [Match.objectLike({ Engine: 'valkey', Status: 'available', UserGroupId: Match.stringLikeRegexp('.+') })],
  });
  proof.assert('ecs', 'describeTaskDefinition', { taskDefinition: proof.only(CfnTaskDefinition).ref }, {
    taskDefinition: {
      containerDefinitions: [Match.objectLike({
        environment: Match.arrayWith([
          { name: 'SESSION_TLS', value: 'true' },
          // PHP's own configuration: the address is in it, the password is not.
          { name: 'SESSION_PHP_INI', value: Match.stringLikeRegexp('tls://.+auth\\[pass\\]=\\$\\{SESSION_PASSWORD\\}') },
        ]),
        secrets: Match.arrayWith([Match.objectLike({ name: 'DB_PASSWORD' })]),
      })],
    },
  });

  // The application runs behind the load balancer, in private subnets, and goes back to the version before when one fails.
  const service = proof.only(CfnService);
  proof.assert('ecs', 'describeServices', { cluster: service.cluster, services: [service.ref] }, {
    services: [Match.objectLike({
      status: 'ACTIVE',
      capacityProviderStrategy: [Match.objectLike({ capacityProvider: 'FARGATE' })],
      deploymentConfiguration: Match.objectLike({
        deploymentCircuitBreaker: Match.objectLike({ enable: true, rollback: true }),
        alarms: Match.objectLike({ alarmNames: [Match.stringLikeRegexp('Failed-Answers-Critical$')], enable: true, rollback: true }),
      }),
      enableExecuteCommand: false,
      loadBalancers: [Match.objectLike({ containerName: 'web' })],
      networkConfiguration: { awsvpcConfiguration: Match.objectLike({ assignPublicIp: 'DISABLED' }) },
    })],
  });
});
