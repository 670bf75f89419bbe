import { Duration, Lazy } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { DeploymentStrategy } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { Compute, FargateDeployment, FargateDeploymentSettings, IFargateDeployment } from '../../src';
import { IMAGE, once, platformTemplate } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { only, productionRule, propertiesOf, Resource, resources, text } from '../support/template';
import { fargate } from '../support/workloads';

const SERVICE = 'AWS::ECS::Service';
const ALARM = 'Stack-Shop-Application-Failed-Answers-Critical';
/** The share of a group's requests that failed. */
const FAILED = (group: number) => `(requests${group} >= 20) * 100 * MIN([${
  [`requests${group}`, ...[2, 3, 4].map(status => `FILL(well${status}xx${group}, 0)`)].join(' - ')
}, FILL(failedByUnits, 0) + FILL(failedByBalancer, 0)]) / requests${group}`;
const POLICY = 'AWS::ApplicationAutoScaling::ScalingPolicy';

const rolling = once(() => platformTemplate());
const blueGreen = once(() => platformTemplate({ compute: Compute.fargate({ image: IMAGE, deployment: FargateDeployment.blueGreen() }) }));
const SHORT = FargateDeployment.canary({ percent: 5, interval: Duration.minutes(3), bakeTime: Duration.minutes(0) });
const canary = once(() => fargate({ props: { deployment: SHORT } }));

function alarm(template: typeof rolling): Resource {
  return resources(template(), 'AWS::CloudWatch::Alarm').find(({ Properties }) => Properties.AlarmName === ALARM)!;
}

function expressionOf({ Properties }: Resource): unknown {
  return (Properties.Metrics as { Expression?: string }[]).find(({ Expression }) => Expression !== undefined)!.Expression;
}

describe('a rolling deployment', () => {
  test('goes back when units do not start, or when their answers fail', () => {
    rolling().hasResourceProperties(SERVICE, {
      DeploymentController: { Type: 'ECS' },
      DeploymentConfiguration: {
        Strategy: 'ROLLING',
        MinimumHealthyPercent: 100,
        MaximumPercent: 200,
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        Alarms: { AlarmNames: [ALARM], Enable: true, Rollback: true },
      },
    });
  });

  test('has an alarm on the share of failing requests, which is there before the service and depends on nothing of it', () => {
    const { id, Properties } = alarm(rolling);
    expect(Properties).toMatchObject({ Threshold: 5, ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 2, DatapointsToAlarm: 2, TreatMissingData: 'notBreaching' });
    expect(expressionOf(alarm(rolling))).toBe(FAILED(0));
    const service = only(rolling(), SERVICE);
    expect(service.DependsOn).toContain(id);
    expect(JSON.stringify(Properties)).not.toContain(service.id);
  });

  test('needs one target group and no role', () => {
    rolling().resourceCountIs('AWS::ElasticLoadBalancingV2::TargetGroup', 1);
    expect(productionRule(rolling()).Properties.Actions).toEqual([expect.objectContaining({ Type: 'forward', TargetGroupArn: expect.anything() })]);
    expect(propertiesOf(rolling(), SERVICE).LoadBalancers).toEqual([expect.not.objectContaining({ AdvancedConfiguration: expect.anything() })]);
  });
});

