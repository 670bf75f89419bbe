import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import {
  CapacityPlan, Compute, FargateDeployment, IDescribable, IPlatform, Owner, PlatformProps, Platforms, RouteKind, Runtime, Sessions, Traffic,
} from '../../src';
import { behindBalancer, Ground } from '../../src/ground/private/ground';
import { boardOf } from '../support/boards';
import { eastStack, IMAGE, once } from '../support/platform';
import { saidBy } from '../support/said-by';
import { resources, text } from '../support/template';

const WEB = Owner.team({ name: 'Web', contact: 'web@example.com' });
const API = Owner.team({ name: 'API', contact: 'api@example.com' });
const OPS = Owner.team({ name: 'Operations', contact: 'ops@example.com' });

/** A line of the operations board. */
interface Line {
  readonly name: string;
  readonly call: string[];
  readonly alarms: { readonly name: string }[];
}

/** A pattern of two applications, in as many lines as a pattern should take. */
class TwoApplications extends Construct implements IPlatform {
  public readonly blocks: IDescribable[];

  constructor(scope: Construct, id: string, props: PlatformProps = {}) {
    super(scope, id);
    const ground = new Ground(this, props);
    const { context, network: { workloadSubnets: subnets, dataSubnets } } = ground;
    const traffic = Traffic.steady({ rps: 50 });
    const { unit } = Compute.fargate({ image: IMAGE });
    const plan = CapacityPlan.of(['Backend', 'Frontend'].map(name => ({ name, traffic, unit })), ground.profile);
    const runtime = Runtime.together(Runtime.python({ sessionCookies: ['sid'] }), Runtime.php());
    const sessions = Sessions.valkeyServerless().bind(new Construct(this, 'Sessions'), {
      ...context, runtime, subnets: dataSubnets, capacity: plan.cache,
    })!;
    const run = (name: string, deployment = FargateDeployment.rolling()) => {
      const construct = new Construct(this, name);
      const workload = Compute.fargate({ image: IMAGE, deployment }).bind(construct, {
        ...context, subnets, label: name, capacity: plan.computeOf(name), attachments: [sessions],
      });
      return { construct, workload };
    };
    const backend = run('Backend', FargateDeployment.blueGreen());
    const frontend = run('Frontend', FargateDeployment.blueGreen());
    ground.lead(backend.workload, { pathPatterns: ['/backend', '/backend/*'] });
    ground.lead(frontend.workload);
    const door = ground.open({
      runtime,
      routes: [
        { pathPattern: '/backend/*', kind: RouteKind.API, from: 'the back end' },
        { pathPattern: '*', kind: RouteKind.PAGES, from: 'the front end' },
      ],
    });
    this.blocks = ground.observe(door, {
      shared: [sessions],
      applications: [
        { ...behindBalancer(backend.construct, backend.workload), name: 'Orders', owner: API },
        { ...behindBalancer(frontend.construct, frontend.workload), name: 'Portal', owner: WEB },
      ],
    }).blocks;
  }
}

