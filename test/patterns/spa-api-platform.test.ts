import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { addPortal, portalTemplate } from './spa-api';
import {
  Cache, Compute, Database, Domain, Edge, EnvironmentProfile, Frontend, InstanceCode, Owner, Platforms, Reachability, Runtime,
  Sessions, SpaApiPlatform, Tracing, Traffic,
} from '../../src';
import { boardOf } from '../support/boards';
import { BRAZIL, EAST, eastStack, IMAGE, once, QUICK } from '../support/platform';
import { alarmsForPeople, only, resources, text } from '../support/template';

const compute = Compute.fargate({ image: IMAGE });
const WEB = Owner.team({ name: 'Web', contact: 'web@example.com' });
const API = Owner.team({ name: 'API', contact: 'api@example.com' });
const container = (usesData = false) => ({ site: Frontend.container({ compute, usesData }) });
const usual = once(() => portalTemplate());

describe('three lines', () => {
  test('make a site, an API and a database in production, behind a firewall', () => {
    const types = ['AWS::CloudFront::Distribution', 'AWS::WAFv2::WebACL', 'AWS::ECS::Service', 'AWS::RDS::DBCluster', 'AWS::ElasticLoadBalancingV2::LoadBalancer'];
    expect(types.map(type => resources(usual(), type).length)).toEqual(types.map(() => 1));
    expect(only(usual(), 'AWS::RDS::DBCluster').Properties).toMatchObject({ Engine: 'aurora-postgresql', DeletionProtection: true });
  });

  test('make no session store, no cache and no media that nobody asked for', () => {
    expect(resources(usual()).filter(({ Type }) => /ElastiCache|DynamoDB|EFS/.test(Type))).toEqual([]);
  });

  test('are a platform that is found, of blocks each of which is one', () => {
    const stack = eastStack();
    const platform = addPortal(stack);
    expect(Platforms.of(stack)).toEqual([platform]);
    expect(platform.blocks.map(block => block.describe().id)).toEqual([
      'Portal/ContentDelivery/CloudFront', 'Portal/Firewall/WebAcl', 'Portal/LoadBalancer', 'Portal/Frontend/StaticSite', 'Portal/Backend/Fargate',
      'Portal/Database/AuroraPostgresql', 'Portal/Network/Vpc', 'Portal/Monitoring',
    ]);
    expect(platform.blocks[0].describe().talksTo).toEqual(expect.arrayContaining([
      { to: 'Portal/Frontend/StaticSite', port: 443, why: 'Asks for what it does not keep of /frontend, /frontend/*' },
      { to: 'Portal/LoadBalancer', port: 80, why: 'Asks for what it does not keep of /backend, /backend/*, *' },
    ]));
  });
});

test('nothing is warned of but that nobody is told', () => {
  const stack = eastStack();
  addPortal(stack, { edge: Edge.cloudFront({ closeDistributionName: true }) });
  const warnings = Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry: { data } }) => String(data));
  expect(warnings).toEqual([expect.stringContaining('alarms notify nobody')]);
});

describe('the database', () => {
  const of = (props: Parameters<typeof addPortal>[1]) => {
    const stack = eastStack();
    addPortal(stack, props);
    return JSON.stringify((stack.node.root as App).synth().getStackByName(stack.stackName).template);
  };
  interface Declared { readonly Type: string; readonly Metadata?: { readonly [key: string]: { readonly workload?: string }[] } }
  /** Whoever may reach the cluster, or the proxy before it. */
  const clients = (template: string) => [...new Set(Object.values((JSON.parse(template) as { Resources: { [id: string]: Declared } }).Resources)
    .filter(({ Type }) => /^AWS::RDS::DB(Cluster|Proxy)$/.test(Type))
    .flatMap(({ Metadata }) => Metadata?.['cdk-platform-patterns:reachable-by'] ?? []).map(({ workload }) => workload))]
    .filter(workload => !workload?.endsWith('/Proxy'));

  test.each<[string, Parameters<typeof addPortal>[1], string[]]>([
    ['the API alone', {}, ['Stack/Portal/Backend/Fargate']],
    ['the API alone, beside pages from containers', { frontend: container() }, ['Stack/Portal/Backend/Fargate']],
    ['pages from containers too, when they say so', { frontend: container(true) }, ['Stack/Portal/Backend/Fargate', 'Stack/Portal/Frontend/Fargate']],
  ])('is reached by %s', (_, props, workloads) => {
    const template = of(props);
    expect(clients(template).sort()).toEqual(workloads);
    expect(Reachability.analyzeTemplate(template)).toEqual([]);
  });

  test('has a name of its own in the platform\'s private zone', () => {
    const template = portalTemplate(stack => ({
      domain: Domain.inZone(HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }), 'portal.example.com'),
    }));
    expect(resources(template, 'AWS::Route53::RecordSet').map(({ Properties: { Name } }) => Name)).toContain('db.internal.portal.example.com.');
  });

  test('may be of any engine, with a session store and a cache beside it for the API', () => {
    const backend = { compute: Compute.fargate({ image: IMAGE, runtime: Runtime.node() }) };
    const template = portalTemplate({ database: Database.rdsMysql(), sessions: Sessions.valkeyNodes(), cache: Cache.valkeyNodes(), backend });
    const { Environment } = (only(template, 'AWS::ECS::TaskDefinition').Properties.ContainerDefinitions as unknown as { Environment: { Name: string }[] }[])[0];
    expect(Environment.map(({ Name }) => Name)).toEqual(expect.arrayContaining(['DB_HOST', 'SESSION_URL', 'CACHE_HOST']));
    expect(only(template, 'AWS::RDS::DBInstance').Properties.Engine).toBe('mysql');
  });
});

