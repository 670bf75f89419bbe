import { Match } from '@aws-cdk/integ-tests-alpha';
import { Stack } from 'aws-cdk-lib';
import { CfnService } from 'aws-cdk-lib/aws-ecs';
import { CfnListener, CfnListenerRule, CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Compute, ElasticWebPlatform } from '../src';
import { PlatformCase } from './support/platform-case';

/** The application in a stack that its team deploys: after the platform's, which does not know it. */
const test = new PlatformCase('ElasticWebPlatformTeamStack');
const team = new Stack(test.app, 'ElasticWebPlatformTeamStackApplication', { env: test.env });

const platform = new ElasticWebPlatform(test.stack, 'Shop', {
  compute: Compute.inStack(team, test.fargate),
  traffic: test.traffic,
  profile: test.profile,
});

test.prove(platform, proof => {
  // The service runs, in the team's cluster, behind the platform's load balancer.
  const service = proof.only(CfnService);
  proof.assert('ecs', 'describeServices', { cluster: service.cluster, services: [service.ref] }, {
    services: [Match.objectLike({ status: 'ACTIVE', loadBalancers: [Match.objectLike({ containerPort: 8080 })] })],
  });

  // The balancer answers by itself what no rule leads on; the team's rule leads every path to the team's group.
  proof.assert('elastic-load-balancing-v2', 'describeListeners', { ListenerArns: [proof.only(CfnListener).ref] }, {
    Listeners: [Match.objectLike({ DefaultActions: [Match.objectLike({ Type: 'fixed-response' })] })],
  }, 'elasticloadbalancing:DescribeListeners');
  proof.assert('elastic-load-balancing-v2', 'describeRules', { RuleArns: proof.all(CfnListenerRule).map(rule => rule.ref) }, {
    Rules: Match.arrayWith([Match.objectLike({
      Priority: '11', Actions: [Match.objectLike({ Type: 'forward', TargetGroupArn: proof.only(CfnTargetGroup).ref })],
    })]),
  }, 'elasticloadbalancing:DescribeRules');
}, team);
