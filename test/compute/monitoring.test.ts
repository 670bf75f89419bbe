import { Stack } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Compute, ComputeCapacity, FargateDeployment, FargateProps, ICompute, InstanceCode, Symptom } from '../../src';
import { ground } from '../support/blocks';
import { FUNCTION_CODE, IMAGE, once } from '../support/platform';
import { titlesOf, Watched } from '../support/watched';
import { entry } from '../support/workloads';

const CAPACITY: ComputeCapacity = {
  minUnits: 3, maxUnits: 60, targetRequestsPerMinute: 900, targetCpuPercent: 60, steps: [], scheduledFloors: [], warmPoolUnits: 0,
};

const fargate = (props: Partial<FargateProps> = {}) => () => Compute.fargate({ image: IMAGE, ...props });
const instances = (stack: Stack) => Compute.instances({ code: InstanceCode.fromBucket(Bucket.fromBucketName(stack, 'Releases', 'releases'), 'shop.zip') });

/** A workload behind a load balancer, watched. */
function watch(choose: (stack: Stack) => ICompute, capacity: Partial<ComputeCapacity> = {}): Watched {
  const { stack, scope, context } = ground();
  const workload = choose(stack).bind(scope, {
    ...context, label: 'Application', subnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS }, attachments: [], capacity: { ...CAPACITY, ...capacity },
  });
  workload.registerWith(entry(scope, context));
  return new Watched(monitoring => workload.monitorWith(monitoring), stack);
}

const containers = once(() => watch(fargate()));
const blueGreen = once(() => watch(fargate({ deployment: FargateDeployment.blueGreen() })));
const machines = once(() => watch(instances));

const aFunction = once(() => watch(() => Compute.function({ code: FUNCTION_CODE })));

const ALARMS = {
  'Application-Healthy-Units-Critical': `${Symptom.DOWN}, application-is-down`,
  'Application-CPU-Usage-Warning': 'application-is-saturated',
  'Application-Memory-Usage-Warning': 'application-is-saturated',
  'Application-Disk-Usage-Warning': 'application-is-saturated',
  'Application-Failed-Answers-Critical': `${Symptom.FAILING}, requests-fail`,
  'Application-Unhealthy-Units-Warning': 'application-is-down',
  'Application-Units-At-Maximum-Warning': 'application-is-saturated',
};

test.each([
  ['containers', containers],
  ['instances', machines],
])('an application on %s has these alarms, under the same names as on anything else, each with its page of the runbook', (_, watched) => {
  expect(watched().withAdvice).toEqual(ALARMS);
});

describe.each([
  ['containers', containers],
  ['instances', machines],
])('an application on %s', (_, watched) => {
  test('is down when no node of the balancer has seen a healthy unit for two minutes, or none is known', () => {
    expect(watched().alarm('Application-Healthy-Units-Critical')).toMatchObject({
      Threshold: 1, ComparisonOperator: 'LessThanThreshold', EvaluationPeriods: 2, DatapointsToAlarm: 2, TreatMissingData: 'breaching',
    });
    expect(watched().measures('Application-Healthy-Units-Critical')).toEqual(['healthy0: AWS/ApplicationELB HealthyHostCount Maximum']);
    expect(watched().alarm('Application-Healthy-Units-Critical').Metrics.find(({ MetricStat }) => MetricStat !== undefined)!.MetricStat!.Period).toBe(60);
  });

  test('is looked at when some unit has been unhealthy for a quarter of an hour', () => {
    expect(watched().alarm('Application-Unhealthy-Units-Warning')).toMatchObject({
      Threshold: 0, ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 3, DatapointsToAlarm: 3, TreatMissingData: 'notBreaching',
    });
    expect(watched().measures('Application-Unhealthy-Units-Warning')).toEqual(['unhealthy0: AWS/ApplicationELB UnHealthyHostCount Maximum']);
    expect(watched().alarm('Application-Unhealthy-Units-Warning').Metrics.find(({ MetricStat }) => MetricStat !== undefined)!.MetricStat!.Period).toBe(300);
  });

  test('fails when more than one request in twenty does, of enough', () => {
    expect(watched().alarm('Application-Failed-Answers-Critical')).toMatchObject({ Threshold: 5, EvaluationPeriods: 2, TreatMissingData: 'notBreaching' });
    expect(watched().expression('Application-Failed-Answers-Critical')).toBe(
      '(requests0 >= 20) * 100 * MIN([requests0 - FILL(well2xx0, 0) - FILL(well3xx0, 0) - FILL(well4xx0, 0), FILL(failedByUnits, 0) + FILL(failedByBalancer, 0)]) / requests0',
    );
  });

  test('is saturated when it has been for a quarter of an hour', () => {
    const saturated = watched().alarmNames.filter(name => /CPU|Memory|Disk/.test(name));
    const unhurried = expect.objectContaining({
      Threshold: 85, ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 3, DatapointsToAlarm: 3, TreatMissingData: 'notBreaching',
    });
    expect(saturated.map(name => watched().alarm(name))).toEqual([unhurried, unhurried, unhurried]);
  });

  test('shows the team saturation, health and deployments', () => {
    expect(titlesOf(watched().summary)).toEqual([
      expect.stringMatching(/^Saturation: /), 'Healthy and unhealthy units', 'Deployments: units wanted, running and starting',
    ]);
    expect(titlesOf(watched().detail)).toEqual(expect.arrayContaining([...titlesOf(watched().summary), 'Failed requests of the units (%)']));
  });
});

