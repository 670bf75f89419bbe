import { Duration } from 'aws-cdk-lib';
import { ApplicationModel, Arrivals, BehaviourConstant, Outlook, SpikeSimulation, SpikeSimulationOptions } from '../../src/simulation';
import { Agenda } from '../../src/simulation/private/agenda';
import { applicationOf } from '../../src/simulation/private/application';
import { Behaviour, behaviourAt } from '../../src/simulation/private/behaviour';
import { World } from '../../src/simulation/private/fleet';
import { Random } from '../../src/simulation/private/random';
import { FleetSpec, TargetSpec } from '../../src/simulation/private/system';

interface Properties { readonly [name: string]: unknown }
interface Resources { readonly [id: string]: { readonly Type: string; readonly Properties: Properties } }

/** A template as anyone may write it: a Fargate service of half a vCPU behind a target group. */
export function template(more: Resources = {}, service: Properties = {}, targets: Properties = {}): string {
  return JSON.stringify({
    Resources: {
      Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { Cpu: '512' } },
      Targets: {
        Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
        Properties: { HealthCheckIntervalSeconds: 10, HealthyThresholdCount: 2, UnhealthyThresholdCount: 3, ...targets },
      },
      Service: {
        Type: 'AWS::ECS::Service',
        Properties: { LaunchType: 'FARGATE', DesiredCount: 2, TaskDefinition: { Ref: 'Task' }, LoadBalancers: [{ TargetGroupArn: { Ref: 'Targets' } }], ...service },
      },
      ...more,
    },
  });
}

export function scalableTarget(properties: Properties = {}): Resources {
  return {
    Scaling: {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      Properties: {
        MinCapacity: 2,
        MaxCapacity: 30,
        ScalableDimension: 'ecs:service:DesiredCount',
        ResourceId: { 'Fn::Join': ['', ['service/', { Ref: 'Cluster' }, '/', { 'Fn::GetAtt': ['Service', 'Name'] }]] },
        ...properties,
      },
    },
  };
}

export function trackingPolicy(metric: string, target: number): Resources {
  return {
    [`Track${metric}`]: {
      Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
      Properties: {
        ScalingTargetId: { Ref: 'Scaling' },
        TargetTrackingScalingPolicyConfiguration: { TargetValue: target, PredefinedMetricSpecification: { PredefinedMetricType: metric } },
      },
    },
  };
}

export function stepPolicy(period = 20, steps: Properties[] = [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 400 }]): Resources {
  return {
    Steps: {
      Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
      Properties: {
        ScalingTargetId: { Ref: 'Scaling' },
        StepScalingPolicyConfiguration: { AdjustmentType: 'PercentChangeInCapacity', Cooldown: 45, StepAdjustments: steps },
      },
    },
    StepsAlarm: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        AlarmActions: [{ Ref: 'Steps' }],
        Namespace: 'AWS/ECS',
        MetricName: 'CPUUtilization',
        Period: period,
        EvaluationPeriods: 1,
        Threshold: 75,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      },
    },
  };
}

export function simulate(json: string, options: SpikeSimulationOptions = {}): SpikeSimulation {
  return SpikeSimulation.ofTemplate(json, options);
}

/** Traffic that stays at one rate, with nothing but chance to change it. */
export function steady(rps: number, minutes: number): Arrivals {
  return Arrivals.ramp({ baselineRps: rps, peakMultiplier: 1, duration: Duration.minutes(minutes), startsAfter: Duration.days(2) });
}

/** What AWS does, expected unless said otherwise. */
export function behaviour(overrides: { [name in keyof Behaviour]?: number } = {}): Behaviour {
  return behaviourAt(Outlook.EXPECTED, overrides as { [name: string]: number });
}

export function application(given: ApplicationModel = {}) {
  return applicationOf(given, 0.5);
}

/** The parts that a fleet shares, with an agenda to be run by hand. */
export function world(given: ApplicationModel = {}, overrides: { [name in keyof Behaviour]?: number } = {}): World {
  const parts = { application: application(given), behaviour: behaviour(overrides) };
  return { ...parts, agenda: new Agenda(), random: new Random(1), objective: 2, patience: 30 };
}

export function fleetSpec(given: Partial<FleetSpec> = {}): FleetSpec {
  return {
    id: 'Service',
    kind: 'fargate',
    vcpus: 0.5,
    initial: 2,
    min: 2,
    max: 30,
    warmUnits: 0,
    healthGrace: 0,
    replacesUnhealthy: true,
    warmup: 0,
    targetTracking: [],
    stepScaling: [],
    schedule: [],
    ...given,
  };
}

export function targetSpec(given: Partial<TargetSpec> = {}): TargetSpec {
  return { interval: 10, timeout: 5, healthyThreshold: 2, unhealthyThreshold: 3, deregistration: 30, slowStart: 0, ...given };
}

export function constant(name: string): BehaviourConstant {
  const found = SpikeSimulation.constants().find(each => each.name === name);
  if (found === undefined) throw new Error(`no constant ${name}`);
  return found;
}
