import { CfnResource } from 'aws-cdk-lib';
import { Connections, IConnectable, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { ApplicationListener, ApplicationTargetGroup, CfnListenerRule, IApplicationListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { Rule, validate } from '../../core/private/validation';
import { WebEntry } from '../contract';

/** Values that the conditions of one rule may hold (Elastic Load Balancing quotas, "Condition values per rule"). */
const MAX_PATTERNS = 5;
/** The lowest precedence (Elastic Load Balancing API reference, `CreateRule`). */
const MAX_PRIORITY = 50_000;
/** Precedences of a listener that are one entry's own. */
export const PRIORITIES_OF_AN_ENTRY = 10;
/**
 * Seconds that the platform's balancer waits for a unit, and a connection may idle: less than CloudFront waits (60), which would otherwise leave first,
 * and a version that hangs would have made no 504 (Application Load Balancers user guide, "HTTP 460"); more than CloudFront keeps an
 * idle connection (55).
 */
export const BALANCER_WAITS = 58;
/** Reserved for names that no host has (RFC 2606), so that no request comes by it. */
const NOBODY = 'units.invalid';

/**
 * The kinds of units, by the place of their rule among those of an entry. While one kind gives way to another, the rules of both are
 * there, and a listener takes no two of one precedence. Units of all but the last are there before their rule is; the rule of the last is
 * there first, since ECS asks for it: behind the others, so that it leads nobody to no units while another rule is still there.
 */
export enum Precedence { FUNCTION = 0, ONE_AFTER_ANOTHER = 1, INSTANCES = 2, SIDE_BY_SIDE = 3 }
/** Between the place of a rule and that of the one by which its group is known to the balancer. */
const TO_ATTACHMENT = 5;

const RULES: Rule<WebEntry>[] = [
  ({ pathPatterns }) => pathPatterns === undefined || (pathPatterns.length >= 1 && pathPatterns.length <= MAX_PATTERNS) ? undefined
    : `'pathPatterns' must be 1 to ${MAX_PATTERNS}, got ${pathPatterns.length}: leave it out for every path, or put what belongs together below one path, such as '/api/*'`,
  ({ priority }) => Number.isInteger(priority) && priority >= 1 && priority <= MAX_PRIORITY - PRIORITIES_OF_AN_ENTRY ? undefined
    : `'priority' must be a whole number from 1 to ${MAX_PRIORITY - PRIORITIES_OF_AN_ENTRY}, got ${priority}: give each entry of a listener ${PRIORITIES_OF_AN_ENTRY} of its own`,
];

/** Where requests go once a rule leads them. */
export interface Entrance {
  /** The listener, as the workload's own stack knows it. */
  readonly listener: IApplicationListener;
  readonly rule: CfnListenerRule;
}

/** An entrance whose units are there before anybody is led to them. */
export interface LateEntrance extends Entrance {
  /** By which the balancer knows the group, and looks whether its units are well, while nobody is led there. */
  readonly attachment: CfnListenerRule;
  /** Leads requests to the units once they are made. */
  openAfter(units: CfnResource): void;
}

/**
 * Leads the entry's requests to one target group whose units are there first. Where they take the place of others, those serve until
 * these are well; a group that the balancer does not know would have no health, and ECS refuses one.
 */
export function createLateEntrance(
  scope: Construct, entry: WebEntry, targetGroup: ApplicationTargetGroup, precedence: Precedence,
): LateEntrance {
  const { listener, rule } = createRule(scope, entry, [targetGroup], precedence);
  const attachment = new CfnListenerRule(scope, 'Attachment', {
    listenerArn: listener.listenerArn,
    priority: entry.priority + precedence + TO_ATTACHMENT,
    conditions: [{ field: 'host-header', hostHeaderConfig: { values: [NOBODY] } }],
    actions: [forwardTo([targetGroup])],
  });
  // Whoever is a target waits for it.
  targetGroup.registerListener(listener, attachment);
  return { listener, rule, attachment, openAfter: units => rule.addDependency(units) };
}

/**
 * Leads the entry's requests to target groups: all to the first, and to the others once a deployment shifts them. ECS is told the rule
 * itself, which makes its service wait for it.
 *
 * @param scope the workload, which the balancer reaches by one rule of its group whatever stands in its places: EC2 refuses a second one
 * @param place where the rule stands
 */
export function createEntrance(
  scope: Construct, place: Construct, entry: WebEntry, targetGroups: ApplicationTargetGroup[], precedence: Precedence,
): Entrance {
  const entrance = createRule(scope, entry, targetGroups, precedence, place);
  targetGroups.forEach(each => each.registerListener(entrance.listener, entrance.listener));
  return entrance;
}

/**
 * A rule in the workload's own scope.
 *
 * The listener, and the balancer's security group, are taken by name: what is added for the workload stands beside it, so that
 * a workload in a stack of its own depends on the platform, and never the platform on it. The rule is a plain resource: CDK's
 * own would be named as a dependency of an ECS service twice, which cfn-lint warns of.
 */
function createRule(
  scope: Construct, entry: WebEntry, targetGroups: ApplicationTargetGroup[], precedence: Precedence, place = scope,
): Entrance {
  validate(scope.node.path, entry, RULES);
  const listener = listenerIn(new Construct(scope, 'Entry'), entry.listener);
  const rule = new CfnListenerRule(place, 'Production', {
    listenerArn: listener.listenerArn,
    priority: entry.priority + precedence,
    conditions: [{ field: 'path-pattern', pathPatternConfig: { values: entry.pathPatterns ?? ['/*'] } }],
    actions: [forwardTo(targetGroups)],
    transforms: entry.stripPath === undefined ? undefined : [strip(entry.stripPath)],
  });
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

/** Of the path and the query, which are one text here; a slash is left (Elastic Load Balancing user guide, "Transforms for listener rules"). */
function strip(path: string): CfnListenerRule.TransformProperty {
  const literally = path.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
  return { type: 'url-rewrite', urlRewriteConfig: { rewrites: [{ regex: `^${literally}/?(.*)$`, replace: '/$1' }] } };
}

function forwardTo(targetGroups: ApplicationTargetGroup[]): CfnListenerRule.ActionProperty {
  const [{ targetGroupArn }] = targetGroups;
  if (targetGroups.length === 1) return { type: 'forward', targetGroupArn };
  return {
    type: 'forward',
    forwardConfig: { targetGroups: targetGroups.map((each, index) => ({ targetGroupArn: each.targetGroupArn, weight: index === 0 ? 100 : 0 })) },
  };
}