describe('what the edge keeps of an API', () => {
  const policyOf = (template: Template) => resources(template, 'AWS::CloudFront::CachePolicy').filter(({ id }) => id.includes('CallCache')).map(({ Properties }) => Properties.CachePolicyConfig);

  test('is nothing by default', () => {
    expect(policyOf(usual())).toEqual([]);
  });

  test('is what it marks, for a short time, apart for each token, form, query and session', () => {
    const kept = portalTemplate({ backend: { caching: { maxTtl: Duration.seconds(10), headers: ['Accept-Language'] }, compute: Compute.fargate({ image: IMAGE, runtime: Runtime.node() }) } });
    expect(policyOf(kept)).toMatchObject([{
      MinTTL: 0,
      DefaultTTL: 0,
      MaxTTL: 10,
      ParametersInCacheKeyAndForwardedToOrigin: {
        HeadersConfig: { Headers: ['Host', 'Authorization', 'Accept', 'Accept-Language'] },
        CookiesConfig: { CookieBehavior: 'whitelist', Cookies: ['connect.sid'] },
        QueryStringsConfig: { QueryStringBehavior: 'all' },
      },
    }]);
    expect(policyOf(portalTemplate({ backend: { caching: {} } }))).toMatchObject([{ ParametersInCacheKeyAndForwardedToOrigin: { CookiesConfig: { CookieBehavior: 'none' } } }]);
  });
});

describe('two teams', () => {
  const template = once(() => portalTemplate({ frontend: { owner: WEB, name: 'Portal' }, backend: { owner: API, name: 'Orders' } }));

  test('have a board each, and are called for their own', () => {
    expect(boardOf(template(), 'Frontend-Service')).toContain('# Portal · production · Web, web@example.com');
    expect(boardOf(template(), 'Backend-Service')).toContain('# Orders · production · API, api@example.com');
    const called = (part: string) => alarmsForPeople(template()).filter(({ Properties }) => text(Properties.AlarmName).includes(part)).map(({ Properties }) => /Owner: (\w+)/.exec(text(Properties.AlarmDescription))?.[1]);
    expect([...new Set(called('Portal-Frontend-'))]).toEqual(['Web']);
    expect([...new Set(called('Portal-Backend-'))]).toEqual(['API']);
  });

  test('are told apart without names, too', () => {
    expect(boardOf(usual(), 'Operations')).toEqual(expect.stringMatching(/"Portal site".*"Portal API"/));
  });

  test('each may release its own', () => {
    const stack = eastStack();
    const platform = addPortal(stack);
    const role = new Role(stack, 'Web', { assumedBy: new ServicePrincipal('codebuild.amazonaws.com') });
    platform.frontend.release!.grantRelease(role);
    const statements = resources(Template.fromStack(stack), 'AWS::IAM::Policy').filter(({ id }) => id.startsWith('Web'))
      .flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: { Action: string | string[]; Resource: unknown }[] }).Statement);
    expect(statements.map(({ Action, Resource }) => [Action, text(Resource).replace(/[0-9A-F]{8}/g, '')])).toEqual([
      [['s3:PutObject', 's3:AbortMultipartUpload'], '${PortalFrontendStaticSiteStore.Arn}/builds/*'],
      [['kms:GenerateDataKey', 'kms:Decrypt'], '${PortalEncryptionKey.Arn}'],
      ['lambda:InvokeFunction', '${PortalFrontendStaticSiteReleaseFunction.Arn}'],
    ]);
  });

  test('the API may stand in its team\'s stack, and the platform does not know it', () => {
    const app = new App(QUICK);
    const [home, team] = ['Platform', 'Team'].map(id => new Stack(app, id, { env: EAST }));
    new SpaApiPlatform(home, 'Portal', { backend: { compute: Compute.inStack(team, compute) } });
    const dependencies = app.synth().stacks.map(stack => [stack.id, stack.dependencies.map(({ id }) => id).filter(id => ['Platform', 'Team'].includes(id))]);
    expect(dependencies).toEqual([['Platform', []], ['Team', ['Platform']]]);
  });
});