describe('a blue/green deployment', () => {
  test('keeps the old version for 5 minutes, and has no circuit breaker, which ECS refuses there', () => {
    const { DeploymentConfiguration } = propertiesOf(blueGreen(), SERVICE);
    expect(DeploymentConfiguration).toMatchObject({ Strategy: 'BLUE_GREEN', BakeTimeInMinutes: 5, Alarms: { Enable: true, Rollback: true } });
    expect(DeploymentConfiguration).not.toHaveProperty('DeploymentCircuitBreaker');
  });

  test('moves the requests between two target groups by the rule of the listener', () => {
    const rule = only(blueGreen(), 'AWS::ElasticLoadBalancingV2::ListenerRule');
    const [current, next] = [/HttpTargets/, /AlternateTargets/]
      .map(name => resources(blueGreen(), 'AWS::ElasticLoadBalancingV2::TargetGroup').find(({ id }) => name.test(id))!);
    expect(rule.Properties).toMatchObject({
      Priority: 13,
      Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }],
      Actions: [{
        Type: 'forward',
        ForwardConfig: { TargetGroups: [{ TargetGroupArn: { Ref: current.id }, Weight: 100 }, { TargetGroupArn: { Ref: next.id }, Weight: 0 }] },
      }],
    });
    expect(next.Properties).toEqual(current.Properties);
    expect(propertiesOf(blueGreen(), SERVICE).LoadBalancers).toEqual([expect.objectContaining({
      TargetGroupArn: { Ref: current.id },
      AdvancedConfiguration: expect.objectContaining({ AlternateTargetGroupArn: { Ref: next.id }, ProductionListenerRule: { Ref: rule.id } }),
    })]);
  });

  test('lets ECS change that rule and those groups, and nothing else', () => {
    const policy = resources(blueGreen(), 'AWS::IAM::ManagedPolicy').find(({ id }) => id.includes('TrafficRole'))!;
    const { Statement } = policy.Properties.PolicyDocument as { Statement: { Action: string | string[]; Resource: unknown }[] };
    const changing = Statement.filter(({ Action }) => !String(Action).includes('Describe'));
    expect(changing.map(each => [each.Action, [each.Resource].flat().map(text).join(' ')])).toEqual([
      [['elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:DeregisterTargets'], expect.stringMatching(/^\$\{\w*HttpTargets\w*} \$\{\w*AlternateTargets\w*}$/)],
      ['elasticloadbalancing:ModifyListener', expect.stringMatching(/^\$\{\w*Listener\w*}$/)],
      ['elasticloadbalancing:ModifyRule', expect.stringMatching(/^\$\{\w*Production\w*}$/)],
    ]);
    expect(only(blueGreen(), SERVICE).DependsOn).toContain(policy.id);
  });

  test('looks at the group whose requests fail most', () => {
    expect(expressionOf(alarm(blueGreen))).toBe(`MAX([${FAILED(0)}, ${FAILED(1)}])`);
  });

  test('scales on the requests of both groups, and counts the healthy units of both', () => {
    const tracking = resources(blueGreen(), POLICY).find(({ id }) => id.includes('Requests'))!.Properties
      .TargetTrackingScalingPolicyConfiguration as { CustomizedMetricSpecification: { Metrics: { Id: string; Expression?: string }[] } };
    expect(tracking).not.toHaveProperty('PredefinedMetricSpecification');
    expect(tracking).toMatchObject({ ScaleOutCooldown: 30, ScaleInCooldown: 300 });
    expect(tracking.CustomizedMetricSpecification.Metrics).toEqual([
      expect.objectContaining({ Id: 'requests0', ReturnData: false, MetricStat: expect.objectContaining({ Stat: 'Sum' }) }),
      expect.objectContaining({ Id: 'requests1', ReturnData: false }),
      expect.objectContaining({ Id: 'requests', Expression: 'FILL(requests0, 0) + FILL(requests1, 0)', ReturnData: true }),
    ]);
    const healthy = resources(blueGreen(), 'AWS::CloudWatch::Alarm').filter(({ Properties }) => /Healthy-Units/.test(String(Properties.AlarmName)));
    expect(healthy.map(expressionOf)).toEqual(['MAX([healthy0, healthy1])']);
  });
});

describe('a canary deployment', () => {
  test('tries the new version on a share of the requests first', () => {
    canary().template.hasResourceProperties(SERVICE, {
      DeploymentConfiguration: { Strategy: 'CANARY', BakeTimeInMinutes: 0, CanaryConfiguration: { CanaryPercent: 5, CanaryBakeTimeInMinutes: 3 } },
    });
    expect(canary().block.describe().facts).toMatchObject({ deployment: 'CANARY' });
  });

  test('is not warned of for the circuit breaker that ECS refuses there', () => {
    expect(Annotations.fromStack(canary().stack).findWarning('*', Match.stringLikeRegexp('circuitBreaker'))).toEqual([]);
  });

  test('has 10 percent and 5 minutes by default', () => {
    fargate({ props: { deployment: FargateDeployment.canary() } }).template.hasResourceProperties(SERVICE, {
      DeploymentConfiguration: { BakeTimeInMinutes: 5, CanaryConfiguration: { CanaryPercent: 10, CanaryBakeTimeInMinutes: 5 } },
    });
  });
});

