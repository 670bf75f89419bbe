import { Lazy } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { Compute, EnvironmentProfile, Tier } from '../../src';
import { IMAGE, once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { saidBy } from '../support/said-by';
import { only, propertiesOf, resources, text } from '../support/template';
import { fargate } from '../support/workloads';

const TASK = 'AWS::ECS::TaskDefinition';

interface Container {
  readonly Environment: unknown;
  readonly Secrets: { readonly Name: string; readonly ValueFrom: unknown }[];
}

const standard = once(() => fargate());
const other = once(() => fargate({
  props: {
    port: 80,
    healthCheckPath: '/',
    size: { cpu: 1024, memoryLimitMiB: 8192, cpuArchitecture: CpuArchitecture.ARM64 },
    environment: { DB_HOST: 'mine', DB_USER: 'me', EMPTY: '' },
  },
  profile: EnvironmentProfile.development(),
}));

describe('Fargate by default', () => {
  test('is half a vCPU with 1 GiB on x86', () => {
    standard().template.hasResourceProperties(TASK, {
      Cpu: '512', Memory: '1024', RuntimePlatform: { CpuArchitecture: 'X86_64', OperatingSystemFamily: 'LINUX' },
    });
  });

  test('answers on port 8080, and on /healthz for the health check', () => {
    standard().template.hasResourceProperties(TASK, { ContainerDefinitions: [Match.objectLike({ PortMappings: [{ ContainerPort: 8080, Protocol: 'tcp' }] })] });
    standard().template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { Port: 8080, HealthCheckPath: '/healthz', TargetType: 'ip' });
  });

  test('is checked every 5 seconds, and taken out after 50 seconds without an answer: a unit that is busy is not ill', () => {
    standard().template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      HealthCheckIntervalSeconds: 5, HealthCheckTimeoutSeconds: 4, HealthyThresholdCount: 2, UnhealthyThresholdCount: 10,
    });
  });

  test('gets addresses as plain variables and what is secret by reference alone', () => {
    const [container] = propertiesOf(standard().template, TASK).ContainerDefinitions as Container[];
    const [secret] = resources(standard().template, 'AWS::SecretsManager::Secret');
    expect(container.Environment).toEqual([{ Name: 'DB_HOST', Value: 'db' }, { Name: 'DB_PORT', Value: '1' }]);
    expect(container.Secrets.map(({ Name, ValueFrom }) => [Name, text(ValueFrom)]))
      .toEqual([['DB_USER', `\${${secret.id}}:username::`], ['TOKEN', `\${${secret.id}}`]]);
  });

  test('runs in private subnets without public addresses, on capacity that nobody takes back, without a shell', () => {
    standard().template.hasResourceProperties('AWS::ECS::Service', {
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED' } },
      CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Weight: 1 }],
      LaunchType: Match.absent(),
      EnableExecuteCommand: false,
    });
  });

  test('has no count that a deployment would reset', () => {
    expect(propertiesOf(standard().template, 'AWS::ECS::Service')).not.toHaveProperty('DesiredCount');
  });

  test('drains a unit for 30 seconds', () => {
    standard().template.hasResourceProperties(TASK, { ContainerDefinitions: [Match.objectLike({ StopTimeout: 30 })] });
    standard().template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      TargetGroupAttributes: Match.arrayWith([{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }]),
    });
  });

  test('keeps its logs as the profile says, encrypted', () => {
    standard().template.hasResource('AWS::Logs::LogGroup', {
      Properties: { RetentionInDays: 365, KmsKeyId: Match.anyValue() }, DeletionPolicy: 'RetainExceptOnCreate',
    });
    expect(standard().stack.resolve(standard().block.logGroup!.logGroupName)).toEqual({ Ref: only(standard().template, 'AWS::Logs::LogGroup').id });
    other().template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 7, KmsKeyId: Match.anyValue() }, DeletionPolicy: 'Delete' });
  });

  test('says what it is', () => {
    expect(saidBy(standard().block)).toEqual({
      id: 'Slot/Fargate',
      port: 8080,
      talksTo: [],
      title: 'Fargate service',
      purpose: 'Runs the application in containers',
      tier: Tier.COMPUTE,
      facts: { unit: '0.5 vCPU, 1024 MiB, X86_64', units: '3 to 60', deployment: 'ROLLING' },
    });
  });
});

