import { Match } from 'aws-cdk-lib/assertions';
import { Compute, ComputeCapacity } from '../../src';
import { FUNCTION_CODE } from '../support/platform';
import { only, resources } from '../support/template';
import { workload } from '../support/workloads';

const TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';
const POLICY = 'AWS::ApplicationAutoScaling::ScalingPolicy';
const made = (capacity: Partial<ComputeCapacity> = {}) => workload(() => Compute.function({ code: FUNCTION_CODE }), { capacity }).template;

describe('executions that stand ready', () => {
  test('are scaled at the alias, between the plan\'s least and most, by the share of them that is busy', () => {
    const template = made();
    const { id, Properties } = only(template, TARGET);
    expect(Properties).toMatchObject({
      ServiceNamespace: 'lambda',
      ScalableDimension: 'lambda:function:ProvisionedConcurrency',
      MinCapacity: 3,
      MaxCapacity: 60,
      ResourceId: { 'Fn::Join': ['', ['function:', { Ref: expect.stringContaining('SlotFunction') }, ':live']] },
    });
    template.hasResourceProperties(POLICY, {
      ScalingTargetId: { Ref: id },
      TargetTrackingScalingPolicyConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: 'LambdaProvisionedConcurrencyUtilization' }, TargetValue: 0.6,
      },
    });
  });

  test('have no number that a deployment would set back', () => {
    const template = made();
    expect(JSON.stringify([only(template, 'AWS::Lambda::Alias'), resources(template, 'AWS::Lambda::Function')])).not.toContain('ProvisionedConcurrency"');
    expect(only(template, 'AWS::Lambda::Alias').Properties).not.toHaveProperty('ProvisionedConcurrencyConfig');
  });

  test('are asked for once a version is live, and taken back after nothing scales them any more', () => {
    const template = made();
    const readiness = only(template, 'Custom::ProvisionedConcurrency');
    expect(only(template, TARGET).DependsOn).toEqual([readiness.id]);
    expect(readiness.DependsOn).toEqual([only(template, 'Custom::LiveVersion').id]);
  });

  test('are as many at all times where the plan says one number', () => {
    const template = made({ minUnits: 5, maxUnits: 5 });
    expect(only(template, TARGET).Properties).toMatchObject({ MinCapacity: 5, MaxCapacity: 5 });
    expect(resources(template, POLICY)).toEqual([]);
  });

  test('are none where the plan has none', () => {
    const template = made({ minUnits: 0 });
    expect([TARGET, POLICY, 'Custom::ProvisionedConcurrency'].flatMap(type => resources(template, type))).toEqual([]);
    template.hasResourceProperties('AWS::Lambda::Function', { ReservedConcurrentExecutions: 60 });
  });

  test('are more ahead of known events, and no more than there may be', () => {
    const at = new Date('2099-01-01T12:00:00Z');
    made({
      scheduledFloors: [
        { name: 'sale', minUnits: 80, weekDays: 'FRI', hour: 17, minute: 30, timeZone: 'America/Sao_Paulo' }, { name: 'launch', minUnits: 20, at },
      ],
    }).hasResourceProperties(TARGET, {
      ScheduledActions: [
        { ScheduledActionName: 'sale', Schedule: 'cron(30 17 ? * FRI *)', Timezone: 'America/Sao_Paulo', ScalableTargetAction: { MinCapacity: 60 } },
        { ScheduledActionName: 'launch', Schedule: 'at(2099-01-01T12:00:00)', Timezone: Match.absent(), ScalableTargetAction: { MinCapacity: 20 } },
      ],
    });
  });
});
