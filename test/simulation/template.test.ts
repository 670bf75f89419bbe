import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AdjustmentType } from 'aws-cdk-lib/aws-applicationautoscaling';
import { AdditionalHealthCheckType, AutoScalingGroup, HealthChecks, Schedule } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { scalableTarget, simulate, stepPolicy, template, trackingPolicy } from './support';
import { KnownEvent, Traffic } from '../../src';
import { SpikeSimulation } from '../../src/simulation';
import { readSystem } from '../../src/simulation/private/read/system';
import { System } from '../../src/simulation/private/system';
import { Assembly } from '../../src/template/private/assembly';
import { eastStack, IMAGE, once, platformTemplate } from '../support/platform';
import { testRefusals } from '../support/refusals';

function read(json: string, service?: string): System {
  return readSystem(Assembly.fromJson(json), 'test', service);
}

function synthesized(make: (stack: Stack) => void): System {
  const stack = eastStack();
  make(stack);
  return read(JSON.stringify(Template.fromStack(stack).toJSON()));
}

describe('of the default platform is read', () => {
  const system = once(() => read(JSON.stringify(platformTemplate({
    traffic: Traffic.spiky({ baselineRps: 20, events: [KnownEvent.weekly({ name: 'show', start: '18:00', duration: Duration.hours(1), timeZone: 'America/Sao_Paulo' })] }),
  }).toJSON())));

  test('how many tasks there are, and of what size', () => {
    expect(system().fleet).toMatchObject({ kind: 'fargate', vcpus: 0.5, min: 2, max: 30, initial: 2, healthGrace: 120, replacesUnhealthy: true });
  });

  test('that CPU is tracked every 20 seconds, and requests by the minute', () => {
    const policies = system().fleet.targetTracking.map(({ metric, name: _, scalesIn: __, ...rest }) => ({ ...metric, ...rest }));
    expect(policies).toEqual(expect.arrayContaining([
      { kind: 'cpu', period: 20, delay: 'ecsFineMetricDelay', target: 60, outCooldown: 30, inCooldown: 300 },
      { kind: 'requestsPerTarget', period: 60, delay: 'albMetricDelay', target: 900, outCooldown: 30, inCooldown: 300 },
    ]));
  });

  test('the steps for sharp ramps, with their alarm', () => {
    expect(system().fleet.stepScaling).toHaveLength(1);
    const [{ alarm, steps, adjustment }] = system().fleet.stepScaling;
    expect(alarm).toMatchObject({ metric: { kind: 'cpu', period: 20 }, threshold: 75, evaluationPeriods: 1, datapointsToAlarm: 1 });
    expect(adjustment).toBe('PercentChangeInCapacity');
    expect(steps.map(({ from, to }) => [from, to])).toEqual([[0, 15], [15, Infinity]]);
    expect(steps[1].change).toBe(1400);
  });

  test('the floors of events', () => {
    expect(system().fleet.schedule.map(({ min, timeZone }) => ({ min, timeZone }))).toEqual([
      { min: 30, timeZone: 'America/Sao_Paulo' }, { min: 2, timeZone: 'America/Sao_Paulo' },
    ]);
  });

  test('how targets are checked and drained', () => {
    expect(system().targets).toMatchObject({ healthyThreshold: 2, deregistration: 30, slowStart: 0 });
  });

  test('database, session store and edge', () => {
    expect(system().database).toMatchObject({ minAcu: 2, maxAcu: expect.any(Number), connections: expect.any(Number), proxyShare: undefined });
    expect(system().sessions).toEqual({ minEcpu: 0, maxEcpu: 6000 });
    expect(system().edgeTtl).toEqual({ min: 0, max: 0 });
    expect(system().waitingRule).toBeUndefined();
    expect(system().notes).toEqual([]);
  });
});

