import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { once } from '../support/platform';
import { only, propertiesOf, Resource, resources, text } from '../support/template';
import { fargate } from '../support/workloads';

const TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';
const POLICY = 'AWS::ApplicationAutoScaling::ScalingPolicy';

const standard = once(() => fargate());
const spiky = once(() => fargate({ capacity: { steps: [{ fromCpuPercent: 75, addPercent: 50 }, { fromCpuPercent: 90, addPercent: 100 }] } }));

function policies(kind: string): Resource[] {
  return resources(spiky().template, POLICY).filter(({ Properties }) => Properties.PolicyType === kind);
}

describe('a Fargate service scales', () => {
  test('between the capacity\'s bounds', () => {
    standard().template.hasResourceProperties(TARGET, { MinCapacity: 3, MaxCapacity: 60 });
  });

  test('on requests, and on CPU that is measured every 20 seconds', () => {
    const tracking = resources(standard().template, POLICY).map(({ Properties }) => Properties.TargetTrackingScalingPolicyConfiguration);
    expect(tracking).toEqual([
      expect.objectContaining({
        TargetValue: 900,
        ScaleOutCooldown: 30,
        ScaleInCooldown: 300,
        PredefinedMetricSpecification: expect.objectContaining({ PredefinedMetricType: 'ALBRequestCountPerTarget' }),
      }),
      expect.objectContaining({
        TargetValue: 60,
        ScaleOutCooldown: 30,
        ScaleInCooldown: 300,
        PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilizationHighResolution' },
      }),
    ]);
    standard().template.hasResourceProperties('AWS::ECS::Service', {
      Monitoring: { MetricConfigurations: [{ MetricNames: ['CPUUtilization'], ResolutionSeconds: 20 }] },
    });
  });

  test('without steps and floors when the traffic has none', () => {
    standard().template.resourceCountIs(POLICY, 2);
    standard().template.resourceCountIs('AWS::CloudWatch::Alarm', 0);
    expect(propertiesOf(standard().template, TARGET)).not.toHaveProperty('ScheduledActions');
  });
});

describe('steps for a sharp ramp', () => {
  test('add a share of the units there are, from the lowest step on', () => {
    expect(policies('StepScaling').map(({ Properties }) => Properties.StepScalingPolicyConfiguration)).toEqual([{
      AdjustmentType: 'PercentChangeInCapacity',
      Cooldown: 45,
      MetricAggregationType: 'Average',
      MinAdjustmentMagnitude: 1,
      StepAdjustments: [
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 15, ScalingAdjustment: 50 },
        { MetricIntervalLowerBound: 15, ScalingAdjustment: 100 },
      ],
    }]);
  });

  test('are taken by an alarm on one value of the service\'s CPU over 20 seconds', () => {
    const [policy] = policies('StepScaling');
    const { AlarmActions, Dimensions, ...alarm } = propertiesOf(spiky().template, 'AWS::CloudWatch::Alarm');
    expect(alarm).toMatchObject({
      Namespace: 'AWS/ECS',
      MetricName: 'CPUUtilization',
      Statistic: 'Average',
      Period: 20,
      EvaluationPeriods: 1,
      Threshold: 75,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmName: 'Stack-Slot-Fargate-Service-TaskCount-Target-Steps',
    });
    expect((AlarmActions as unknown[]).map(text)).toEqual([`\${${policy.id}}`]);
    const service = only(spiky().template, 'AWS::ECS::Service').id;
    const cluster = only(spiky().template, 'AWS::ECS::Cluster').id;
    expect((Dimensions as { Name: string; Value: unknown }[]).map(({ Name, Value }) => [Name, text(Value)]))
      .toEqual([['ClusterName', `\${${cluster}}`], ['ServiceName', `\${${service}.Name}`]]);
  });

  test('leave what is there by default as it is', () => {
    expect(resources(spiky().template).map(({ id }) => id)).toEqual(expect.arrayContaining(resources(standard().template).map(({ id }) => id)));
  });
});

describe('floors for known events', () => {
  const FUTURE = new Date(Date.UTC(2099, 10, 27, 8, 30));
  const PAST = new Date(Date.UTC(2020, 10, 27, 8, 0));

  test('are scheduled: once in UTC, every week in a time zone', () => {
    const { template } = fargate({
      capacity: {
        scheduledFloors: [
          { name: 'sale-start', minUnits: 40, at: FUTURE },
          { name: 'friday-start', minUnits: 20, weekDays: 'FRI,SAT', hour: 17, minute: 45, timeZone: 'America/Sao_Paulo' },
          { name: 'friday-end', minUnits: 3, weekDays: 'SAT', hour: 0, minute: 0, timeZone: 'America/Sao_Paulo' },
        ],
      },
    });
    expect(propertiesOf(template, TARGET).ScheduledActions).toEqual([
      { ScheduledActionName: 'sale-start', Schedule: 'at(2099-11-27T08:30:00)', ScalableTargetAction: { MinCapacity: 40 } },
      { ScheduledActionName: 'friday-start', Schedule: 'cron(45 17 ? * FRI,SAT *)', Timezone: 'America/Sao_Paulo', ScalableTargetAction: { MinCapacity: 20 } },
      { ScheduledActionName: 'friday-end', Schedule: 'cron(0 0 ? * SAT *)', Timezone: 'America/Sao_Paulo', ScalableTargetAction: { MinCapacity: 3 } },
    ]);
  });

  test('in the past are left out, with a warning', () => {
    const { template, stack } = fargate({
      capacity: { scheduledFloors: [{ name: 'old-start', minUnits: 40, at: PAST }, { name: 'sale-start', minUnits: 40, at: FUTURE }] },
    });
    template.hasResourceProperties(TARGET, { ScheduledActions: [Match.objectLike({ ScheduledActionName: 'sale-start' })] });
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('past: old-start \\(2020-11-27T08:00:00.000Z\\)'));
  });
});
