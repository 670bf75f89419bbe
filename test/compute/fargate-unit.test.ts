import { Lazy, Token } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { ContainerImage, JsonFileLogDriver } from 'aws-cdk-lib/aws-ecs';
import { AccessPoint, FileSystem } from 'aws-cdk-lib/aws-efs';
import { BindContext, Compute, ElasticWebPlatform, EnvironmentProfile, IAttachable, Tier } from '../../src';
import { warnings } from '../data/support';
import { eastStack, IMAGE, once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { only, propertiesOf, resources } from '../support/template';
import { fargate } from '../support/workloads';

const TASK = 'AWS::ECS::TaskDefinition';
const SERVICE = 'AWS::ECS::Service';
const AGENT_NAME = 'public.ecr.aws/cloudwatch-agent/cloudwatch-agent:latest';
const AGENT = ContainerImage.fromRegistry(AGENT_NAME);
const DEVELOPMENT = EnvironmentProfile.development();

const standard = once(() => fargate());

interface Container {
  readonly Name: string;
  readonly Essential: boolean;
  readonly StopTimeout?: number;
  readonly LogConfiguration: { readonly Options: { readonly [name: string]: unknown } };
}

function containers(of: typeof standard): Container[] {
  return propertiesOf(of().template, TASK).ContainerDefinitions as Container[];
}

describe('spot capacity', () => {
  const half = once(() => fargate({ props: { spotShare: 70 } }));

  test('is used for a share of the units above the minimum, which never runs on it', () => {
    expect(propertiesOf(half().template, SERVICE).CapacityProviderStrategy).toEqual([
      { CapacityProvider: 'FARGATE', Base: 3, Weight: 30 }, { CapacityProvider: 'FARGATE_SPOT', Weight: 70 },
    ]);
    expect(half().block.describe().facts!.units).toBe('3 to 60, 70 % of those above 3 on spot capacity');
  });

  test('may be all that is above the minimum', () => {
    fargate({ props: { spotShare: 100 } }).template.hasResourceProperties(SERVICE, {
      CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Base: 3, Weight: 0 }, { CapacityProvider: 'FARGATE_SPOT', Weight: 100 }],
    });
  });

  test('is known to the cluster from the start, so that the service need not be replaced for it', () => {
    const [before, after] = [standard, half].map(of => only(of().template, SERVICE));
    expect(after.id).toBe(before.id);
    expect([before, after].map(({ Properties }) => 'LaunchType' in Properties)).toEqual([false, false]);
    const providers = only(standard().template, 'AWS::ECS::ClusterCapacityProviderAssociations');
    expect(providers.Properties).toMatchObject({ CapacityProviders: ['FARGATE', 'FARGATE_SPOT'], DefaultCapacityProviderStrategy: [] });
    expect(before.DependsOn).toContain(providers.id);
  });
});

describe('a unit', () => {
  test('may have a size that is known at deployment, and says so in words that can be resolved', () => {
    const size = (value: string) => Token.asNumber(Lazy.any({ produce: () => value }));
    const { template, stack, block } = fargate({ props: { size: { cpu: size('512'), memoryLimitMiB: size('1024') } } });
    template.hasResourceProperties(TASK, { Cpu: '512', Memory: '1024' });
    expect(stack.resolve(block.describe().facts!.unit)).toBe('512 CPU units, 1024 MiB, X86_64');
  });

  test('has the 20 GiB of every unit, or more', () => {
    expect(propertiesOf(standard().template, TASK)).not.toHaveProperty('EphemeralStorage');
    fargate({ props: { size: { ephemeralStorageGiB: 40 } } }).template.hasResourceProperties(TASK, { EphemeralStorage: { SizeInGiB: 40 } });
  });

  test('runs other containers beside the application, which end without it and log beside it', () => {
    const [web, agent] = containers(() => fargate({ props: { sidecars: { agent: { image: AGENT, cpu: 64 } } } }));
    expect([web.Name, web.Essential]).toEqual(['web', true]);
    expect(agent).toMatchObject({ Name: 'agent', Essential: false, Cpu: 64, Image: AGENT_NAME });
    const { Options } = agent.LogConfiguration;
    expect(Options['awslogs-stream-prefix']).toBe('agent');
    expect(Options['awslogs-group']).toEqual(web.LogConfiguration.Options['awslogs-group']);
  });

  test('leaves what is said of a container as it is', () => {
    const [, agent] = containers(() => fargate({
      props: { sidecars: { agent: { image: AGENT, essential: true, logging: new JsonFileLogDriver() } } },
    }));
    expect(agent).toMatchObject({ Essential: true, LogConfiguration: { LogDriver: 'json-file' } });
  });
});

