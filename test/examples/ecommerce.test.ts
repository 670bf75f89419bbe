import { Template } from 'aws-cdk-lib/assertions';
import { app } from '../../examples/ecommerce/app';
import { Reachability } from '../../src';
import { askEdge, distributionOf } from '../support/edge-requests';
import { filled } from '../support/filled';
import { once } from '../support/platform';
import { securityGroupRules } from '../support/security-groups';
import { only, propertiesOf, Resource, resources, text } from '../support/template';

// The example has a sale with a date: it is looked at from before that day.
vi.hoisted(() => vi.useFakeTimers({ now: new Date('2027-01-01T12:00:00Z'), toFake: ['Date'] }));
afterAll(() => { vi.useRealTimers(); });

const INSTANCE = 'AWS::RDS::DBInstance';
const GROUP = 'AWS::AutoScaling::AutoScalingGroup';
const SCHEDULED = 'AWS::AutoScaling::ScheduledAction';

const assembly = once(() => app.synth());
const stacksOf = (stage: string) => assembly().stacksRecursively.filter(({ hierarchicalId }) => hierarchicalId.startsWith(`${stage}/`));
const environment = (stage: string) => once(() => {
  const [stack, ...others] = stacksOf(stage);
  expect(others).toEqual([]);
  return Template.fromJSON(stack.template as object);
});
const production = environment('Production');
const development = environment('Development');
const ENVIRONMENTS: [string, () => Template][] = [['Production', production], ['Development', development]];

interface Statement {
  readonly Effect: string;
  readonly Principal: unknown;
  readonly Condition: { readonly StringEquals: { readonly [key: string]: unknown } };
}

/** The database and what reads beside it. */
function databasesOf(template: Template): { readonly source: Resource; readonly replicas: Resource[] } {
  const isReplica = ({ Properties }: Resource) => Properties.SourceDBInstanceIdentifier !== undefined;
  const all = resources(template, INSTANCE);
  const [source, ...more] = all.filter(each => !isReplica(each));
  expect(more).toEqual([]);
  return { source, replicas: all.filter(isReplica) };
}

const sizeOf = (template: Template) => {
  const { MinSize, MaxSize } = propertiesOf(template, GROUP);
  return { least: Number(MinSize), most: Number(MaxSize) };
};

test('the example is two environments, each in an account of its own', () => {
  expect(assembly().stacksRecursively.map(({ hierarchicalId }) => hierarchicalId).sort()).toEqual(['Development/Shop', 'Production/Shop']);
  const accounts = ENVIRONMENTS.flatMap(([name]) => stacksOf(name)).map(({ environment: { account } }) => account);
  expect(new Set(accounts).size).toBe(2);
});