test.each([
  ['containers', containers, 'ECS/ContainerInsights DesiredTaskCount Average'],
  ['instances', machines, 'AWS/AutoScaling GroupDesiredCapacity Average'],
])('%s at their maximum for a quarter of an hour are looked at', (_, watched, metric) => {
  expect(watched().alarm('Application-Units-At-Maximum-Warning')).toMatchObject({
    Threshold: 60, ComparisonOperator: 'GreaterThanOrEqualToThreshold', EvaluationPeriods: 3, DatapointsToAlarm: 3,
  });
  expect(watched().measures('Application-Units-At-Maximum-Warning')).toEqual([expect.stringMatching(`^\\w+: ${metric}$`)]);
});

test('units whose number never changes are at no maximum', () => {
  [fargate(), instances].forEach(choose =>
    expect(watch(choose, { minUnits: 2, maxUnits: 2 }).alarmNames).not.toContain('Application-Units-At-Maximum-Warning'));
});

test('containers show what Container Insights report of a deployment', () => {
  expect([...containers().summary.matchAll(/"ECS\/ContainerInsights","(\w+)"/g)].map(([, metric]) => metric))
    .toEqual(['DesiredTaskCount', 'RunningTaskCount', 'PendingTaskCount', 'DeploymentCount']);
  expect(containers().measures('Application-Disk-Usage-Warning')).toEqual([
    'used: ECS/ContainerInsights EphemeralStorageUtilized Maximum', 'reserved: ECS/ContainerInsights EphemeralStorageReserved Maximum',
  ]);
});

test('containers of two versions are well while those of either are', () => {
  expect(blueGreen().expression('Application-Healthy-Units-Critical')).toBe('MAX([healthy0, healthy1])');
  expect(blueGreen().expression('Application-Unhealthy-Units-Warning')).toBe('MAX([unhealthy0, unhealthy1])');
});

test('instances tell of the fullest of them', () => {
  expect(['Memory-Usage', 'Disk-Usage'].flatMap(name => machines().measures(`Application-${name}-Warning`))).toEqual([
    expect.stringMatching(/CWAgent mem_used_percent Maximum$/), expect.stringMatching(/CWAgent disk_used_percent Maximum$/),
  ]);
});

describe('a function', () => {
  const measured = (name: string) => aFunction().measures(`Application-${name}-Warning`);

  test('has the alarms of any other application under the same names, and its own', () => {
    expect(aFunction().withAdvice).toEqual({
      'Application-Healthy-Units-Critical': `${Symptom.DOWN}, application-is-down`,
      'Application-Failed-Answers-Critical': `${Symptom.FAILING}, requests-fail`,
      'Application-Unhealthy-Units-Warning': 'application-is-down',
      'Application-Units-At-Maximum-Warning': 'application-is-saturated',
      'Application-Function-Errors-Warning': 'requests-fail',
      'Application-None-Ready-Warning': 'application-is-saturated',
      'Application-Throttles-Warning': 'application-is-saturated',
      'Application-Duration-Warning': 'answers-are-slow',
    });
  });

  test('is at its maximum when there are as many executions as may be', () => {
    expect(aFunction().alarm('Application-Units-At-Maximum-Warning')).toMatchObject({ Threshold: 60, ComparisonOperator: 'GreaterThanOrEqualToThreshold' });
    expect(measured('Units-At-Maximum')).toEqual([expect.stringMatching(/AWS\/Lambda ConcurrentExecutions Maximum$/)]);
  });

  test('is slow when the slowest in a hundred take 80 % of its timeout', () => {
    expect(aFunction().alarm('Application-Duration-Warning')).toMatchObject({ Threshold: 12_000, ComparisonOperator: 'GreaterThanThreshold' });
    expect(measured('Duration')).toEqual([expect.stringMatching(/AWS\/Lambda Duration p99$/)]);
  });

  test.each([
    ['Function-Errors', 'failed', 'Errors'], ['None-Ready', 'spilled', 'ProvisionedConcurrencySpilloverInvocations'],
  ])('is looked at for a share of the invocations, of enough: %s', (name, id, metric) => {
    expect(aFunction().expression(`Application-${name}-Warning`)).toBe(`(invocations >= 20) * 100 * FILL(${id}, 0) / invocations`);
    expect(measured(name)).toEqual([`${id}: AWS/Lambda ${metric} Sum`, 'invocations: AWS/Lambda Invocations Sum']);
  });

  test('that keeps no execution ready misses none', () => {
    expect(watch(() => Compute.function({ code: FUNCTION_CODE }), { minUnits: 0 }).alarmNames).not.toContain('Application-None-Ready-Warning');
  });
});