describe('what a site promises', () => {
  test('is measured at its bucket, where files are asked for that the edge does not keep', () => {
    const burn = resources(usual(), 'AWS::CloudWatch::Alarm').find(({ Properties }) => text(Properties.AlarmName) === 'Stack-Portal-Frontend-Availability-Fast-Burn-Long')!;
    expect(JSON.stringify(burn.Properties.Metrics)).toMatch(/"Namespace":"AWS\/S3".*FilterId.*Live/);
    const bucket = resources(usual(), 'AWS::S3::Bucket').find(({ id }) => id.startsWith('PortalFrontendStaticSiteStore'))!;
    expect(bucket.Properties.MetricsConfigurations).toEqual([{ Id: 'Live', Prefix: 'live/' }]);
  });

  test('and the API\'s at the load balancer, where it is alone', () => {
    const burn = resources(usual(), 'AWS::CloudWatch::Alarm').find(({ Properties }) => text(Properties.AlarmName) === 'Stack-Portal-Backend-Availability-Fast-Burn-Long')!;
    expect(JSON.stringify(burn.Properties.Metrics)).toContain('balancerSent');
    const beside = resources(portalTemplate({ frontend: container() }), 'AWS::CloudWatch::Alarm').find(({ Properties }) => text(Properties.AlarmName) === 'Stack-Portal-Backend-Availability-Fast-Burn-Long')!;
    expect(JSON.stringify(beside.Properties.Metrics)).toContain('FILL(requests0, 0)');
  });
});

describe('sizes', () => {
  test('follow from the traffic of the API: a site of files asks for none', () => {
    const platform = addPortal(eastStack(), { backend: { traffic: Traffic.spiky({ baselineRps: 100 }) } });
    expect(platform.capacity.computeOf('Backend').maxUnits).toBe(150);
    expect(platform.capacity.decisions.map(({ name }) => name)).toContain('maximum units');
    expect(() => platform.capacity.computeOf('Frontend')).toThrow('\'name\' must be one of Backend, got "Frontend"');
  });

  test('are the sum of both where pages are made by units', () => {
    const site = Frontend.container({ compute, traffic: Traffic.steady({ rps: 10 }), usesData: true });
    const { capacity } = addPortal(eastStack(), { frontend: { site } });
    expect(capacity.computeOf('Frontend').maxUnits).toBe(2);
    expect(capacity.decisions.map(({ name }) => name)).toEqual(expect.arrayContaining(['Backend: maximum units', 'Frontend: maximum units']));
  });
});

describe('two applications without a way out', () => {
  const onInstances = (stack: Stack) => Compute.instances({ code: InstanceCode.fromBucket(Bucket.fromBucketName(stack, 'Releases', 'releases'), 'app.zip'), php: { extensions: [] } });
  const traced = Compute.fargate({ image: IMAGE, tracing: Tracing.openTelemetry() });
  const profile = EnvironmentProfile.production({ natGateways: 0 });
  const template = (props: (stack: Stack) => Parameters<typeof addPortal>[1]) => portalTemplate(stack => ({ ...props(stack), profile }));

  test.each<[string, (stack: Stack) => Parameters<typeof addPortal>[1]]>([
    ['on instances', stack => {
      const instances = onInstances(stack);
      return { frontend: { site: Frontend.container({ compute: instances }) }, backend: { compute: instances } };
    }],
    ['in containers that are traced', () => ({ frontend: { site: Frontend.container({ compute: traced }) }, backend: { compute: traced } })],
  ])('%s share the way to each service of AWS, which lets both in', (_, props) => {
    const made = template(props);
    const services = resources(made, 'AWS::EC2::VPCEndpoint').map(({ Properties: { ServiceName } }) => text(ServiceName));
    expect(services).toEqual([...new Set(services)]);
    const ofOwn = resources(made, 'AWS::EC2::SecurityGroupIngress').filter(({ Properties: { Description } }) => /^HTTPS from the (instances|tasks)$/.test(text(Description)));
    expect(new Set(ofOwn.map(({ Properties: { SourceSecurityGroupId } }) => text(SourceSecurityGroupId))).size).toBe(2);
    expect(Reachability.analyzeTemplate(JSON.stringify(made.toJSON()))).toEqual([]);
  });
});

test('in another Region it has its two companions', () => {
  const stack = new Stack(new App(QUICK), 'Stack', { env: BRAZIL });
  addPortal(stack);
  expect((stack.node.root as App).synth().stacks.map(({ id }) => id).sort()).toEqual(['Stack', 'Stack-edge', 'Stack-edge-alarms']);
});