describe.each(ENVIRONMENTS)('%s', (name, template) => {
  test('synthesizes without a warning or an error', () => {
    expect(stacksOf(name).flatMap(({ messages }) => messages).filter(({ level }) => level !== 'info')).toEqual([]);
  });

  test('lets the API alone reach the database, the balancer the API, and CloudFront the balancer', () => {
    expect(Reachability.analyzeTemplate(JSON.stringify(template().toJSON()))).toEqual([]);
    expect(securityGroupRules(template())).toEqual([
      'Application in from Load balancer, tcp 8080',
      'Application out to 0.0.0.0/0, tcp 443',
      'Application out to RDS MySQL, tcp 13306',
      'Load balancer in from pl-3b927c52, tcp 80-443',
      'Load balancer out to Application, tcp 8080',
      'RDS MySQL in from Application, tcp 13306',
    ]);
  });

  test('would be found out, were the database open', () => {
    const opened = template().toJSON() as { Resources: { [id: string]: { Type: string; Properties: { [name: string]: unknown } } } };
    filled(Object.values(opened.Resources).filter(({ Type }) => Type === 'AWS::EC2::SecurityGroup'))
      .forEach(({ Properties }) => { Properties.SecurityGroupIngress = [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }]; });
    expect(Reachability.analyzeTemplate(JSON.stringify(opened)).map(({ ruleName }) => ruleName)).toContain(Reachability.WIDE_INGRESS);
  });

  test('has every database encrypted, and none with a public address', () => {
    const { source, replicas } = databasesOf(template());
    expect(source.Properties).toMatchObject({ Engine: 'mysql', StorageEncrypted: true });
    [source, ...replicas].forEach(({ Properties }) => expect(Properties.PubliclyAccessible).toBe(false));
  });

  test('has instances in Auto Scaling behind an internal balancer, which CloudFront reaches within the VPC', () => {
    const balancer = only(template(), 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    expect(balancer.Properties.Scheme).toBe('internal');
    const targets = only(template(), 'AWS::ElasticLoadBalancingV2::TargetGroup').id;
    expect(propertiesOf(template(), GROUP).TargetGroupARNs).toEqual([{ Ref: targets }]);
    expect(propertiesOf(template(), 'AWS::CloudFront::VpcOrigin')).toMatchObject({
      VpcOriginEndpointConfig: { Arn: { Ref: balancer.id }, OriginProtocolPolicy: 'https-only' },
    });
  });

  test('has its site in a private bucket that its distribution alone reads, by origin access control', () => {
    const distribution = only(template(), 'AWS::CloudFront::Distribution');
    const { Origins, DefaultCacheBehavior } = distributionOf(template());
    const origin = Origins.find(({ Id }) => Id === DefaultCacheBehavior.TargetOriginId)!;
    expect(origin).toMatchObject({ OriginAccessControlId: { 'Fn::GetAtt': [only(template(), 'AWS::CloudFront::OriginAccessControl').id, 'Id'] } });
    const bucket = resources(template(), 'AWS::S3::Bucket').find(({ id }) => id === origin.DomainName['Fn::GetAtt'][0])!;
    expect(bucket.Properties.PublicAccessBlockConfiguration)
      .toEqual({ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true });
    const policy = resources(template(), 'AWS::S3::BucketPolicy').find(({ Properties }) => text(Properties.Bucket) === `\${${bucket.id}}`)!;
    const { Statement } = policy.Properties.PolicyDocument as { Statement: Statement[] };
    filled(Statement.filter(({ Effect, Principal }) => Effect === 'Allow' && JSON.stringify(Principal).includes('cloudfront')))
      .forEach(({ Condition }) => expect(text(Condition.StringEquals['AWS:SourceArn'])).toMatch(new RegExp(`:distribution/\\$\\{${distribution.id}\\}$`)));
    expect(Statement.filter(({ Effect, Principal }) => Effect === 'Allow' && /"\*"|"AWS":"\*"/.test(JSON.stringify(Principal)))).toEqual([]);
  });

  test('answers at its own name, by path, behind the firewall; CloudFront\'s name leads there', () => {
    const [host] = (distributionOf(template()) as unknown as { Aliases: string[] }).Aliases;
    const ask = (uri: string, headers = { host }) => askEdge(template(), { uri, headers });
    expect([ask('/'), ask('/products/42'), ask('/api/products/42')].map(({ asked }) => asked)).toEqual(['/live/index.html', '/live/index.html', '/api/products/42']);
    expect(['/', '/assets/app.js', '/api/products'].map(uri => ask(uri, { host: 'd1.cloudfront.net' }).location))
      .toEqual(['/', '/assets/app.js', '/api/products'].map(uri => `https://${host}${uri}`));
    const acl = only(template(), 'AWS::WAFv2::WebACL');
    expect(distributionOf(template())).toMatchObject({ WebACLId: { 'Fn::GetAtt': [acl.id, 'Arn'] } });
    expect(JSON.stringify(acl.Properties.Rules)).toContain('RateBasedStatement');
  });

  test('has two teams, each with its own resources and a pipeline that one repository takes', () => {
    const trusts = resources(template(), 'AWS::IAM::Role').map(({ Properties }) => JSON.stringify(Properties.AssumeRolePolicyDocument)).filter(trust => trust.includes('token.actions'));
    expect(trusts.map(trust => /"repo:([^"]+)"/.exec(trust)?.[1]).sort()).toEqual(['api', 'web'].map(of => `example/shop-${of}:environment:${name.toLowerCase()}`));
    const ownersOf = (type: string) => resources(template(), type)
      .map(({ Properties }) => (Properties.Tags as { Key: string; Value: string }[]).find(({ Key }) => Key === 'Owner')?.Value).sort();
    expect([GROUP, 'AWS::RDS::DBSubnetGroup', 'AWS::S3::Bucket'].map(ownersOf)).toEqual([['Orders'], ['Platform'], ['Platform', 'Storefront']]);
  });
});

