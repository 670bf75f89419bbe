import { Match } from '@aws-cdk/integ-tests-alpha';
import { TimeZone } from 'aws-cdk-lib';
import { CfnDistribution, CfnVpcOrigin } from 'aws-cdk-lib/aws-cloudfront';
import { CfnService } from 'aws-cdk-lib/aws-ecs';
import { CfnParameterGroup, CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { CfnSchedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { Cache, ElasticWebPlatform } from '../src';
import { PlatformCase } from './support/platform-case';
import { Proof } from './support/proof';

/**
 * The platform in São Paulo: what CloudFront needs in us-east-1 is in two stacks beside it. With a cache of the application's own, and a
 * command that runs by the clock.
 */
const test = new PlatformCase('ElasticWebPlatformSaoPaulo', { region: 'sa-east-1' });
const platform = new ElasticWebPlatform(test.stack, 'Shop', {
  compute: test.fargateWith({
    scheduledTasks: {
      'clean-carts': { schedule: ScheduleExpression.cron({ hour: '3', minute: '0', timeZone: TimeZone.AMERICA_SAO_PAULO }), command: ['php', 'bin/clean.php'] },
    },
  }),
  cache: Cache.valkeyNodes(),
  traffic: test.traffic,
  profile: test.profile,
});

test.prove(platform, proof => {
  // The web ACL came across from us-east-1, by way of a parameter.
  proof.assert('cloudfront', 'getDistributionConfig', { Id: proof.only(CfnDistribution).ref }, {
    DistributionConfig: Match.objectLike({ WebACLId: Match.stringLikeRegexp('^arn:aws:wafv2:us-east-1:[0-9]+:global/webacl/') }),
  });
  // The application stands in São Paulo.
  proof.assert('cloudfront', 'getVpcOrigin', { Id: proof.only(CfnVpcOrigin).ref }, {
    VpcOrigin: Match.objectLike({
      VpcOriginEndpointConfig: Match.objectLike({ Arn: Match.stringLikeRegexp('^arn:aws:elasticloadbalancing:sa-east-1:') }),
    }),
  });
  askCache(proof);
  askSchedule(proof);
});

/** Two nodes that stand in for each other, encrypted; what was used longest ago makes room. */
function askCache(proof: Proof): void {
  proof.assert('elasticache', 'describeReplicationGroups', { ReplicationGroupId: proof.only(CfnReplicationGroup).ref }, {
    ReplicationGroups: [Match.objectLike({ Status: 'available', AutomaticFailover: 'enabled', TransitEncryptionEnabled: true, AtRestEncryptionEnabled: true })],
  });
  proof.assert('elasticache', 'describeCacheParameters', { CacheParameterGroupName: proof.only(CfnParameterGroup).ref }, {
    Parameters: Match.arrayWith([Match.objectLike({ ParameterName: 'maxmemory-policy', ParameterValue: 'allkeys-lru' })]),
  });
}

/** The service's own definition with another command, in São Paulo's time, and a queue for what cannot start. */
function askSchedule(proof: Proof): void {
  const [queue, service] = [proof.only(CfnQueue), proof.only(CfnService)];
  proof.assert('scheduler', 'getSchedule', { Name: proof.only(CfnSchedule).ref }, {
    State: 'ENABLED',
    ScheduleExpression: 'cron(0 3 * * ? *)',
    ScheduleExpressionTimezone: 'America/Sao_Paulo',
    Target: Match.objectLike({
      Input: '{"containerOverrides":[{"name":"web","command":["php","bin/clean.php"]}]}',
      DeadLetterConfig: { Arn: queue.attrArn },
      EcsParameters: Match.objectLike({ LaunchType: 'FARGATE', TaskDefinitionArn: service.taskDefinition }),
    }),
  });
  proof.assert('sqs', 'getQueueAttributes', { QueueUrl: queue.ref, AttributeNames: ['All'] }, {
    Attributes: Match.objectLike({ MessageRetentionPeriod: '1209600', KmsMasterKeyId: Match.stringLikeRegexp('.+') }),
  });
}
