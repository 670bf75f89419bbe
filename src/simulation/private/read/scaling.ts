import { Reader } from './reader';
import { Resource } from '../../../template/private/assembly';
import { at, Json } from '../../../template/private/json';
import { BehaviourName } from '../behaviour';
import { MetricSource, Step, StepScaling, TargetTracking } from '../system';

/** Cooldown of Application Auto Scaling for ECS services (API reference), and of EC2 Auto Scaling groups (user guide). */
const DEFAULT_COOLDOWN = 300;

const PREDEFINED: { [type: string]: MetricSource } = {
  ECSServiceAverageCPUUtilization: { kind: 'cpu', period: 60, delay: 'ecsMetricDelay' },
  ECSServiceAverageCPUUtilizationHighResolution: { kind: 'cpu', period: 20, delay: 'ecsFineMetricDelay' },
  ASGAverageCPUUtilization: { kind: 'cpu', period: 60, delay: 'ec2MetricDelay' },
  ALBRequestCountPerTarget: { kind: 'requestsPerTarget', period: 60, delay: 'albMetricDelay' },
};

/** The policies of one scalable target or Auto Scaling group. */
export interface Policies {
  readonly targetTracking: TargetTracking[];
  readonly stepScaling: StepScaling[];
}

/** Reads the policies; `configurations` are where Application or EC2 Auto Scaling keep those of both kinds. */
export function readPolicies(reader: Reader, policies: Resource[], basicMonitoring: boolean): Policies {
  const seconds = (metric: MetricSource): MetricSource => basicMonitoring && metric.delay === 'ec2MetricDelay' ? { ...metric, period: 300 } : metric;
  const targetTracking = policies.flatMap(policy => tracking(reader, policy)).map(each => ({ ...each, metric: seconds(each.metric) }));
  const stepScaling = policies.flatMap(policy => stepping(reader, policy))
    .map(each => ({ ...each, alarm: { ...each.alarm, metric: seconds(each.alarm.metric) } }));
  return { targetTracking, stepScaling };
}

function tracking(reader: Reader, policy: Resource): TargetTracking[] {
  const path = ['TargetTrackingScalingPolicyConfiguration', 'TargetTrackingConfiguration'].find(each => each in policy.properties);
  if (path === undefined) return [];
  const metric = trackedMetric(reader, policy, path);
  if (metric === undefined) return [];
  return [{
    name: policy.logicalId,
    metric,
    target: reader.number(policy, `${path}.TargetValue`)!,
    outCooldown: reader.number(policy, `${path}.ScaleOutCooldown`) ?? DEFAULT_COOLDOWN,
    inCooldown: reader.number(policy, `${path}.ScaleInCooldown`) ?? DEFAULT_COOLDOWN,
    scalesIn: reader.text(policy, `${path}.DisableScaleIn`) !== 'true',
  }];
}

function trackedMetric(reader: Reader, policy: Resource, path: string): MetricSource | undefined {
  const predefined = reader.text(policy, `${path}.PredefinedMetricSpecification.PredefinedMetricType`);
  const custom = `${path}.CustomizedMetricSpecification`;
  const metric = predefined === undefined
    ? named(reader.text(policy, `${custom}.Namespace`), reader.text(policy, `${custom}.MetricName`), reader.number(policy, `${custom}.Period`) ?? 60)
    : PREDEFINED[predefined];
  if (metric === undefined) leftOut(reader, policy, predefined ?? reader.text(policy, `${custom}.MetricName`));
  return metric;
}

function stepping(reader: Reader, policy: Resource): StepScaling[] {
  const nested = 'StepScalingPolicyConfiguration' in policy.properties ? 'StepScalingPolicyConfiguration.' : '';
  const steps = at(policy.properties, `${nested}StepAdjustments`).map(json => stepOf(reader, policy, json));
  const simple = reader.number(policy, 'ScalingAdjustment');
  if (steps.length === 0 && simple === undefined) return [];
  return reader.ofType('AWS::CloudWatch::Alarm').filter(alarm => reader.names(alarm, 'AlarmActions', policy)).flatMap(alarm => {
    const metric = named(reader.text(alarm, 'Namespace'), reader.text(alarm, 'MetricName'), reader.number(alarm, 'Period') ?? 60);
    if (metric === undefined) {
      leftOut(reader, policy, reader.text(alarm, 'MetricName'));
      return [];
    }
    const evaluationPeriods = reader.number(alarm, 'EvaluationPeriods') ?? 1;
    return [{
      name: policy.logicalId,
      alarm: {
        metric,
        comparison: reader.text(alarm, 'ComparisonOperator') ?? 'GreaterThanOrEqualToThreshold',
        threshold: reader.number(alarm, 'Threshold') ?? 0,
        evaluationPeriods,
        datapointsToAlarm: reader.number(alarm, 'DatapointsToAlarm') ?? evaluationPeriods,
      },
      adjustment: reader.text(policy, `${nested}AdjustmentType`) ?? 'ChangeInCapacity',
      steps: steps.length > 0 ? steps : [{ from: -Infinity, to: Infinity, change: simple! }],
      minChange: reader.number(policy, `${nested}MinAdjustmentMagnitude`) ?? 0,
      cooldown: reader.number(policy, `${nested}Cooldown`) ?? DEFAULT_COOLDOWN,
    }];
  });
}

function stepOf(reader: Reader, policy: Resource, json: Json): Step {
  const number = (path: string) => reader.numberIn(json, path, policy);
  return { from: number('MetricIntervalLowerBound') ?? -Infinity, to: number('MetricIntervalUpperBound') ?? Infinity, change: number('ScalingAdjustment') ?? 0 };
}

function named(namespace = '', metricName = '', period: number): MetricSource | undefined {
  if (/^(AWS\/ECS|AWS\/EC2)$/.test(namespace) && metricName === 'CPUUtilization') {
    return { kind: 'cpu', period, delay: namespace === 'AWS/EC2' ? 'ec2MetricDelay' : period < 60 ? 'ecsFineMetricDelay' : 'ecsMetricDelay' };
  }
  if (namespace === 'AWS/ApplicationELB' && /^RequestCount(PerTarget)?$/.test(metricName)) {
    return { kind: metricName === 'RequestCount' ? 'requests' : 'requestsPerTarget', period: Math.max(60, period), delay: 'albMetricDelay' };
  }
  const delay: BehaviourName = 'customMetricDelay';
  return !namespace.startsWith('AWS/') && /cpu/i.test(metricName) ? { kind: 'cpu', period, delay } : undefined;
}

function leftOut(reader: Reader, policy: Resource, metric = 'of an expression'): void {
  reader.note(`policy ${policy.logicalId} is left out: the model has no metric ${metric}`);
}