describe('a file system', () => {
  function media({ vpc, encryptionKey }: BindContext): IAttachable {
    const fileSystem = new FileSystem(encryptionKey, 'Files', { vpc });
    const accessPoint = new AccessPoint(fileSystem, 'Access', { fileSystem, path: '/media' });
    return {
      environment: { MEDIA_PATH: '/mnt/media' },
      secrets: {},
      mount: { fileSystem, accessPoint, path: '/mnt/media' },
      attachTo: () => {},
      monitorWith: () => {},
      describe: () => ({ id: 'Media', construct: fileSystem, title: 'Media', purpose: 'Test', tier: Tier.DATA }),
    };
  }
  const mounted = once(() => fargate({ attachments: context => [media(context)] }).template);

  test('is mounted by its access point, encrypted on the way, with the rights of the task\'s role', () => {
    const [{ EFSVolumeConfiguration }] = propertiesOf(mounted(), TASK).Volumes as { EFSVolumeConfiguration: { [name: string]: unknown } }[];
    expect(EFSVolumeConfiguration).toEqual({
      FilesystemId: { Ref: only(mounted(), 'AWS::EFS::FileSystem').id },
      TransitEncryption: 'ENABLED',
      AuthorizationConfig: { AccessPointId: { Ref: only(mounted(), 'AWS::EFS::AccessPoint').id }, IAM: 'ENABLED' },
    });
    mounted().hasResourceProperties(TASK, {
      Volumes: [Match.objectLike({ Name: 'mnt-media' })],
      ContainerDefinitions: [Match.objectLike({ MountPoints: [{ ContainerPath: '/mnt/media', SourceVolume: 'mnt-media', ReadOnly: false }] })],
    });
  });

  test('can be reached before the first unit starts', () => {
    const targets = resources(mounted(), 'AWS::EFS::MountTarget').map(({ id }) => id);
    expect(targets.length).toBeGreaterThan(1);
    expect(only(mounted(), SERVICE).DependsOn).toEqual(expect.arrayContaining(targets));
  });

  test('is not there without one', () => {
    expect(propertiesOf(standard().template, TASK)).not.toHaveProperty('Volumes');
  });
});

describe('a shell in a container', () => {
  const open = once(() => fargate({ props: { container: { enableExecuteCommand: true } }, profile: DEVELOPMENT }).template);

  test('is opened on a development platform that asks for it, and logged', () => {
    open().hasResourceProperties(SERVICE, { EnableExecuteCommand: true });
    open().hasResourceProperties('AWS::ECS::Cluster', {
      Configuration: {
        ExecuteCommandConfiguration: { Logging: 'OVERRIDE', LogConfiguration: { CloudWatchLogGroupName: { Ref: only(open(), 'AWS::Logs::LogGroup').id } } },
      },
    });
  });

  test('needs no rights where nobody asks for it', () => {
    expect(JSON.stringify(resources(standard().template, 'AWS::IAM::ManagedPolicy'))).not.toContain('ssmmessages');
    expect(JSON.stringify(resources(open(), 'AWS::IAM::ManagedPolicy'))).toContain('ssmmessages:OpenDataChannel');
    expect(propertiesOf(standard().template, 'AWS::ECS::Cluster')).not.toHaveProperty('Configuration');
  });

  testRefusals([
    ['a shell in production', () => fargate({ props: { container: { enableExecuteCommand: true } } }),
      '[Stack/Slot] \'container.enableExecuteCommand\' must be off in production, got true: a shell in a unit changes what no deployment knows of; look into logs and metrics, or try it on a development platform'],
    ['a share of more than all', () => Compute.fargate({ image: IMAGE, spotShare: 101 }),
      '[Compute.fargate] \'spotShare\' must be a whole number between 0 and 100, got 101: give the percentage of the units above the minimum that may be taken back'],
    ['a share that is known at deployment', () => Compute.fargate({ image: IMAGE, spotShare: Lazy.number({ produce: () => 50 }) }),
      '[Compute.fargate] \'spotShare\' must be known at synthesis, got a token: the weights of both kinds of capacity are worked out from it'],
    ['less storage than every unit has', () => Compute.fargate({ image: IMAGE, size: { ephemeralStorageGiB: 20 } }),
      '[Compute.fargate.size] \'ephemeralStorageGiB\' must be a whole number between 21 and 200, got 20: leave it out for the 20 GiB that every unit has, and mount a file system for more'],
    ['containers with names that are taken or wrong', () => Compute.fargate({ image: IMAGE, sidecars: { 'web': { image: AGENT }, 'ok_1': { image: AGENT }, 'log agent': { image: AGENT } } }),
      '[Compute.fargate] \'sidecars\' must be named by letters, digits, dashes and underscores, and not \'web\', got ["web","log agent"]: the application\'s own container has that name'],
  ]);
});

describe('an image', () => {
  const REPOSITORY = '111111111111.dkr.ecr.us-east-1.amazonaws.com/shop:1';
  const warningsOf = (image: string, natGateways: number) => {
    const stack = eastStack();
    const profile = EnvironmentProfile.production({ natGateways });
    new ElasticWebPlatform(stack, 'Shop', { profile, compute: Compute.fargate({ image: ContainerImage.fromRegistry(image) }) });
    return warnings(stack).filter(each => each.includes('image-unreachable'));
  };

  test('that is not in a private repository of ECR cannot be pulled without a way out', () => {
    expect(warningsOf(AGENT_NAME, 0)).toEqual([
      `[Stack/Shop/Compute/Fargate] no way to ${AGENT_NAME}: the subnets have no NAT gateway, and endpoints lead to private repositories of ECR alone. Copy it to one, or give the profile natGateways of at least 1 [ack: cdk-platform-patterns:image-unreachable]`,
    ]);
  });

  test.each([[AGENT_NAME, 1], [REPOSITORY, 0], [Token.asString({ Ref: 'Image' }), 0]])('%s can be with %s NAT gateways, or is not known to be out of reach', (image, natGateways) => {
    expect(warningsOf(image, natGateways)).toEqual([]);
  });
});