describe('in production', () => {
  test('the database has a standby in another zone, a replica, and refuses to be deleted', () => {
    const { source, replicas } = databasesOf(production());
    expect(source.Properties).toMatchObject({ MultiAZ: true, DeletionProtection: true });
    expect(source).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    expect(replicas.map(({ Properties }) => text(Properties.SourceDBInstanceIdentifier))).toEqual([expect.stringContaining(`\${${source.id}}`)]);
  });

  test('the database is backed up: 35 days by RDS, and each day and month by AWS Backup', () => {
    const { source } = databasesOf(production());
    expect(source.Properties.BackupRetentionPeriod).toBe(35);
    const { Resources } = propertiesOf(production(), 'AWS::Backup::BackupSelection').BackupSelection as { Resources: unknown[] };
    expect(Resources.map(text)).toEqual([expect.stringContaining(`:db:\${${source.id}}`)]);
    const { BackupPlanRule } = propertiesOf(production(), 'AWS::Backup::BackupPlan').BackupPlan as { BackupPlanRule: { Lifecycle: object }[] };
    expect(BackupPlanRule.map(({ Lifecycle }) => Lifecycle)).toEqual([{ DeleteAfterDays: 35 }, { DeleteAfterDays: 365 }]);
  });

  test('units stand ready half an hour before each sale of the calendar, and go after it', () => {
    const { least, most } = sizeOf(production());
    const at = new Map(resources(production(), SCHEDULED).map(({ Properties: { Recurrence, TimeZone, StartTime, MinSize } }) =>
      [StartTime ?? `${String(Recurrence)} ${String(TimeZone)}`, MinSize]));
    // Midnight of São Paulo is 03:00 UTC.
    expect(at).toEqual(new Map<unknown, unknown>([
      ['30 18 * * WED America/Sao_Paulo', 10], ['0 22 * * WED America/Sao_Paulo', least],
      ['2027-11-26T02:30:00Z', 20], ['2027-11-27T03:00:00Z', least],
    ]));
    expect([least, most]).toEqual([2, 20]);
  });

  test('the group spans three zones, each with its way out, follows load, and has stopped instances at hand', () => {
    expect(propertiesOf(production(), GROUP).VPCZoneIdentifier).toHaveLength(3);
    production().resourceCountIs('AWS::EC2::NatGateway', 3);
    production().resourceCountIs('AWS::AutoScaling::WarmPool', 1);
    expect(resources(production(), 'AWS::AutoScaling::ScalingPolicy').length).toBeGreaterThan(0);
  });
});

describe('development is smaller', () => {
  test('in its group, its network and its database', () => {
    const [large, small] = [sizeOf(production()), sizeOf(development())];
    expect(small.least).toBeLessThan(large.least);
    expect(small.most).toBeLessThan(large.most);
    const { source, replicas } = databasesOf(development());
    expect(source.Properties).toMatchObject({ MultiAZ: false, BackupRetentionPeriod: 1, DBInstanceClass: 'db.t4g.medium' });
    expect(replicas).toEqual([]);
    development().resourceCountIs('AWS::EC2::NatGateway', 1);
    development().resourceCountIs('AWS::AutoScaling::WarmPool', 0);
    development().resourceCountIs(SCHEDULED, 0);
  });

  test('and gone when its stack is deleted', () => {
    expect(resources(development()).filter(({ DeletionPolicy }) => DeletionPolicy?.startsWith('Retain'))).toEqual([]);
    expect(databasesOf(development()).source.Properties.DeletionProtection).toBe(false);
  });
});
