import { DeploymentStrategy, FargateService } from 'aws-cdk-lib/aws-ecs';
import { ApplicationListener, ApplicationTargetGroup, CfnListenerRule } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { WEB_CONTAINER } from './workload-props';
import { acknowledgeWildcards } from '../../../core/private/acknowledge';
import { managedPolicyRole } from '../../../core/private/resources/managed-policy-role';
import { webTargetGroup, WebTargetGroupProps } from '../../../workload/private/web-targets';

/** The lowest precedence of a listener's rules: any other rule goes first. */
const LAST = 50_000;

/** Where a service stands behind the load balancer. */
export interface FargateTargets {
  readonly listener: ApplicationListener;
  /** One for units that are replaced one after another; two where the new version stands beside the old one. */
  readonly targetGroups: ApplicationTargetGroup[];
}

/**
 * Puts a service behind the listener. Unless units are replaced one after another, there are two target groups, and a rule
 * of the listener by which ECS moves the requests from one to the other.
 */
export function registerService(
  scope: Construct, service: FargateService, strategy: DeploymentStrategy, listener: ApplicationListener, props: WebTargetGroupProps,
): FargateTargets {
  const targetGroup = webTargetGroup(scope, 'Targets', props);
  listener.addTargetGroups('Application', { targetGroups: [targetGroup] });
  const target = { containerName: WEB_CONTAINER, containerPort: props.port };
  if (strategy === DeploymentStrategy.ROLLING) {
    targetGroup.addTarget(service.loadBalancerTarget(target));
    return { listener, targetGroups: [targetGroup] };
  }
  const alternate = webTargetGroup(scope, 'AlternateTargets', props);
  alternate.registerListener(listener);
  const rule = createRule(scope, listener, targetGroup, alternate);
  const role = trafficRole(scope, listener, rule, [targetGroup, alternate]);
  const alternateTarget = {
    bind: () => ({ alternateTargetGroupArn: alternate.targetGroupArn, productionListenerRule: rule.ref, roleArn: role.roleArn }),
  };
  targetGroup.addTarget(service.loadBalancerTarget({ ...target, alternateTarget }));
  // What the role may do stands in a policy of its own, which the service's properties do not name.
  service.node.addDependency(role.node.findChild('Policy'));
  return { listener, targetGroups: [targetGroup, alternate] };
}

/** As a plain resource: the L2 rule would be named as a dependency of the service twice, which cfn-lint warns of. */
function createRule(scope: Construct, listener: ApplicationListener, current: ApplicationTargetGroup, next: ApplicationTargetGroup): CfnListenerRule {
  const weighted = [{ targetGroupArn: current.targetGroupArn, weight: 100 }, { targetGroupArn: next.targetGroupArn, weight: 0 }];
  return new CfnListenerRule(scope, 'Production', {
    listenerArn: listener.listenerArn,
    priority: LAST,
    conditions: [{ field: 'path-pattern', pathPatternConfig: { values: ['/*'] } }],
    actions: [{ type: 'forward', forwardConfig: { targetGroups: weighted } }],
  });
}

/** What AWS's managed policy AmazonECSInfrastructureRolePolicyForLoadBalancers grants, for these groups and this rule alone. */
function trafficRole(
  scope: Construct, listener: ApplicationListener, rule: CfnListenerRule, targetGroups: ApplicationTargetGroup[],
): IRole {
  const role = managedPolicyRole(scope, 'TrafficRole', 'ecs.amazonaws.com');
  const allow = (resources: string[], ...actions: string[]) => role.addToPrincipalPolicy(new PolicyStatement({
    resources, actions: actions.map(action => `elasticloadbalancing:${action}`),
  }));
  allow(['*'], 'DescribeListeners', 'DescribeRules', 'DescribeTargetGroups', 'DescribeTargetHealth');
  allow(targetGroups.map(each => each.targetGroupArn), 'RegisterTargets', 'DeregisterTargets');
  allow([listener.listenerArn], 'ModifyListener');
  allow([rule.ref], 'ModifyRule');
  acknowledgeWildcards(role, ['*'], 'Elastic Load Balancing\'s Describe actions take no resource');
  return role;
}
