import { Reader } from './reader';
import { Resource } from '../../../template/private/assembly';
import { asObject, at, Json } from '../../../template/private/json';
import { System, TargetSpec, WaitingRule } from '../system';

/** CloudFront waits that long for an origin (OriginReadTimeout), a load balancer that long for a target (idle timeout). */
const PATIENCE = { cloudFront: 30, balancer: 60 };
/** What CloudFront keeps an answer for at the most, unless it is told otherwise: a year. */
const YEAR = 31_536_000;
/** Managed cache policies that keep answers as the application says (CloudFront developer guide, "Use managed cache policies"). */
const MANAGED_TTL: { [id: string]: { min: number; max: number } } = {
  '658327ea-f89d-4fab-a63d-7e88639e58f6': { min: 1, max: YEAR },
  'b2884449-e4de-46a7-ac36-70bc7f1ddd6d': { min: 1, max: YEAR },
  '83da9c7e-98b4-4e11-a168-04f0df8e2c65': { min: 0, max: YEAR },
  '4cc15a8a-d715-48a4-82b8-cc0b614638fe': { min: 0, max: YEAR },
  '2e54312d-136d-493c-8eb9-b001f22f67d2': { min: 2, max: 600 },
};

/** Health checks and draining of the target group; defaults of CloudFormation (AWS::ElasticLoadBalancingV2::TargetGroup). */
export function readTargets(reader: Reader, workload: Resource): TargetSpec {
  const groups = reader.refers(workload, 'LoadBalancers.TargetGroupArn').concat(reader.refers(workload, 'TargetGroupARNs'));
  const group = groups[0];
  if (group === undefined) {
    reader.note(`no target group is behind ${workload.logicalId}: its units serve without health checks`);
    return { interval: 30, timeout: Infinity, healthyThreshold: 0, unhealthyThreshold: Infinity, deregistration: 0, slowStart: 0 };
  }
  const attribute = (key: string) => reader.attribute(group, 'TargetGroupAttributes', key);
  return {
    interval: reader.number(group, 'HealthCheckIntervalSeconds') ?? 30,
    timeout: reader.number(group, 'HealthCheckTimeoutSeconds') ?? 5,
    healthyThreshold: reader.number(group, 'HealthyThresholdCount') ?? 5,
    unhealthyThreshold: reader.number(group, 'UnhealthyThresholdCount') ?? 2,
    deregistration: Number(attribute('deregistration_delay.timeout_seconds') ?? 300),
    slowStart: Number(attribute('slow_start.duration_seconds') ?? 0),
  };
}

export function readReservation(reader: Reader): number {
  return Math.max(0, ...reader.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer')
    .map(balancer => reader.number(balancer, 'MinimumLoadBalancerCapacity.CapacityUnits') ?? 0));
}

/** How long CloudFront keeps an answer of the default behaviour, and how long it waits for one. */
export function readDistribution(reader: Reader): { edgeTtl: System['edgeTtl']; patience: number } {
  const distribution = reader.ofType('AWS::CloudFront::Distribution')[0];
  if (distribution === undefined) return { edgeTtl: { min: 0, max: 0 }, patience: PATIENCE.balancer };
  const config = 'DistributionConfig';
  const target = reader.text(distribution, `${config}.DefaultCacheBehavior.TargetOriginId`);
  const origin = at(distribution.properties, `${config}.Origins`).find(each => asObject(each).Id === target);
  const waits = ['VpcOriginConfig', 'CustomOriginConfig'].flatMap(kind => reader.numberIn(origin, `${kind}.OriginReadTimeout`, distribution) ?? []);
  return { edgeTtl: ttlOf(reader, distribution, `${config}.DefaultCacheBehavior`), patience: waits[0] ?? PATIENCE.cloudFront };
}

function ttlOf(reader: Reader, distribution: Resource, behaviour: string): System['edgeTtl'] {
  const bounds = (resource: Resource, path: string) =>
    ({ min: reader.number(resource, `${path}.MinTTL`) ?? 0, max: reader.number(resource, `${path}.MaxTTL`) ?? YEAR });
  const [policy] = reader.refers(distribution, `${behaviour}.CachePolicyId`);
  if (policy !== undefined) return bounds(policy, 'CachePolicyConfig');
  const managed = reader.text(distribution, `${behaviour}.CachePolicyId`);
  return managed === undefined ? bounds(distribution, behaviour) : MANAGED_TTL[managed] ?? { min: 0, max: 0 };
}

/** The rule that counts all requests together: what holds visitors back when there are too many. */
export function readWaitingRule(reader: Reader): WaitingRule | undefined {
  for (const acl of reader.ofType('AWS::WAFv2::WebACL')) {
    const rules = at(acl.properties, 'Rules');
    const rule = rules.find(each => at(each, 'Statement.RateBasedStatement.AggregateKeyType')[0] === 'CONSTANT' && at(each, 'Action.Block').length > 0);
    if (rule !== undefined) return waitingRule(reader, acl, rule);
  }
  return undefined;
}

function waitingRule(reader: Reader, acl: Resource, rule: Json): WaitingRule {
  const path = 'Statement.RateBasedStatement';
  const statement = at(rule, path)[0];
  return {
    name: String(asObject(rule).Name),
    limit: reader.numberIn(rule, `${path}.Limit`, acl) ?? Infinity,
    window: reader.numberIn(rule, `${path}.EvaluationWindowSec`, acl) ?? 300,
    newcomersOnly: 'ScopeDownStatement' in asObject(statement),
    page: at(rule, 'Action.Block.CustomResponse').length > 0,
  };
}
