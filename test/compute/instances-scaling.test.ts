import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { instances } from '../support/instances';
import { once } from '../support/platform';
import { only, propertiesOf, resources, text } from '../support/template';

const FLOOR = { minUnits: 20 };
const PAST = new Date('2020-01-01T00:00:00Z');
const TO_COME = new Date('2099-11-27T02:30:00.500Z');

const standard = once(() => instances());
const spiky = once(() => instances({
  capacity: {
    steps: [{ fromCpuPercent: 70, addPercent: 50 }, { fromCpuPercent: 85, addPercent: 100 }],
    scheduledFloors: [
      { ...FLOOR, name: 'sale', at: TO_COME },
      { ...FLOOR, name: 'friday', weekDays: 'FRI,SAT', hour: 18, minute: 5, timeZone: 'America/Sao_Paulo' },
      { ...FLOOR, name: 'gone', at: PAST },
    ],
  },
}));

describe('scaling of instances', () => {
  test('aims at requests and at CPU', () => {
    const policies = resources(standard().template, 'AWS::AutoScaling::ScalingPolicy')
      .map(({ Properties }) => Properties.TargetTrackingConfiguration);
    expect(policies).toEqual([
      { TargetValue: 900, PredefinedMetricSpecification: { PredefinedMetricType: 'ALBRequestCountPerTarget', ResourceLabel: expect.anything() } },
      { TargetValue: 60, PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' } },
    ]);
    expect(JSON.stringify(policies[0])).toContain('TargetGroupFullName');
    standard().template.resourceCountIs('AWS::CloudWatch::Alarm', 0);
    standard().template.resourceCountIs('AWS::AutoScaling::ScheduledAction', 0);
  });

  test('takes steps on a sharp ramp by what the instances report every 10 seconds, each from where it begins to where the next one does', () => {
    const policy = resources(spiky().template, 'AWS::AutoScaling::ScalingPolicy')
      .find(({ Properties }) => Properties.PolicyType === 'StepScaling')!;
    expect(policy.Properties).toMatchObject({
      AdjustmentType: 'PercentChangeInCapacity',
      MinAdjustmentMagnitude: 1,
      StepAdjustments: [
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 15, ScalingAdjustment: 50 },
        { MetricIntervalLowerBound: 15, ScalingAdjustment: 100 },
      ],
    });
    spiky().template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'CWAgent',
      MetricName: 'cpu_usage_active',
      Statistic: 'Average',
      Period: 20,
      EvaluationPeriods: 1,
      Threshold: 70,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      AlarmActions: [{ Ref: policy.id }],
      Dimensions: [
        { Name: 'AutoScalingGroupName', Value: { Ref: only(spiky().template, 'AWS::AutoScaling::AutoScalingGroup').id } },
        { Name: 'cpu', Value: 'cpu-total' },
      ],
    });
  });

  test('aims at the same metric as often, so that no target takes back what a step has just added', () => {
    const [alarm] = resources(spiky().template, 'AWS::CloudWatch::Alarm');
    const policy = resources(spiky().template, 'AWS::AutoScaling::ScalingPolicy')
      .find(({ Properties }) => (Properties.TargetTrackingConfiguration as { TargetValue?: number } | undefined)?.TargetValue === 60)!;
    expect(policy.Properties.TargetTrackingConfiguration).toEqual({
      TargetValue: 60,
      CustomizedMetricSpecification: {
        Namespace: alarm.Properties.Namespace,
        MetricName: alarm.Properties.MetricName,
        Dimensions: alarm.Properties.Dimensions,
        Statistic: 'Average',
        Period: 10,
      },
    });
    expect(policy.id).toBe(resources(standard().template, 'AWS::AutoScaling::ScalingPolicy')[1].id);
  });

  test('raises its floor for events to come, and leaves out those that are past', () => {
    const actions = resources(spiky().template, 'AWS::AutoScaling::ScheduledAction')
      .map(({ Properties }) => ({ ...Properties, AutoScalingGroupName: undefined }));
    expect(actions).toEqual([
      { MinSize: 20, StartTime: '2099-11-27T02:30:00Z' },
      { MinSize: 20, Recurrence: '5 18 * * FRI,SAT', TimeZone: 'America/Sao_Paulo' },
    ]);
    Annotations.fromStack(spiky().stack).hasWarning('*', Match.stringLikeRegexp('gone \\(2020-01-01'));
  });

  test('never raises its floor above the maximum', () => {
    const { template } = instances({ capacity: { maxUnits: 10, scheduledFloors: [{ minUnits: 20, name: 'sale', at: TO_COME }] } });
    expect(propertiesOf(template, 'AWS::AutoScaling::ScheduledAction')).toMatchObject({ MinSize: 10 });
    expect(text(propertiesOf(template, 'AWS::AutoScaling::AutoScalingGroup').MaxSize)).toBe('10');
  });
});
