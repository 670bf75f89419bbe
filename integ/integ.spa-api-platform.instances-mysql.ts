import { Match } from '@aws-cdk/integ-tests-alpha';
import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { CfnListenerRule } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Compute, Database, InstanceCode, SpaApiPlatform } from '../src';
import { PlatformCase } from './support/platform-case';
import { step } from './support/step';

/** A shop: its front at the first address, its API on instances, below a path that it does not see, MySQL with a read replica. */
const test = new PlatformCase('SpaApiPlatformInstancesMysql');
const platform = new SpaApiPlatform(test.stack, 'Shop', {
  frontend: { path: '/' },
  backend: {
    path: '/api',
    stripPath: true,
    compute: Compute.instances({
      code: InstanceCode.fromAsset('integ/apps/php-shop'),
      // Another version of PHP stands for the next release: the instances have to be renewed for it.
      php: { version: step() === 'new-image' ? '8.4' : '8.3' },
    }),
    traffic: test.traffic,
  },
  database: Database.rdsMysql({ readReplica: true }),
  profile: test.profile,
});

test.prove(platform, proof => {
  proof.assert('auto-scaling', 'describeAutoScalingGroups', { AutoScalingGroupNames: [proof.only(CfnAutoScalingGroup).ref] }, {
    AutoScalingGroups: [Match.objectLike({ Instances: Match.arrayWith([Match.objectLike({ LifecycleState: 'InService' })]) })],
  });
  const rule = proof.all(CfnListenerRule).find(({ node }) => node.id === 'Production')!;
  proof.assert('elastic-load-balancing-v2', 'describeRules', { RuleArns: [rule.ref] }, {
    Rules: [Match.objectLike({ Conditions: [Match.objectLike({ PathPatternConfig: { Values: ['/api', '/api/*'] } })] })],
  }, 'elasticloadbalancing:DescribeRules');
  // Whatever is not the API's is the site's.
  proof.assert('cloudfront', 'getDistributionConfig', { Id: proof.only(CfnDistribution).ref }, {
    DistributionConfig: {
      DefaultCacheBehavior: Match.objectLike({ FunctionAssociations: Match.objectLike({ Quantity: 1 }) }),
      CacheBehaviors: { Items: ['/api', '/api/*'].map(PathPattern => Match.objectLike({ PathPattern })) },
    },
  });
});
