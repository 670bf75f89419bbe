import { Reader } from './reader';
import { Policies, readPolicies } from './scaling';
import { vcpusOf } from './vcpus';
import { Resource } from '../../../template/private/assembly';
import { at } from '../../../template/private/json';
import { FleetSpec, ScheduledAction } from '../system';

const SERVICE = 'AWS::ECS::Service';
const GROUP = 'AWS::AutoScaling::AutoScalingGroup';

/** Warm-up of EC2 Auto Scaling when nothing else is said: the group's cooldown (user guide). */
const DEFAULT_WARMUP = 300;

/** The one resource whose units answer the requests. */
export function findWorkload(reader: Reader, service: string | undefined): Resource {
  const all = reader.ofType(SERVICE, GROUP);
  const behindBalancer = all.filter(each => 'LoadBalancers' in each.properties || 'TargetGroupARNs' in each.properties);
  const functions = reader.ofType('AWS::ElasticLoadBalancingV2::TargetGroup').filter(each => reader.text(each, 'TargetType') === 'lambda')
    .map(({ logicalId }) => logicalId).join(', ');
  const candidates = service !== undefined ? all.filter(each => each.logicalId === service) : behindBalancer.length > 0 ? behindBalancer : all;
  const ids = (resources: Resource[]) => resources.map(({ logicalId }) => logicalId).join(', ');
  if (functions !== '') reader.note(`${functions} leads to a function, whose executions the model does not look at`);
  if (candidates.length === 1) return candidates[0];
  if (all.length === 0 && functions !== '') {
    throw reader.wrong(`must hold what runs the application, an ${SERVICE} or an ${GROUP}, got a function behind ${functions}, which is not simulated: AWS starts its executions with the requests; look at the capacity plan`);
  }
  if (all.length === 0) {
    throw reader.wrong(`must hold what runs the application, an ${SERVICE} or an ${GROUP}, got neither: give the template of the stack that does`);
  }
  if (candidates.length === 0) throw reader.wrong(`must hold the 'service' ${service}, got ${ids(all)}: give one of these logical ids`);
  throw reader.wrong(`must hold one service or group behind a load balancer, got ${ids(candidates)}: name one of them in 'service'`);
}

export function readFleet(reader: Reader, workload: Resource): FleetSpec {
  return workload.type === SERVICE ? readService(reader, workload) : readGroup(reader, workload);
}

function readService(reader: Reader, service: Resource): FleetSpec {
  const target = scalableTarget(reader, service);
  const desired = reader.number(service, 'DesiredCount');
  const fixed = desired ?? 1;
  if (target === undefined) reader.note(`${service.logicalId} does not scale: ${fixed} all the time`);
  const min = target === undefined ? fixed : reader.number(target, 'MinCapacity') ?? 1;
  const [task] = reader.refers(service, 'TaskDefinition');
  const fargate = reader.text(service, 'LaunchType') === 'FARGATE'
    || at(service.properties, 'CapacityProviderStrategy.CapacityProvider').some(each => String(each).startsWith('FARGATE'));
  if (!fargate) reader.note(`tasks of ${service.logicalId} are taken to find room on their instances: the model does not look at those`);
  return {
    id: service.logicalId,
    kind: fargate ? 'fargate' : 'tasks',
    vcpus: task === undefined ? 0.25 : cpuOf(reader, task),
    initial: Math.max(min, desired ?? 0),
    min,
    max: target === undefined ? fixed : reader.number(target, 'MaxCapacity') ?? min,
    warmUnits: 0,
    healthGrace: reader.number(service, 'HealthCheckGracePeriodSeconds') ?? 0,
    replacesUnhealthy: true,
    warmup: 0,
    ...(target === undefined ? { targetTracking: [], stepScaling: [] } : policiesOf(reader, target)),
    schedule: target === undefined ? [] : scheduleOf(reader, target),
  };
}

/** In units of 1,024 for one vCPU, or as `.5 vCPU`. */
function cpuOf(reader: Reader, task: Resource): number {
  const text = reader.text(task, 'Cpu') ?? '256';
  const vcpus = /^([\d.]+) *vcpu$/i.exec(text);
  return vcpus === null ? Number(text) / 1024 : Number(vcpus[1]);
}

