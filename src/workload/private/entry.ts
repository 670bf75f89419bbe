import { Connections, IConnectable, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { ApplicationListener, ApplicationTargetGroup, CfnListenerRule, IApplicationListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { Rule, validate } from '../../core/private/validation';
import { WebEntry } from '../contract';

/** Values that the conditions of one rule may hold (Elastic Load Balancing quotas, "Condition values per rule"). */
const MAX_PATTERNS = 5;
/** The lowest precedence (Elastic Load Balancing API reference, `CreateRule`). */
const MAX_PRIORITY = 50_000;

const RULES: Rule<WebEntry>[] = [
  ({ pathPatterns }) => pathPatterns === undefined || (pathPatterns.length >= 1 && pathPatterns.length <= MAX_PATTERNS) ? undefined
    : `'pathPatterns' must be 1 to ${MAX_PATTERNS}, got ${pathPatterns.length}: leave it out for every path, or put what belongs together below one path, such as '/api/*'`,
  ({ priority }) => Number.isInteger(priority) && priority >= 1 && priority <= MAX_PRIORITY ? undefined
    : `'priority' must be a whole number from 1 to ${MAX_PRIORITY}, got ${priority}: give each entry of a listener another one`,
];

/** Where requests go once a rule leads them. */
export interface Entrance {
  /** The listener, as the workload's own stack knows it. */
  readonly listener: IApplicationListener;
  readonly rule: CfnListenerRule;
}

/**
 * Leads the entry's requests to target groups, by a rule in the workload's own scope: all to the first, and to the others
 * once a deployment shifts them.
 *
 * The listener, and the balancer's security group, are taken by name: what is added for the workload stands beside it, so that
 * a workload in a stack of its own depends on the platform, and never the platform on it. The rule is a plain resource: CDK's
 * own would be named as a dependency of an ECS service twice, which cfn-lint warns of.
 */
export function createEntrance(scope: Construct, entry: WebEntry, targetGroups: ApplicationTargetGroup[]): Entrance {
  validate(scope.node.path, entry, RULES);
  const listener = listenerIn(new Construct(scope, 'Entry'), entry.listener);
  const rule = new CfnListenerRule(scope, 'Production', {
    listenerArn: listener.listenerArn,
    priority: entry.priority,
    conditions: [{ field: 'path-pattern', pathPatternConfig: { values: entry.pathPatterns ?? ['/*'] } }],
    actions: [forwardTo(targetGroups)],
  });
  // Whoever is a target waits for the rule; of two groups ECS is told the rule itself, which makes its service wait already.
  targetGroups.forEach(each => each.registerListener(listener, targetGroups.length === 1 ? rule : listener));
  return { listener, rule };
}

/** Lets the balancer in; the rules of both groups stand beside the workload. */
export function admitBalancer(workload: IConnectable, { listener }: Entrance, port: number): void {
  workload.connections.allowFrom(listener, Port.tcp(port), 'Load balancer to target');
}

function listenerIn(scope: Construct, { listenerArn, connections }: IApplicationListener): IApplicationListener {
  return ApplicationListener.fromApplicationListenerAttributes(scope, 'Listener', {
    listenerArn, securityGroup: balancerGroup(scope, connections),
  });
}

function balancerGroup(scope: Construct, { securityGroups: [group] }: Connections) {
  return SecurityGroup.fromSecurityGroupId(scope, 'Balancer', group.securityGroupId, { allowAllOutbound: false });
}

function forwardTo(targetGroups: ApplicationTargetGroup[]): CfnListenerRule.ActionProperty {
  const [{ targetGroupArn }] = targetGroups;
  if (targetGroups.length === 1) return { type: 'forward', targetGroupArn };
  return {
    type: 'forward',
    forwardConfig: { targetGroups: targetGroups.map((each, index) => ({ targetGroupArn: each.targetGroupArn, weight: index === 0 ? 100 : 0 })) },
  };
}
