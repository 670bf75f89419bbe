import { Lazy } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { AuroraMysqlEngineVersion } from 'aws-cdk-lib/aws-rds';
import { boundDatabase, dependsOn, monitoringPolicy, policyOf, statementsOf } from './support';
import { AuroraMysqlProps, Database, EnvironmentProfile, Tier } from '../../src';
import { once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { saidBy } from '../support/said-by';
import { securityGroupRules } from '../support/security-groups';
import { only, resources, text } from '../support/template';

function aurora(props?: AuroraMysqlProps, profile?: EnvironmentProfile) {
  return boundDatabase(Database.auroraMysql(props), {}, profile);
}

const production = once(() => aurora());
const development = once(() => aurora({}, EnvironmentProfile.development()));
const other = once(() => aurora({ databaseName: 'shop_2', port: 3306, minAcu: 0.5, maxAcu: 1.5, version: AuroraMysqlEngineVersion.VER_3_08_0 }));

describe('Aurora MySQL by default', () => {
  test('is MySQL 8.0 compatible, has the database app on port 13306, and the capacity of the traffic', () => {
    production().template.hasResourceProperties('AWS::RDS::DBCluster', {
      Engine: 'aurora-mysql',
      EngineVersion: '8.0.mysql_aurora.3.10.3',
      DatabaseName: 'app',
      Port: 13306,
      ServerlessV2ScalingConfiguration: { MinCapacity: 4, MaxCapacity: 40 },
    });
  });

  test('encrypts data and insights with the platform\'s key', () => {
    const key = { 'Fn::GetAtt': [only(production().template, 'AWS::KMS::Key').id, 'Arn'] };
    production().template.hasResourceProperties('AWS::RDS::DBCluster', {
      StorageEncrypted: true, KmsKeyId: key, PerformanceInsightsEnabled: true, PerformanceInsightsKmsKeyId: key,
    });
    production().template.allResourcesProperties('AWS::RDS::DBInstance', { EnablePerformanceInsights: true, PerformanceInsightsKMSKeyId: key });
    production().template.hasResourceProperties('AWS::SecretsManager::Secret', { KmsKeyId: key });
    production().template.hasResourceProperties('AWS::Backup::BackupVault', { EncryptionKeyArn: key });
  });

  test('tells the application where it is, and gives it user and password as fields of a secret', () => {
    const { block, stack, template } = production();
    const cluster = only(template, 'AWS::RDS::DBCluster').id;
    expect(stack.resolve(block.environment)).toEqual({
      DB_HOST: { 'Fn::GetAtt': [cluster, 'Endpoint.Address'] },
      DB_READER_HOST: { 'Fn::GetAtt': [cluster, 'ReadEndpoint.Address'] },
      DB_ENGINE: 'mysql',
      DB_PORT: '13306',
      DB_NAME: 'app',
    });
    expect(Object.entries(block.secrets).map(([name, { field }]) => [name, field])).toEqual([['DB_USER', 'username'], ['DB_PASSWORD', 'password']]);
  });

  test('is reached by what attaches, on its port alone', () => {
    expect(securityGroupRules(production().template)).toEqual([
      'Application out to Aurora MySQL, tcp 13306',
      'Aurora MySQL in from Application, tcp 13306',
    ]);
  });

  test('sends every log to CloudWatch, and audits connections and changes of tables and rights', () => {
    production().template.hasResourceProperties('AWS::RDS::DBCluster', { EnableCloudwatchLogsExports: ['audit', 'error', 'general', 'slowquery'] });
    production().template.hasResourceProperties('AWS::RDS::DBClusterParameterGroup', {
      Parameters: { slow_query_log: '1', long_query_time: '1', log_output: 'FILE', server_audit_logging: '1', server_audit_events: 'CONNECT,QUERY_DDL,QUERY_DCL' },
    });
  });

  test('lets RDS write operating-system metrics, and waits for that right', () => {
    const { template } = production();
    const policy = monitoringPolicy(template);
    const [{ Action, Resource }, ...others] = statementsOf(policy);
    const logGroup = 'arn:aws:logs:us-east-1:111111111111:log-group:RDSOSMetrics';
    expect((Resource as unknown[]).map(text)).toEqual([logGroup, `${logGroup}:*`, `${logGroup}:log-stream:*`]);
    expect(Action).toEqual([
      'logs:CreateLogGroup', 'logs:PutRetentionPolicy', 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams', 'logs:GetLogEvents',
    ]);
    expect(others).toEqual([]);
    expect(dependsOn(template, 'AWS::RDS::DBInstance').map(ids => ids.includes(policy.id))).toEqual([true, true]);
    expect(dependsOn(template, 'AWS::RDS::DBCluster')).toEqual([[]]);
  });

  test('warns above 90 % of its largest capacity for 15 minutes', () => {
    production().template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'Test-Database-Capacity-Warning',
      Metrics: [Match.objectLike({
        MetricStat: {
          Metric: {
            Namespace: 'AWS/RDS',
            MetricName: 'ACUUtilization',
            Dimensions: [{ Name: 'DBClusterIdentifier', Value: { Ref: only(production().template, 'AWS::RDS::DBCluster').id } }],
          },
          Stat: 'Maximum',
          Period: 300,
        },
      })],
      EvaluationPeriods: 3,
      DatapointsToAlarm: 3,
      Threshold: 90,
      ComparisonOperator: 'GreaterThanThreshold',
    });
  });

  test('says what it is', () => {
    expect(saidBy(production().block)).toEqual({
      id: 'Slot/AuroraMysql',
      port: 13306,
      title: 'Aurora MySQL',
      purpose: 'Keeps the application\'s data',
      tier: Tier.DATA,
      facts: { capacity: '4 to 40 ACU', instances: 'writer and reader', backups: '35 days' },
    });
  });
});

