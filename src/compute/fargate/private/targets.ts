import { CfnService, DeploymentStrategy, FargateService } from 'aws-cdk-lib/aws-ecs';
import { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct, DependencyGroup, IDependable } from 'constructs';
import { WEB_CONTAINER } from './workload-props';
import { acknowledgeWildcards } from '../../../core/private/acknowledge';
import { managedPolicyRole } from '../../../core/private/resources/managed-policy-role';
import { WebEntry } from '../../../workload';
import { admitBalancer, createEntrance, createLateEntrance, Entrance, Precedence } from '../../../workload/private/entry';
import { webTargetGroup, WebTargetGroupProps } from '../../../workload/private/web-targets';

/**
 * The port of a target group, which says nothing here: ECS registers each unit with the port of its container (ECS developer guide,
 * "Use load balancing to distribute Amazon ECS service traffic"). So another port of the container is no other group, which would
 * have no unit yet while requests are led there.
 */
const PORT_OF_GROUP = 8080;

/** Where the units of a service stand. */
export interface Registered {
  /** One for units that are replaced one after another; two where the new version stands beside the old one. */
  readonly targetGroups: ApplicationTargetGroup[];
  /** The units, and the rule that leads to them. */
  readonly ready: IDependable;
}

/**
 * Puts a service behind the load balancer, by what stands beside it. Unless units are replaced one after another, there are two target groups, and ECS
 * moves the requests from one to the other by the listener's rule.
 */
export function registerService(
  scope: Construct, service: FargateService, strategy: DeploymentStrategy, entry: WebEntry, props: WebTargetGroupProps,
): Registered {
  const place = service.node.scope!;
  const units = service.node.findChild('Service') as CfnService;
  const ofGroup = { ...props, port: PORT_OF_GROUP };
  const targetGroup = webTargetGroup(place, 'Targets', ofGroup);
  const target = { containerName: WEB_CONTAINER, containerPort: props.port };
  if (strategy === DeploymentStrategy.ROLLING) {
    const entrance = createLateEntrance(scope, entry, targetGroup, Precedence.ONE_AFTER_ANOTHER);
    admitBalancer(service, entrance, props.port);
    targetGroup.addTarget(service.loadBalancerTarget(target));
    entrance.openAfter(units);
    return { targetGroups: [targetGroup], ready: entrance.rule };
  }
  const targetGroups = [targetGroup, webTargetGroup(place, 'AlternateTargets', ofGroup)];
  const entrance = createEntrance(scope, place, entry, targetGroups, Precedence.SIDE_BY_SIDE);
  admitBalancer(service, entrance, props.port);
  const role = trafficRole(place, entrance, targetGroups);
  const alternateTarget = {
    bind: () => ({ alternateTargetGroupArn: targetGroups[1].targetGroupArn, productionListenerRule: entrance.rule.ref, roleArn: role.roleArn }),
  };
  targetGroup.addTarget(service.loadBalancerTarget({ ...target, alternateTarget }));
  // What the role may do stands in a policy of its own, which the service's properties do not name.
  service.node.addDependency(role.node.findChild('Policy'));
  return { targetGroups, ready: new DependencyGroup(units, entrance.rule) };
}

/** What AWS's managed policy AmazonECSInfrastructureRolePolicyForLoadBalancers grants, for these groups and this rule alone. */
function trafficRole(scope: Construct, { listener, rule }: Entrance, targetGroups: ApplicationTargetGroup[]): IRole {
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