describe('a deployment of one\'s own', () => {
  class InSteps implements IFargateDeployment {
    public bind(_scope: Construct): FargateDeploymentSettings {
      return { strategy: DeploymentStrategy.LINEAR, bakeTime: Duration.minutes(1), linear: { stepPercent: 20, stepBakeTime: Duration.minutes(2) } };
    }
  }

  test('may be any that ECS has', () => {
    fargate({ props: { deployment: new InSteps() } }).template.hasResourceProperties(SERVICE, {
      DeploymentConfiguration: { Strategy: 'LINEAR', LinearConfiguration: { StepPercent: 20, StepBakeTimeInMinutes: 2 } },
      LoadBalancers: [Match.objectLike({ AdvancedConfiguration: Match.anyValue() })],
    });
  });
});

describe('another deployment', () => {
  test('of two versions side by side changes no property by which CloudFormation would replace the service', () => {
    const created = ['Cluster', 'DeploymentController', 'LaunchType', 'Role', 'SchedulingStrategy', 'ServiceName'];
    const fixed = (template: Template) => Object.fromEntries(created.map(name => [name, propertiesOf(template, SERVICE)[name]]));
    const other = platformTemplate({ compute: Compute.fargate({ image: IMAGE, deployment: SHORT }) });
    expect(only(other, SERVICE).id).toBe(only(blueGreen(), SERVICE).id);
    expect(fixed(other)).toEqual(fixed(blueGreen()));
  });

  const ids = (template: typeof rolling) => resources(template()).map(({ id }) => id);
  test('keeps all that the units are made of, and what they write: another service is all that is new', () => {
    const gone = ids(rolling).filter(id => !ids(blueGreen).includes(id));
    const types = resources(rolling()).filter(({ id }) => gone.includes(id)).map(({ Type }) => Type);
    expect([...new Set(types)].sort()).toEqual([
      'AWS::ApplicationAutoScaling::ScalableTarget', 'AWS::ApplicationAutoScaling::ScalingPolicy', 'AWS::CloudWatch::Alarm', 'AWS::ECS::Service',
      'AWS::ElasticLoadBalancingV2::ListenerRule', 'AWS::ElasticLoadBalancingV2::TargetGroup',
    ]);
  });
});

describe('deployment props', () => {
  const minutes = (prop: string, given: number) => `'${prop}' must be 0 to 1440 whole minutes, got ${given} minutes: ECS counts the stages of a deployment in minutes, up to a day`;
  testRefusals([
    ['half a minute', () => FargateDeployment.blueGreen({ bakeTime: Duration.seconds(30) }), `[FargateDeployment.blueGreen] ${minutes('bakeTime', 0.5)}`],
    ['more than a day', () => FargateDeployment.blueGreen({ bakeTime: Duration.days(2) }), `[FargateDeployment.blueGreen] ${minutes('bakeTime', 2880)}`],
    ['all requests as a canary, and odd times', () => FargateDeployment.canary({ percent: 100, interval: Duration.seconds(90), bakeTime: Duration.seconds(1) }),
      '[FargateDeployment.canary] 3 props need mending:\n'
      + '  - \'percent\' must be a whole number between 1 and 99, got 100: for all requests at once use FargateDeployment.blueGreen()\n'
      + `  - ${minutes('interval', 1.5)}\n  - ${minutes('bakeTime', 1 / 60)}`],
  ]);

  test('may be tokens', () => {
    const token = Duration.minutes(Lazy.number({ produce: () => 3 }));
    expect(() => FargateDeployment.canary({ interval: token, bakeTime: token, percent: Lazy.number({ produce: () => 3 }) })).not.toThrow();
  });
});