describe('of templates by others is read', () => {
  test('the default of ecs-patterns: one task, which does not scale', () => {
    const system = synthesized(stack => new ApplicationLoadBalancedFargateService(stack, 'Web', { taskImageOptions: { image: IMAGE } }));
    expect(system.fleet).toMatchObject({ vcpus: 0.25, min: 1, max: 1, targetTracking: [], stepScaling: [] });
    expect(system.targets).toEqual({ interval: 30, timeout: 5, healthyThreshold: 5, unhealthyThreshold: 2, deregistration: 300, slowStart: 0 });
    expect(system.patience).toBe(60);
    expect(system.notes).toEqual([
      expect.stringMatching(/^WebService\w+ does not scale: 1 all the time$/),
      'there is no database in the template: none slows the units down',
    ]);
  });

  test('scaling that was added to it', () => {
    const system = synthesized(stack => {
      const { service } = new ApplicationLoadBalancedFargateService(stack, 'Web', { taskImageOptions: { image: IMAGE } });
      const scaling = service.autoScaleTaskCount({ minCapacity: 3, maxCapacity: 9 });
      scaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 50 });
      scaling.scaleOnMetric('Steps', {
        metric: service.metricCpuUtilization(),
        adjustmentType: AdjustmentType.CHANGE_IN_CAPACITY,
        scalingSteps: [{ upper: 10, change: -1 }, { lower: 70, change: 2 }, { lower: 90, change: 5 }],
        evaluationPeriods: 3,
        datapointsToAlarm: 2,
      });
    });
    expect(system.fleet).toMatchObject({ min: 3, max: 9 });
    expect(system.fleet.targetTracking[0]).toMatchObject({ metric: { kind: 'cpu', period: 60, delay: 'ecsMetricDelay' }, target: 50, outCooldown: 300, inCooldown: 300 });
    const up = system.fleet.stepScaling.find(({ steps }) => steps.length === 2)!;
    expect(up).toMatchObject({ adjustment: 'ChangeInCapacity', steps: [{ from: 0, to: 20, change: 2 }, { from: 20, to: Infinity, change: 5 }] });
    expect(up.alarm).toMatchObject({ threshold: 70, evaluationPeriods: 3, datapointsToAlarm: 2, metric: { period: 300 } });
    expect(system.fleet.stepScaling).toHaveLength(2);
  });

  test('an Auto Scaling group with a warm pool and a schedule', () => {
    const system = synthesized(stack => {
      const vpc = new Vpc(stack, 'Vpc');
      const group = new AutoScalingGroup(stack, 'Group', {
        vpc,
        instanceType: new InstanceType('m7g.xlarge'),
        machineImage: MachineImage.latestAmazonLinux2023(),
        minCapacity: 2,
        maxCapacity: 12,
        healthChecks: HealthChecks.withAdditionalChecks({ additionalTypes: [AdditionalHealthCheckType.ELB], gracePeriod: Duration.minutes(3) }),
        defaultInstanceWarmup: Duration.seconds(90),
      });
      new ApplicationLoadBalancer(stack, 'Balancer', { vpc, minimumCapacityUnit: 200 }).addListener('Http', { port: 80 }).addTargets('Targets', { port: 80, targets: [group], deregistrationDelay: Duration.seconds(20) });
      group.addWarmPool({ minSize: 4 });
      group.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 55 });
      group.scaleOnSchedule('Morning', { schedule: Schedule.cron({ hour: '8', minute: '0' }), minCapacity: 8, timeZone: 'Europe/Berlin' });
    });
    expect(system.fleet).toMatchObject({ kind: 'instances', vcpus: 4, min: 2, max: 12, warmUnits: 4, warmup: 90, healthGrace: 180, replacesUnhealthy: true });
    // Launch configurations have detailed monitoring unless they say otherwise.
    expect(system.fleet.targetTracking[0].metric).toEqual({ kind: 'cpu', period: 60, delay: 'ec2MetricDelay' });
    expect(system.fleet.schedule).toEqual([expect.objectContaining({ expression: '0 8 * * *', timeZone: 'Europe/Berlin', min: 8 })]);
    expect(system.reservedCapacityUnits).toBe(200);
    expect(system.targets.deregistration).toBe(20);
  });

  test('instances of a launch template, with basic monitoring unless it says otherwise', () => {
    const group = (Monitoring?: object) => read(JSON.stringify({
      Resources: {
        Launch: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { InstanceType: 'c7g.2xlarge', Monitoring } } },
        Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { MinSize: '1', MaxSize: '9', LaunchTemplate: { LaunchTemplateId: { Ref: 'Launch' } } } },
        Policy: { Type: 'AWS::AutoScaling::ScalingPolicy', Properties: { AutoScalingGroupName: { Ref: 'Group' }, EstimatedInstanceWarmup: 40, TargetTrackingConfiguration: { TargetValue: 50, PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' } } } },
      },
    })).fleet;
    expect(group()).toMatchObject({ vcpus: 8, warmup: 40, replacesUnhealthy: false, targetTracking: [{ metric: { period: 300 } }] });
    expect(group({ Enabled: true }).targetTracking[0].metric.period).toBe(60);
  });

  test('a service without a load balancer, and by a literal name', () => {
    const json = template(
      { Scaling: { Type: 'AWS::ApplicationAutoScaling::ScalableTarget', Properties: { MinCapacity: 4, MaxCapacity: 8, ResourceId: 'service/main/shop' } } },
      { ServiceName: 'shop', LoadBalancers: undefined },
    );
    expect(read(json).fleet).toMatchObject({ min: 4, max: 8 });
    expect(read(json).notes).toContain('no target group is behind Service: its units serve without health checks');
  });

  test('parameters by their defaults', () => {
    const parsed = JSON.parse(template(scalableTarget({ MaxCapacity: { Ref: 'Most' } })));
    expect(read(JSON.stringify({ ...parsed, Parameters: { Most: { Type: 'Number', Default: 17 } } })).fleet.max).toBe(17);
  });

  test('the service that is named, of several', () => {
    const json = template({ Other: { Type: 'AWS::ECS::Service', Properties: { DesiredCount: 7, LoadBalancers: [{ TargetGroupArn: { Ref: 'Targets' } }] } } });
    expect(read(json, 'Other').fleet).toMatchObject({ id: 'Other', min: 7, max: 7 });
  });

  test('a fixed database behind a proxy, by its class', () => {
    const database = read(template({
      Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'mysql', DBInstanceClass: 'db.r7g.large' } },
      Proxy: { Type: 'AWS::RDS::DBProxyTargetGroup', Properties: { ConnectionPoolConfigurationInfo: { MaxConnectionsPercent: 80 } } },
    })).database;
    // 2 vCPU for 8 ACU; 16 GiB of memory by 12,582,880 bytes for each connection.
    expect(database).toEqual({ minAcu: 8, maxAcu: 8, connections: 1365, proxyShare: 0.8 });
  });

  test.each([[1, 90], [4, 135], [8, 1000], [16, 2000], [64, 4000]])('that Aurora MySQL of %p ACU takes about %p connections', (acu, connections) => {
    const database = read(template({
      Database: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql', ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: acu } } },
    })).database!;
    // As the user guide's table has it, which leaves out what the operating system takes of the memory.
    expect(database.connections / connections).toBeGreaterThan(0.65);
    expect(database.connections / connections).toBeLessThan(1.2);
  });

  test('a waiting page, a kept default behaviour and patience', () => {
    const system = read(template({
      Acl: {
        Type: 'AWS::WAFv2::WebACL',
        Properties: {
          Rules: [
            { Name: 'PerAddress', Action: { Block: {} }, Statement: { RateBasedStatement: { Limit: 2000, AggregateKeyType: 'IP' } } },
            { Name: 'Waiting', Action: { Block: { CustomResponse: { ResponseCode: 503 } } }, Statement: { RateBasedStatement: { Limit: 900, EvaluationWindowSec: 60, AggregateKeyType: 'CONSTANT', ScopeDownStatement: { NotStatement: {} } } } },
          ],
        },
      },
      Pages: { Type: 'AWS::CloudFront::CachePolicy', Properties: { CachePolicyConfig: { DefaultTTL: 0, MaxTTL: 60, MinTTL: 5 } } },
      Edge: {
        Type: 'AWS::CloudFront::Distribution',
        Properties: {
          DistributionConfig: {
            DefaultCacheBehavior: { TargetOriginId: 'app', CachePolicyId: { Ref: 'Pages' } },
            Origins: [{ Id: 'other', CustomOriginConfig: { OriginReadTimeout: 5 } }, { Id: 'app', CustomOriginConfig: { OriginReadTimeout: 45 } }],
          },
        },
      },
    }));
    expect(system.waitingRule).toEqual({ name: 'Waiting', limit: 900, window: 60, newcomersOnly: true, page: true });
    expect(system).toMatchObject({ edgeTtl: { min: 5, max: 60 }, patience: 45 });
  });

  test('what the model has no metric for, as a note', () => {
    const notes = simulate(template({ ...scalableTarget(), ...trackingPolicy('ECSServiceAverageMemoryUtilization', 50) })).notes;
    expect(notes).toContain('policy TrackECSServiceAverageMemoryUtilization is left out: the model has no metric ECSServiceAverageMemoryUtilization');
  });
});