describe('Aurora MySQL by profile', () => {
  test('has a writer and a reader in production, none of them public', () => {
    production().template.resourceCountIs('AWS::RDS::DBInstance', 2);
    production().template.allResourcesProperties('AWS::RDS::DBInstance', { PubliclyAccessible: false, DBInstanceClass: 'db.serverless' });
  });

  test('has a writer alone in development', () => {
    development().template.resourceCountIs('AWS::RDS::DBInstance', 1);
    expect(development().block.describe().facts).toMatchObject({ instances: 'writer', backups: '1 days' });
  });

  test('refuses to be deleted and is kept in production, its password too', () => {
    production().template.hasResource('AWS::RDS::DBCluster', {
      Properties: { DeletionProtection: true, BackupRetentionPeriod: 35, CopyTagsToSnapshot: true },
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
    production().template.hasResource('AWS::SecretsManager::Secret', { DeletionPolicy: 'RetainExceptOnCreate' });
  });

  test('keeps the parameters and the subnets that RDS does not delete as long as the cluster is there', () => {
    ['AWS::RDS::DBClusterParameterGroup', 'AWS::RDS::DBSubnetGroup'].forEach(type => {
      production().template.hasResource(type, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
      development().template.hasResource(type, { DeletionPolicy: 'Delete' });
    });
  });

  test('goes with its stack in development, its password too', () => {
    development().template.hasResource('AWS::RDS::DBCluster', {
      Properties: { DeletionProtection: false, BackupRetentionPeriod: 1 }, DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete',
    });
    development().template.hasResource('AWS::SecretsManager::Secret', { DeletionPolicy: 'Delete' });
  });

  test('is copied daily and monthly in production, to a vault that refuses deletions', () => {
    production().template.hasResourceProperties('AWS::Backup::BackupPlan', {
      BackupPlan: {
        BackupPlanRule: [
          Match.objectLike({ RuleName: 'Daily', Lifecycle: { DeleteAfterDays: 35 }, ScheduleExpression: 'cron(0 5 * * ? *)' }),
          Match.objectLike({ RuleName: 'Monthly', Lifecycle: { DeleteAfterDays: 365 }, ScheduleExpression: 'cron(0 6 1 * ? *)' }),
        ],
      },
    });
    production().template.hasResourceProperties('AWS::Backup::BackupVault', {
      AccessPolicy: { Statement: [Match.objectLike({ Effect: 'Deny', Action: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'] })] },
    });
  });

  test('is copied as long without a standby', () => {
    const rules = (profile?: EnvironmentProfile) => only(aurora({}, profile).template, 'AWS::Backup::BackupPlan').Properties.BackupPlan;
    expect(text(rules(EnvironmentProfile.production({ multiAz: false })))).toBe(text(rules()));
  });

  test('lets AWS Backup use the platform\'s key for snapshots alone', () => {
    const { template } = production();
    const key = { 'Fn::GetAtt': [only(template, 'AWS::KMS::Key').id, 'Arn'] };
    expect(statementsOf(policyOf(template, /BackupRolePolicy/)).filter(({ Action }) => JSON.stringify(Action).includes('kms:'))).toEqual([
      { Effect: 'Allow', Action: 'kms:DescribeKey', Resource: key },
      { Effect: 'Allow', Action: 'kms:CreateGrant', Resource: key, Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
    ]);
  });

  test('is not copied where data is destroyed: a vault that holds a copy cannot be deleted', () => {
    expect(resources(development().template).filter(({ Type }) => Type.startsWith('AWS::Backup::'))).toEqual([]);
  });
});

describe('Aurora MySQL with props', () => {
  test('takes name, port, capacity and version', () => {
    other().template.hasResourceProperties('AWS::RDS::DBCluster', {
      EngineVersion: '8.0.mysql_aurora.3.08.0',
      DatabaseName: 'shop_2',
      Port: 3306,
      ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 1.5 },
    });
    expect(other().block.environment).toMatchObject({ DB_PORT: '3306', DB_NAME: 'shop_2' });
    expect(securityGroupRules(other().template)).toContainEqual('Aurora MySQL in from Application, tcp 3306');
  });

  test.each<[string, AuroraMysqlProps, { MinCapacity: number; MaxCapacity: number }]>([
    ['widens the most to a least that is given', { minAcu: 64 }, { MinCapacity: 64, MaxCapacity: 64 }],
    ['lowers the least to a most that is given', { maxAcu: 2 }, { MinCapacity: 2, MaxCapacity: 2 }],
  ])('%s', (_, props, expected) => {
    aurora(props).template.hasResourceProperties('AWS::RDS::DBCluster', { ServerlessV2ScalingConfiguration: expected });
  });

  test('has as many readers as are given: the first as large as the writer, and none to tell of without one', () => {
    const { template, block } = aurora({ readers: 3 });
    expect(resources(template, 'AWS::RDS::DBInstance').map(({ id, Properties }) => [id.replace(/^SlotAuroraMysqlCluster|\w{8}$/g, ''), Properties.PromotionTier]))
      .toEqual([['Writer', 0], ['Reader', 1], ['Reader2', 2], ['Reader3', 2]]);
    expect(block.describe().facts).toMatchObject({ instances: 'writer and 3 readers' });
    const alone = aurora({ readers: 0 });
    alone.template.resourceCountIs('AWS::RDS::DBInstance', 1);
    expect(alone.block.environment).not.toHaveProperty('DB_READER_HOST');
  });

  test('takes tokens', () => {
    const number = Lazy.number({ produce: () => 0 });
    const name = Lazy.string({ produce: () => '?' });
    expect(() => Database.auroraMysql({ databaseName: name, port: number })).not.toThrow();
  });

  const acu = 'Aurora serverless v2 runs between 0.5 and 256 ACU';
  const step = 'Aurora serverless v2 grows by half an ACU';
  const order = '\'minAcu\' must not exceed \'maxAcu\', got minAcu 9 and maxAcu 2: raise \'maxAcu\' or lower \'minAcu\'';
  const name = (given: string) => `'databaseName' must begin with a letter and hold up to 64 letters, digits and underscores, got "${given}": choose another name, such as 'shop'`;
  testRefusals([
    ['a name with a dash', () => Database.auroraMysql({ databaseName: 'my-shop' }), `[Database.auroraMysql] ${name('my-shop')}`],
    ['an empty name', () => Database.auroraMysql({ databaseName: '' }), `[Database.auroraMysql] ${name('')}`],
    ['a port that RDS does not take', () => Database.auroraMysql({ port: 80 }),
      '[Database.auroraMysql] \'port\' must be a whole number between 1150 and 65535, got 80: RDS takes ports between 1150 and 65535'],
    ['too small a least', () => Database.auroraMysql({ minAcu: 0 }), `[Database.auroraMysql] 'minAcu' must be between 0.5 and 256, got 0: ${acu}`],
    ['too large a most', () => Database.auroraMysql({ maxAcu: 300 }), `[Database.auroraMysql] 'maxAcu' must be between 1 and 256, got 300: ${acu}`],
    ['a least between steps', () => Database.auroraMysql({ minAcu: 0.7 }), `[Database.auroraMysql] 'minAcu' must be in steps of 0.5, got 0.7: ${step}`],
    ['a most between steps', () => Database.auroraMysql({ maxAcu: 1.25 }), `[Database.auroraMysql] 'maxAcu' must be in steps of 0.5, got 1.25: ${step}`],
    ['bounds in the wrong order', () => Database.auroraMysql({ minAcu: 9, maxAcu: 2 }), `[Database.auroraMysql] ${order}`],
    ['what is known at deployment, where numbers are worked out', () => {
      const number = Lazy.number({ produce: () => 1 });
      Database.auroraMysql({ readers: number, minAcu: number, maxAcu: number });
    }, `[Database.auroraMysql] 3 props need mending:\n${[
      '\'readers\' must be known at synthesis, got a token: so many readers are made', ...['minAcu', 'maxAcu'].map(prop =>
        `'${prop}' must be known at synthesis, got a token: the bounds of the capacity are put in order by it`),
    ].map(problem => `  - ${problem}`).join('\n')}`],
    ['too many readers', () => Database.auroraMysql({ readers: 16 }),
      '[Database.auroraMysql] \'readers\' must be a whole number between 0 and 15, got 16: an Aurora cluster has up to 15 readers'],
    ['several at once', () => Database.auroraMysql({ databaseName: '1', minAcu: 9, maxAcu: 2 }),
      `[Database.auroraMysql] 2 props need mending:\n  - ${name('1')}\n  - ${order}`],
  ]);
});
