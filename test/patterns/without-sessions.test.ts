import { Template } from 'aws-cdk-lib/assertions';
import { Compute, InstanceCode, ISessions, Runtime, Sessions } from '../../src';
import { boardOf } from '../support/boards';
import { addPlatform, eastStack, IMAGE, once, PlatformProps } from '../support/platform';
import { resources } from '../support/template';

function made(props: PlatformProps) {
  const stack = eastStack();
  const platform = addPlatform(stack, props);
  return { platform, template: Template.fromStack(stack) };
}

const compute = Compute.fargate({ image: IMAGE, runtime: Runtime.php({ sessionCookies: [] }) });
const none = once(() => made({ compute, sessions: Sessions.none() }));
const usual = once(() => made({ compute }));
const decisionsOf = ({ platform }: ReturnType<typeof made>) => platform.capacity.decisions.map(({ name }) => name);

describe('a platform whose application keeps no sessions', () => {
  test('has no store of them: nothing that is made for it, no block, and no word on boards and in alarms', () => {
    expect(JSON.stringify(usual().template.toJSON())).toMatch(/session|valkey/i);
    expect(JSON.stringify(none().template.toJSON())).not.toMatch(/session|valkey|elasticache/i);
    expect(none().platform.sessions).toBeUndefined();
    expect(none().platform.blocks.map(block => block.describe().title)).toEqual([
      'Content delivery', 'Web firewall', 'Load balancer', 'Fargate service', 'Aurora MySQL', 'Media bucket', 'Network', 'Boards and alarms',
    ]);
    expect(boardOf(none().template, 'Platform')).toContain('Aurora');
  });

  test('has every other size, each for its reason, and none of the store', () => {
    const ofStore = ['maximum ECPU', 'maximum session data'];
    expect(decisionsOf(usual())).toEqual(expect.arrayContaining(ofStore));
    expect(decisionsOf(none())).toEqual(decisionsOf(usual()).filter(name => !ofStore.includes(name)));
    expect(none().platform.capacity.database).toEqual(usual().platform.capacity.database);
  });

  test('tells the application of its database and its media alone', () => {
    const [{ Properties: { ContainerDefinitions } }] = resources(none().template, 'AWS::ECS::TaskDefinition');
    const [{ Environment, Secrets }] = ContainerDefinitions as { Environment: { Name: string }[]; Secrets: { Name: string }[] }[];
    expect([...Environment, ...Secrets].map(({ Name }) => Name)).toEqual([
      'DB_ENGINE', 'DB_HOST', 'DB_PORT', 'DB_NAME', 'DB_READER_HOST', 'MEDIA_BASE_URL', 'MEDIA_BUCKET', 'DB_USER', 'DB_PASSWORD',
    ]);
  });

  test('is the same whoever says so: a choice of one\'s own that makes nothing', () => {
    const own: ISessions = { bind: () => undefined };
    expect(made({ compute, sessions: own }).template.toJSON()).toEqual(none().template.toJSON());
  });

  test('runs on instances, too', () => {
    const instances = Compute.instances({ code: InstanceCode.fromAsset(__dirname), php: { sessionCookies: [] } });
    const { template } = made({ compute: instances, sessions: Sessions.none() });
    template.resourceCountIs('AWS::ElastiCache::ServerlessCache', 0);
    template.resourceCountIs('AWS::AutoScaling::AutoScalingGroup', 1);
  });
});