describe('Fargate with props', () => {
  test('takes size, processor, port and health check', () => {
    other().template.hasResourceProperties(TASK, {
      Cpu: '1024',
      Memory: '8192',
      RuntimePlatform: { CpuArchitecture: 'ARM64' },
      ContainerDefinitions: [Match.objectLike({ PortMappings: [{ ContainerPort: 80, Protocol: 'tcp' }] })],
    });
    other().template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { HealthCheckPath: '/' });
    other().template.hasResourceProperties('AWS::ECS::Service', { LoadBalancers: [Match.objectLike({ ContainerPort: 80 })] });
  });

  test('lets a variable of the user win, over a secret too, and an empty one stay', () => {
    const [container] = propertiesOf(other().template, TASK).ContainerDefinitions as Container[];
    expect(container.Environment).toEqual([
      { Name: 'DB_HOST', Value: 'mine' }, { Name: 'DB_PORT', Value: '1' }, { Name: 'DB_USER', Value: 'me' }, { Name: 'EMPTY', Value: '' },
    ]);
    expect(container.Secrets.map(({ Name }) => Name)).toEqual(['TOKEN']);
  });

  test.each([[256, '512'], [2048, '4096'], [16384, '32768']])('has twice the CPU as memory for %s', (cpu, memory) => {
    fargate({ props: { size: { cpu } } }).template.hasResourceProperties(TASK, { Cpu: String(cpu), Memory: memory });
  });

  test('takes tokens', () => {
    const number = Lazy.number({ produce: () => 3 });
    const path = Lazy.string({ produce: () => 'x' });
    expect(() => Compute.fargate({ image: IMAGE, port: number, healthCheckPath: path, size: { cpu: number, memoryLimitMiB: number } })).not.toThrow();
    expect(() => Compute.fargate({ image: IMAGE, size: { memoryLimitMiB: number } })).not.toThrow();
  });

  const port = (given: number) => `'port' must be a whole number between 1 and 65535, got ${given}: give the port that the web server in the image listens on`;
  const path = (given: string) => `'healthCheckPath' must begin with a slash, got "${given}": give a path such as '/healthz'`;
  const cpu = (given: number) => `'cpu' must be one of 256, 512, 1024, 2048, 4096, 8192, 16384, got ${given}: Fargate has no other sizes`;
  testRefusals([
    ['port 0', () => Compute.fargate({ image: IMAGE, port: 0 }), `[Compute.fargate] ${port(0)}`],
    ['a health check without a slash', () => Compute.fargate({ image: IMAGE, healthCheckPath: 'healthz' }), `[Compute.fargate] ${path('healthz')}`],
    ['an empty health check', () => Compute.fargate({ image: IMAGE, healthCheckPath: '' }), `[Compute.fargate] ${path('')}`],
    ['a CPU that Fargate has not', () => Compute.fargate({ image: IMAGE, size: { cpu: 300 } }), `[Compute.fargate.size] ${cpu(300)}`],
    ['a CPU that is known at deployment, without memory', () => Compute.fargate({ image: IMAGE, size: { cpu: Lazy.number({ produce: () => 512 }) } }),
      '[Compute.fargate.size] \'cpu\' must be known at synthesis, got a token: the memory is worked out from it; give \'memoryLimitMiB\' too'],
    ['a CPU of 0', () => Compute.fargate({ image: IMAGE, size: { cpu: 0 } }), `[Compute.fargate.size] ${cpu(0)}`],
    ['memory that the CPU does not take', () => Compute.fargate({ image: IMAGE, size: { memoryLimitMiB: 512 } }),
      '[Compute.fargate.size] \'memoryLimitMiB\' must be between 1024 and 4096 in steps of 1024 for cpu 512, got 512: choose one of these or another \'cpu\''],
    ['memory between steps', () => Compute.fargate({ image: IMAGE, size: { cpu: 8192, memoryLimitMiB: 17408 } }),
      '[Compute.fargate.size] \'memoryLimitMiB\' must be between 16384 and 61440 in steps of 4096 for cpu 8192, got 17408: choose one of these or another \'cpu\''],
    ['a unit that answers nothing', () => Compute.fargate({ image: IMAGE, load: { requestsPerSecond: 0 } }),
      '[Compute.fargate.load] \'requestsPerSecond\' must be above 0, got 0: give what one task or instance answers within its latency objective, from a load test'],
    ['a unit that is known at deployment', () => Compute.fargate({ image: IMAGE, load: { requestsPerSecond: Lazy.number({ produce: () => 1 }) } }),
      '[Compute.fargate.load] \'requestsPerSecond\' must be known at synthesis, got a token: every size is worked out from it, so give a number, not a parameter or an attribute'],
    ['half a connection', () => Compute.fargate({ image: IMAGE, load: { connections: 0.5 } }),
      '[Compute.fargate.load] \'connections\' must be a whole number between 0 and 100000, got 0.5: give how many connections one task or instance opens at the most, such as the number of its workers'],
    ['several at once', () => Compute.fargate({ image: IMAGE, port: 70000, healthCheckPath: 'x' }),
      `[Compute.fargate] 2 props need mending:\n  - ${port(70000)}\n  - ${path('x')}`],
    ['several of a size at once', () => Compute.fargate({ image: IMAGE, size: { cpu: 1, ephemeralStorageGiB: 20 } }),
      `[Compute.fargate.size] 2 props need mending:\n  - ${cpu(1)}\n  - 'ephemeralStorageGiB' must be a whole number between 21 and 200, got 20: leave it out for the 20 GiB that every unit has, and mount a file system for more`],
  ]);
});