describe('a simulation', () => {
  const Service = { Type: 'AWS::ECS::Service', Properties: { LoadBalancers: [{ TargetGroupArn: 'arn' }] } };
  const of = (resources: object) => () => SpikeSimulation.ofTemplate(JSON.stringify({ Resources: resources }));
  const names = SpikeSimulation.constants().map(({ name }) => name).join(', ');

  testRefusals([
    ['what is no JSON', () => SpikeSimulation.ofTemplate('Resources:'),
      '[template.json] the template must be JSON, as the CDK synthesizes it: Unexpected token \'R\', "Resources:" is not valid JSON'],
    ['a template without an application', of({}),
      '[SpikeSimulation.ofTemplate] the template must hold what runs the application, an AWS::ECS::Service or an AWS::AutoScaling::AutoScalingGroup, got neither: give the template of the stack that does'],
    ['several applications', of({ One: Service, Two: Service }),
      '[SpikeSimulation.ofTemplate] the template must hold one service or group behind a load balancer, got One, Two: name one of them in \'service\''],
    ['a service that is not there', () => simulate(template(), { service: 'Shop' }),
      '[SpikeSimulation.ofTemplate] the template must hold the \'service\' Shop, got Service: give one of these logical ids'],
    ['two targets for one service', () => simulate(template({ ...scalableTarget(), Second: scalableTarget().Scaling })),
      '[SpikeSimulation.ofTemplate] the template must scale Service by one target, got Scaling, Second: leave one'],
    ['numbers that are known only when deployed', () => simulate(template(scalableTarget({ MaxCapacity: { Ref: 'Most' } }))),
      '[SpikeSimulation.ofTemplate] the template must hold a number at \'Scaling.MaxCapacity\', got what is known only when it is deployed: give the number, or the parameter behind it a default'],
    ['numbers that are none', () => simulate(template({}, { DesiredCount: 'two' })),
      '[SpikeSimulation.ofTemplate] the template must hold a number at \'Service.DesiredCount\', got \'two\': give the number, or the parameter behind it a default'],
    ['schedules that it does not understand', () => simulate(template(scalableTarget({ ScheduledActions: [{ ScheduledActionName: 'sale', Schedule: 'cron(0 0 L * ? *)' }] }))),
      '[SpikeSimulation.ofTemplate] the schedule of \'sale\' is not understood: \'cron(0 0 L * ? *)\': the model knows at, rate, and cron with numbers, names, lists, ranges and steps'],
    ['constants that it has not', () => simulate(template(), { behaviour: { bootTime: 3 } }),
      `[SpikeSimulation.ofTemplate] 'behaviour' must name constants of the model, got 'bootTime': give some of ${names}`],
    ['constants below 0', () => simulate(template(), { behaviour: { fargateStart: -1 } }),
      '[SpikeSimulation.ofTemplate] \'behaviour\' must give numbers of at least 0, got -1 for \'fargateStart\': give the number in the unit that SpikeSimulation.constants tells'],
    ['an application that answers nothing', () => simulate(template(), { application: { requestsPerSecondPerUnit: 0, anonymousShare: 2 } }),
      '[SpikeSimulation.ofTemplate, application] 2 props need mending:\n'
      + '  - \'requestsPerSecondPerUnit\' must be above 0, got 0: give what one unit answers, from a load test\n'
      + '  - \'anonymousShare\' must be between 0 and 1, got 2: it is a share of the requests'],
  ]);

  test('takes steps with their alarm alone', () => {
    const { stepScaling } = read(template({ ...scalableTarget(), ...stepPolicy() })).fleet;
    expect(stepScaling).toHaveLength(1);
    const orphan = { ...stepPolicy(), StepsAlarm: { Type: 'AWS::CloudWatch::Alarm', Properties: {} } };
    expect(read(template({ ...scalableTarget(), ...orphan })).fleet.stepScaling).toEqual([]);
  });
});
