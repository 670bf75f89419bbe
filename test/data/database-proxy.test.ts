import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CHOICES } from './choices';
import { boundDatabase, policyOf, statementsOf, unattached } from './support';
import { Database, EnvironmentProfile, IDatabase, PasswordRotation, Reachability } from '../../src';
import { REACHABLE_BY } from '../../src/core/private/reachable-by';
import { addPlatform, eastStack, once, platformTemplate } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { securityGroupRules } from '../support/security-groups';
import { only, resources, text } from '../support/template';

const PROXY = 'AWS::RDS::DBProxy';
const BUSY = { capacity: { minAcu: 4, maxAcu: 40, connections: 3000, proxy: true } };

describe.each(CHOICES)('RDS Proxy before $name', choice => {
  const { make, old, name, title, store, endpoint, port, proxyPort, scheme, tls } = choice;
  const tellsTls = tls ? { DB_TLS: 'true' } : {};
  const proxied = once(() => boundDatabase(make({ proxy: true })));

  test('is reached by what attaches, on the port of the engine, and it alone reaches the database', () => {
    expect(securityGroupRules(proxied().template)).toEqual([
      `Application out to RDS Proxy, tcp ${proxyPort}`,
      `${title} in from RDS Proxy, tcp ${port}`,
      `RDS Proxy in from Application, tcp ${proxyPort}`,
      `RDS Proxy out to ${title}, tcp ${port}`,
    ]);
  });

  test('is closed to all until something attaches, as the database is without it', () => {
    const declared = (template: Template, type: string) => template.toJSON().Resources[only(template, type).id].Metadata[REACHABLE_BY];
    expect(declared(unattached(make({ proxy: true })), PROXY)).toEqual([]);
    expect(declared(unattached(make()), store)).toEqual([]);
  });

  test('is what the application is told, and not the readers behind it', () => {
    const { block, stack, template } = proxied();
    expect(stack.resolve(block.environment)).toEqual({
      DB_HOST: { 'Fn::GetAtt': [only(template, PROXY).id, 'Endpoint'] }, DB_PORT: String(proxyPort), DB_NAME: 'app', DB_ENGINE: scheme, ...tellsTls,
    });
    expect(Object.keys(block.secrets)).toEqual(['DB_USER', 'DB_PASSWORD']);
    expect(block.describe().facts).toMatchObject({ proxy: 'RDS Proxy' });
  });

  test('takes passwords of the database\'s own secret, which it may read', () => {
    const { template } = proxied();
    const secret = { Ref: only(template, 'AWS::SecretsManager::Secret').id };
    expect(only(template, PROXY).Properties).toMatchObject({
      EngineFamily: choice.proxyFamily, RequireTLS: tls, Auth: [{ AuthScheme: 'SECRETS', IAMAuth: 'DISABLED', SecretArn: secret }],
    });
    const policy = policyOf(template, /ProxyRolePolicy/);
    expect(statementsOf(policy)).toEqual([
      { Effect: 'Allow', Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], Resource: secret },
    ]);
    expect(only(template, PROXY).DependsOn).toContain(policy.id);
  });

  test('serves the database once its instances are there', () => {
    const { template } = proxied();
    const { Properties, DependsOn = [] } = only(template, 'AWS::RDS::DBProxyTargetGroup');
    const data = only(template, store);
    const isCluster = store === 'AWS::RDS::DBCluster';
    expect(Properties).toMatchObject({
      TargetGroupName: 'default',
      DBProxyName: { Ref: only(template, PROXY).id },
      [isCluster ? 'DBClusterIdentifiers' : 'DBInstanceIdentifiers']: [{ Ref: data.id }],
      ConnectionPoolConfigurationInfo: { MaxConnectionsPercent: 90, ConnectionBorrowTimeout: 30 },
    });
    expect(DependsOn).toEqual(isCluster ? resources(template, 'AWS::RDS::DBInstance').map(({ id }) => id).sort() : []);
  });

  test('writes its log to a group that is there before it, encrypted, and kept as long as others', () => {
    const { template } = proxied();
    const { DBProxyName } = only(template, PROXY).Properties;
    const log = resources(template, 'AWS::Logs::LogGroup').find(({ Properties }) => text(Properties.LogGroupName) === `/aws/rds/proxy/${text(DBProxyName)}`)!;
    expect(log.Properties).toMatchObject({ RetentionInDays: 365, KmsKeyId: { 'Fn::GetAtt': [only(template, 'AWS::KMS::Key').id, 'Arn'] } });
    expect(only(template, PROXY).DependsOn).toContain(log.id);
    expect(text(DBProxyName)).toMatch(/^[a-z](-?[a-z0-9])*-[0-9a-f]{6}-/);
  });

  const THRICE = { EvaluationPeriods: 3, DatapointsToAlarm: 3, TreatMissingData: 'notBreaching' };
  test.each<[string, object]>([
    ['Connections-Warning', { ...THRICE, Threshold: 80 }],
    ['Borrow-Latency-Critical', { ...THRICE, Threshold: 1000 }],
    ['Query-Latency-Warning', { ...THRICE, Threshold: 1000 }],
    ['Availability-Critical', { Threshold: 90, ComparisonOperator: 'LessThanThreshold', EvaluationPeriods: 2, TreatMissingData: 'missing' }],
    ['Refused-Logins-Warning', { ...THRICE, Threshold: 20 }],
  ])('has the alarm %s', (alarm, expected) => {
    proxied().template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: `Test-Database-Proxy-${alarm}`, ...expected });
  });

  test('wakes nobody for the wait of a few queries', () => {
    const latency = resources(proxied().template, 'AWS::CloudWatch::Alarm').filter(({ Properties }) => /Latency/.test(String(Properties.AlarmName)));
    expect(latency.map(({ Properties }) => (Properties.Metrics as { Expression?: string }[])[0].Expression))
      .toEqual(['IF(queries > 20, (wait / 1000))', 'IF(queries > 20, (query / 1000))']);
  });

  test('leaves a way past it, by password, to what no pool carries', () => {
    const pastTheProxy: IDatabase = { bind: (scope, context) => make({ iamAuthentication: true }).bind(scope, context).direct! };
    const { template, stack } = boundDatabase(pastTheProxy);
    expect(securityGroupRules(template)).toContain(`${title} in from Application, tcp ${port}`);
    const declared = template.toJSON().Resources[only(template, store).id].Metadata[REACHABLE_BY] as { workload: string }[];
    expect(declared.map(({ workload }) => workload)).toEqual([expect.stringMatching(/\/Proxy$/), 'Stack/Application']);
    expect(Reachability.analyzeTemplate(JSON.stringify(Template.fromStack(stack).toJSON()))).toEqual([]);
  });

  test('tells of that way where it is and which user it has', () => {
    const { block, stack, template } = boundDatabase(make({ iamAuthentication: true, requireTls: true }));
    expect(stack.resolve(block.direct!.environment)).toMatchObject({
      DB_HOST: { 'Fn::GetAtt': [only(template, store).id, endpoint] }, DB_PORT: String(port), DB_NAME: 'app', DB_TLS: 'true',
    });
    expect(Object.keys(block.direct!.secrets)).toEqual(['DB_USER', 'DB_PASSWORD']);
    expect(block.direct!.describe()).toMatchObject({ title, purpose: 'The database past its proxy' });
    expect(boundDatabase(make()).block.direct).toBeUndefined();
  });

  test('is there when the traffic needs it, unless it is said, or cannot be', () => {
    expect(resources(boundDatabase(make()).template, PROXY)).toEqual([]);
    boundDatabase(make(), BUSY).template.resourceCountIs(PROXY, 1);
    boundDatabase(make({ proxy: false }), BUSY).template.resourceCountIs(PROXY, 0);
    boundDatabase(old(), BUSY).template.resourceCountIs(PROXY, 0);
  });

  test('asks for TLS when the database does, or for tokens, and not because the traffic brought it', () => {
    const asksOf = (database: IDatabase) => {
      const { block, template } = boundDatabase(database, BUSY);
      return [only(template, PROXY).Properties.RequireTLS, block.environment.DB_TLS];
    };
    expect(asksOf(make())).toEqual([tls, tls ? 'true' : undefined]);
    expect(asksOf(make({ requireTls: false }))).toEqual([false, undefined]);
    expect(asksOf(make({ requireTls: true }))).toEqual([true, 'true']);
    expect(asksOf(make({ iamAuthentication: true }))).toEqual([true, 'true']);
  });

  test('leaves every id of the database as it is', () => {
    const without = resources(boundDatabase(make()).template).map(({ id }) => id).filter(id => !/SecurityGroup(from|to)/.test(id));
    expect(resources(proxied().template).map(({ id }) => id)).toEqual(expect.arrayContaining(without));
  });

  test('takes tokens of the application\'s role instead of its password', () => {
    const { template, block } = boundDatabase(make({ iamAuthentication: true }));
    expect(only(template, PROXY).Properties).toMatchObject({ Auth: [{ IAMAuth: 'REQUIRED' }] });
    expect(block.secrets).toEqual({});
    expect(block.environment).toMatchObject({ DB_USER: 'app', DB_IAM: 'true', DB_TLS: 'true' });
    expect(block.describe().facts).toMatchObject({ proxy: 'RDS Proxy, by tokens' });
    const [{ Properties }] = resources(template, 'AWS::IAM::Policy');
    expect(Properties.PolicyDocument).toMatchObject({
      Statement: [{
        Action: 'rds-db:connect',
        Resource: {
          'Fn::Join': ['', [
            'arn:', { Ref: 'AWS::Partition' }, ':rds-db:us-east-1:111111111111:dbuser:',
            { 'Fn::Select': [6, { 'Fn::Split': [':', { 'Fn::GetAtt': [only(template, PROXY).id, 'DBProxyArn'] }] }] },
            '/app',
          ]],
        },
      }],
    });
  });

  test('is another one for other subnets, by a name of its own, as CloudFormation makes it before it deletes the first', () => {
    const nameIn = (availabilityZones: number) => {
      const profile = EnvironmentProfile.production({ availabilityZones });
      return text(only(platformTemplate({ database: make({ proxy: true }), profile }), PROXY).Properties.DBProxyName);
    };
    expect(nameIn(2)).not.toBe(nameIn(3));
  });

  const needsVersion = (version: string) => `[Database.${name}] 'version' must be one that RDS Proxy speaks to (${choice.spokenTo}), got ${choice.engine} ${version}: choose another, or leave 'proxy' and 'iamAuthentication' out`;
  testRefusals([
    ['a proxy before a version that has none', () => old({ proxy: true }), needsVersion(choice.oldVersion)],
    ['tokens for a version that has no proxy', () => old({ iamAuthentication: true }), needsVersion(choice.oldVersion)],
    ['tokens without the proxy', () => make({ iamAuthentication: true, proxy: false }),
      `[Database.${name}] 'iamAuthentication' needs the proxy, got proxy false: leave 'proxy' out; the database takes tokens too, from users that you create for it by SQL`],
  ]);

  test('has its endpoint as DB_HOST only when it is there', () => {
    const { block, stack, template } = boundDatabase(make());
    expect(stack.resolve(block.environment.DB_HOST)).toEqual({ 'Fn::GetAtt': [only(template, store).id, endpoint] });
  });
});

describe('the reachability of a platform with a proxy', () => {
  function findings(open: (stack: Stack) => void = () => {}): string[] {
    const stack = eastStack();
    addPlatform(stack, { database: Database.auroraMysql({ proxy: true, rotation: PasswordRotation.managed() }) });
    open(stack);
    return Reachability.analyzeTemplate(JSON.stringify(Template.fromStack(stack).toJSON())).map(({ ruleName, witness }) => `${ruleName}: ${witness}`);
  }

  const groupAt = (stack: Stack, path: string) =>
    stack.node.findAll().find(({ node }) => node.path === `Stack/Shop/${path}/SecurityGroup`) as SecurityGroup;

  test('lets the application reach the proxy, and the proxy the database', () => {
    expect(findings()).toEqual([]);
  });

  test('has a finding when the application is let in past the proxy', () => {
    const found = findings(stack => groupAt(stack, 'Database/AuroraMysql')
      .addIngressRule(groupAt(stack, 'Compute/Fargate'), Port.tcp(13306)));
    expect(found).toEqual([expect.stringMatching(/^reachability-undeclared-workload: .*FargateService.*DBCluster/)]);
  });
});