function scalableTarget(reader: Reader, service: Resource): Resource | undefined {
  const name = reader.text(service, 'ServiceName');
  const targets = reader.ofType('AWS::ApplicationAutoScaling::ScalableTarget')
    .filter(target => (reader.text(target, 'ScalableDimension') ?? 'ecs:service:DesiredCount') === 'ecs:service:DesiredCount')
    .filter(target => reader.names(target, 'ResourceId', service) || (name !== undefined && reader.text(target, 'ResourceId')?.endsWith(`/${name}`)));
  if (targets.length > 1) {
    throw reader.wrong(`must scale ${service.logicalId} by one target, got ${targets.map(({ logicalId }) => logicalId).join(', ')}: leave one`);
  }
  return targets[0];
}

function policiesOf(reader: Reader, target: Resource): Policies {
  const policies = reader.ofType('AWS::ApplicationAutoScaling::ScalingPolicy')
    .filter(policy => reader.names(policy, 'ScalingTargetId', target)
      || (reader.text(policy, 'ResourceId') !== undefined && reader.text(policy, 'ResourceId') === reader.text(target, 'ResourceId')));
  return readPolicies(reader, policies, false);
}

function scheduleOf(reader: Reader, target: Resource): ScheduledAction[] {
  const actions = at(target.properties, 'ScheduledActions').length;
  return Array.from({ length: actions }, (_, index) => {
    const action: Resource = { ...target, properties: { action: at(target.properties, 'ScheduledActions')[index] } };
    return {
      name: reader.text(action, 'action.ScheduledActionName') ?? String(index),
      expression: reader.text(action, 'action.Schedule') ?? '',
      timeZone: reader.text(action, 'action.Timezone') ?? 'UTC',
      min: reader.number(action, 'action.ScalableTargetAction.MinCapacity'),
      max: reader.number(action, 'action.ScalableTargetAction.MaxCapacity'),
    };
  });
}

function readGroup(reader: Reader, group: Resource): FleetSpec {
  const belongs = (type: string) => reader.ofType(type).filter(each => reader.names(each, 'AutoScalingGroupName', group));
  const policies = belongs('AWS::AutoScaling::ScalingPolicy');
  const min = reader.number(group, 'MinSize') ?? 0;
  const { type, detailed } = launched(reader, group);
  const warmups = policies.map(policy => reader.number(policy, 'EstimatedInstanceWarmup')).filter(each => each !== undefined);
  return {
    id: group.logicalId,
    kind: 'instances',
    vcpus: type === undefined ? 2 : vcpusOf(type),
    initial: Math.max(min, reader.number(group, 'DesiredCapacity') ?? 0),
    min,
    max: reader.number(group, 'MaxSize') ?? min,
    warmUnits: Math.max(0, ...belongs('AWS::AutoScaling::WarmPool').map(pool => reader.number(pool, 'MinSize') ?? 0)),
    healthGrace: reader.number(group, 'HealthCheckGracePeriod') ?? 0,
    replacesUnhealthy: (reader.text(group, 'HealthCheckType') ?? 'EC2').includes('ELB'),
    warmup: reader.number(group, 'DefaultInstanceWarmup') ?? Math.max(...warmups, warmups.length > 0 ? 0 : DEFAULT_WARMUP),
    ...readPolicies(reader, policies, !detailed),
    schedule: belongs('AWS::AutoScaling::ScheduledAction').map(action => ({
      name: action.logicalId,
      expression: reader.text(action, 'Recurrence') ?? `at(${(reader.text(action, 'StartTime') ?? '').replace(/Z$/, '')})`,
      timeZone: reader.text(action, 'Recurrence') === undefined ? 'UTC' : reader.text(action, 'TimeZone') ?? 'UTC',
      min: reader.number(action, 'MinSize'),
      max: reader.number(action, 'MaxSize'),
      desired: reader.number(action, 'DesiredCapacity'),
    })),
  };
}

/** What a group launches: by a template, by several types, or by the launch configurations of old. */
function launched(reader: Reader, group: Resource): { type?: string; detailed: boolean } {
  const [configuration] = reader.refers(group, 'LaunchConfigurationName');
  if (configuration !== undefined) {
    return { type: reader.text(configuration, 'InstanceType'), detailed: reader.text(configuration, 'InstanceMonitoring') !== 'false' };
  }
  const [template] = reader.refers(group, 'LaunchTemplate.LaunchTemplateId')
    .concat(reader.refers(group, 'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateId'));
  const override = reader.text(group, 'MixedInstancesPolicy.LaunchTemplate.Overrides.InstanceType');
  return {
    type: override ?? (template && reader.text(template, 'LaunchTemplateData.InstanceType')),
    detailed: template !== undefined && reader.text(template, 'LaunchTemplateData.Monitoring.Enabled') === 'true',
  };
}