const made = once(() => {
  const stack = eastStack();
  new TwoApplications(stack, 'Shop', { owner: OPS });
  return { stack, template: Template.fromStack(stack) };
});
const template = () => made().template;
const alarms = () => resources(template(), 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
const named = (name: string) => alarms().find(({ AlarmName }) => AlarmName === name)!;

describe('two applications behind one load balancer', () => {
  test('have a rule each, in the order in which they were led, and nothing by default', () => {
    const rules = resources(template(), 'AWS::ElasticLoadBalancingV2::ListenerRule').map(({ id, Properties: { Priority, Conditions } }) =>
      [id.replace(/\w{8}$/, ''), Priority, (Conditions as { PathPatternConfig?: { Values: string[] } }[])[0].PathPatternConfig?.Values]);
    expect(rules.sort()).toEqual([
      ['ShopBackendFargateSideBySideHttpProduction', 13, ['/backend', '/backend/*']],
      ['ShopFrontendFargateSideBySideHttpProduction', 23, ['/*']],
    ]);
    template().hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404', ContentType: 'text/plain', MessageBody: 'Not found' } }],
    });
  });

  test('have the same alarms each, under names of their own, with their own owner', () => {
    const of = (application: string) => alarms().map(({ AlarmName }) => String(AlarmName)).filter(name => name.startsWith(`Stack-Shop-${application}-`))
      .map(name => name.replaceAll(application, 'X')).sort();
    expect(of('Backend')).toEqual(of('Frontend'));
    expect(of('Backend')).toEqual(expect.arrayContaining(['Stack-Shop-X-X-Healthy-Units-Critical', 'Stack-Shop-X-Availability-Fast-Burn-Long']));
    expect(text(named('Stack-Shop-Backend-Backend-CPU-Usage-Warning').AlarmDescription)).toContain('Owner: API, api@example.com');
    expect(text(named('Stack-Shop-Frontend-Frontend-CPU-Usage-Warning').AlarmDescription)).toContain('Owner: Web, web@example.com');
    expect(text(named('Stack-Shop-Load-Balancer-Down-Critical').AlarmDescription)).toContain('Owner: Operations, ops@example.com');
  });

  test('promise what is measured at their own target groups, whichever of the two is in use', () => {
    const burn = JSON.stringify(named('Stack-Shop-Backend-Availability-Fast-Burn-Long'));
    expect(burn).toContain('FILL(requests0, 0) + FILL(requests1, 0)');
    expect(burn).toMatch(/ShopBackendFargateSideBySideHttpTargets\w+/);
    expect(burn).not.toContain('ShopFrontend');
  });

  test('have a board each, which shows what they share too, and one line each beside that of what they share', () => {
    expect(boardOf(template(), 'Backend-Service')).toContain('# Orders · production · API, api@example.com');
    expect(boardOf(template(), 'Frontend-Service')).toContain('# Portal · production · Web, web@example.com');
    (['Backend-Service', 'Frontend-Service'] as const).forEach(board => expect(boardOf(template(), board)).toContain('"title":"Traffic: requests per minute"'));
    const { widgets } = JSON.parse(boardOf(template(), 'Operations')) as { widgets: { type: string; properties: { params: { applications: Line[] } } }[] };
    const lines = widgets.find(({ type }) => type === 'custom')!.properties.params.applications;
    const ground = ['Down', 'Failing', 'Slow'].map(symptom => `Stack-Shop-Ground-${symptom}`);
    const own = (application: string) => ['Down', 'Failing', 'Slow'].map(symptom => `Stack-Shop-${application}-Customers-${symptom}`);
    expect(lines.map(({ name, call, alarms: read }) => [name, call[0], read.map(alarm => alarm.name)])).toEqual([
      ['Orders', 'API', [...own('Backend'), ...ground]],
      ['Portal', 'Web', [...own('Frontend'), ...ground]],
      ['Shop: what all of it stands on', 'Operations', ground],
    ]);
  });

  test('carry the tag of their owner, and the rest that of the platform\'s', () => {
    const owners = Object.fromEntries(resources(template()).filter(({ Type }) => Type === 'AWS::ECS::Service' || Type === 'AWS::ElastiCache::ServerlessCache')
      .map(({ id, Properties }) => [id.replace(/\w{8}$/, ''), (Properties.Tags as { Key: string; Value: string }[]).find(({ Key }) => Key === 'Owner')!.Value]));
    expect(owners).toMatchObject({
      ShopBackendFargateSideBySideHttpService: 'API', ShopFrontendFargateSideBySideHttpService: 'Web', ShopSessionsValkeyServerlessCache: 'Operations',
    });
  });
});

test('the pattern is found by itself, and its blocks say what they talk to', () => {
  const [{ blocks }, ...others] = Platforms.of(made().stack);
  expect(others).toEqual([]);
  const said = blocks.map(saidBy).map(({ id, talksTo = [] }) => [id, talksTo.filter(({ why }) => why !== 'Watches it').map(({ to, port }) => `${to} ${port}`)]);
  expect(said).toEqual([
    ['Shop/ContentDelivery/CloudFront', ['Shop/Firewall/WebAcl undefined', 'Shop/LoadBalancer 80']],
    ['Shop/Firewall/WebAcl', []],
    ['Shop/LoadBalancer', ['Shop/Backend/Fargate 8080', 'Shop/Frontend/Fargate 8080']],
    ['Shop/Backend/Fargate', ['Shop/Sessions/ValkeyServerless 6379']],
    ['Shop/Frontend/Fargate', ['Shop/Sessions/ValkeyServerless 6379']],
    ['Shop/Sessions/ValkeyServerless', []],
    ['Shop/Network/Vpc', []],
    ['Shop/Monitoring', []],
  ]);
});

test('an application that names no target groups is refused where another one is', () => {
  const stack: Stack = eastStack();
  const ground = new Ground(Object.assign(new Construct(stack, 'Shop'), { blocks: [] }), {});
  const workload = () => ({ node: { path: 'x' } }) as never;
  const door = ground.open({ runtime: Runtime.php(), routes: [{ pathPattern: '*', kind: RouteKind.PAGES, from: 'nobody' }] });
  const construct = new Construct(stack, 'Own');
  expect(() => ground.observe(door, { shared: [], applications: [behindBalancer(construct, workload()), behindBalancer(construct, workload())] }))
    .toThrow('\'targetGroups\' of a workload must not be empty where several applications share a load balancer, got none');
});
