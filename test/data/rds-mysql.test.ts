import { Lazy } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { MysqlEngineVersion } from 'aws-cdk-lib/aws-rds';
import { boundDatabase, dependsOn, monitoringPolicy, warnings } from './support';
import { Database, EnvironmentProfile, RdsMysqlProps, Tier } from '../../src';
import { once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { saidBy } from '../support/said-by';
import { securityGroupRules } from '../support/security-groups';
import { only, resources } from '../support/template';

const INSTANCE = 'AWS::RDS::DBInstance';

function rds(props?: RdsMysqlProps, profile?: EnvironmentProfile, maxAcu = 15) {
  return boundDatabase(Database.rdsMysql(props), { capacity: { minAcu: 2, maxAcu, connections: 100, proxy: false } }, profile);
}

const production = once(() => rds());
const development = once(() => rds({}, EnvironmentProfile.development()));

describe('RDS MySQL by default', () => {
  test('is MySQL 8.4 with the database app on port 13306, and 100 GiB that grow to 1000', () => {
    production().template.hasResourceProperties(INSTANCE, {
      Engine: 'mysql',
      EngineVersion: '8.4.8',
      DBName: 'app',
      Port: '13306',
      StorageType: 'gp3',
      AllocatedStorage: '100',
      MaxAllocatedStorage: 1000,
      PubliclyAccessible: false,
    });
  });

  test('of a version that refuses connections without TLS by itself takes them, unless it is told otherwise', () => {
    const tlsIn = (requireTls?: boolean) => {
      const { template } = rds({ version: MysqlEngineVersion.of('9.7.1', '9.7'), requireTls });
      return (only(template, 'AWS::RDS::DBParameterGroup').Properties.Parameters as { [name: string]: string }).require_secure_transport;
    };
    expect([tlsIn(), tlsIn(false), tlsIn(true)]).toEqual(['0', '0', '1']);
  });

  test.each([[1, 'large'], [4, 'large'], [4.5, 'xlarge'], [15, '2xlarge'], [128, '16xlarge']])('for %s ACU is an m7g.%s', (maxAcu, size) => {
    rds({}, undefined, maxAcu).template.hasResourceProperties(INSTANCE, { DBInstanceClass: `db.m7g.${size}` });
  });

  test('warns when no m7g is large enough for the peak, and takes the largest', () => {
    const { template, stack } = rds({}, undefined, 256);
    template.hasResourceProperties(INSTANCE, { DBInstanceClass: 'db.m7g.16xlarge' });
    expect(warnings(stack)).toEqual([
      '[Stack/Slot] the traffic\'s peak needs 512 GiB of memory, and m7g.16xlarge, the largest chosen by default, has 256 GiB: give \'instanceType\', or choose Database.auroraMysql(), which grows up to 512 GiB [ack: cdk-platform-patterns:capacity-short]',
    ]);
  });

  test('warns of nothing when the peak fits, or the type is given', () => {
    expect(warnings(rds({}, undefined, 128).stack)).toEqual([]);
    expect(warnings(rds({ instanceType: new InstanceType('r7g.16xlarge') }, undefined, 256).stack)).toEqual([]);
  });

  test('encrypts data, insights, password and copies with the platform\'s key', () => {
    const { template } = production();
    const key = { 'Fn::GetAtt': [only(template, 'AWS::KMS::Key').id, 'Arn'] };
    template.hasResourceProperties(INSTANCE, { StorageEncrypted: true, KmsKeyId: key, PerformanceInsightsKMSKeyId: key });
    template.hasResourceProperties('AWS::SecretsManager::Secret', { KmsKeyId: key });
    template.hasResourceProperties('AWS::Backup::BackupVault', { EncryptionKeyArn: key });
  });

  test('tells the application where it is, and gives it user and password as fields of a secret', () => {
    const { block, stack, template } = production();
    expect(stack.resolve(block.environment)).toEqual({
      DB_HOST: { 'Fn::GetAtt': [only(template, INSTANCE).id, 'Endpoint.Address'] }, DB_PORT: '13306', DB_NAME: 'app', DB_ENGINE: 'mysql',
    });
    expect(Object.entries(block.secrets).map(([name, { field }]) => [name, field])).toEqual([['DB_USER', 'username'], ['DB_PASSWORD', 'password']]);
  });

  test('is reached by what attaches, on its port alone', () => {
    expect(securityGroupRules(production().template)).toEqual([
      'Application out to RDS MySQL, tcp 13306', 'RDS MySQL in from Application, tcp 13306',
    ]);
  });

  test('sends every log to CloudWatch', () => {
    production().template.hasResourceProperties(INSTANCE, { EnableCloudwatchLogsExports: ['audit', 'error', 'general', 'slowquery'] });
    production().template.hasResourceProperties('AWS::RDS::DBParameterGroup', {
      Parameters: { slow_query_log: '1', long_query_time: '1', log_output: 'FILE' },
    });
  });

  test('audits connections and changes of tables and rights, by an option that is kept as long as the data', () => {
    const { template } = production();
    template.hasResource('AWS::RDS::OptionGroup', {
      Properties: {
        EngineName: 'mysql',
        MajorEngineVersion: '8.4',
        OptionConfigurations: [{
          OptionName: 'MARIADB_AUDIT_PLUGIN', OptionSettings: [{ Name: 'SERVER_AUDIT_EVENTS', Value: 'CONNECT,QUERY_DDL,QUERY_DCL' }],
        }],
      },
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
    template.hasResourceProperties(INSTANCE, { OptionGroupName: { Ref: only(template, 'AWS::RDS::OptionGroup').id } });
    development().template.hasResource('AWS::RDS::OptionGroup', { DeletionPolicy: 'Delete' });
  });

  test('waits for the rights of its monitoring role, and for nothing that it names', () => {
    expect(dependsOn(production().template, INSTANCE)).toEqual([[monitoringPolicy(production().template).id]]);
  });

  test('says what it is', () => {
    expect(saidBy(production().block)).toEqual({
      id: 'Slot/RdsMysql',
      port: 13306,
      title: 'RDS MySQL',
      purpose: 'Keeps the application\'s data',
      tier: Tier.DATA,
      facts: { instance: 'm7g.2xlarge', standby: 'in another zone', backups: '35 days' },
    });
  });
});

describe('RDS MySQL by profile', () => {
  test('has a standby, refuses to be deleted and is kept in production', () => {
    production().template.hasResource(INSTANCE, {
      Properties: { MultiAZ: true, DeletionProtection: true, BackupRetentionPeriod: 35 },
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
    production().template.resourceCountIs('AWS::Backup::BackupVault', 1);
  });

  test('keeps the parameters and the subnets that RDS does not delete as long as the instance is there', () => {
    ['AWS::RDS::DBParameterGroup', 'AWS::RDS::DBSubnetGroup'].forEach(type => {
      production().template.hasResource(type, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
      development().template.hasResource(type, { DeletionPolicy: 'Delete' });
    });
  });

  test('is a t4g.medium without a standby, whatever the traffic, and warns of nothing', () => {
    const { template, stack } = rds({}, EnvironmentProfile.development(), 256);
    template.hasResourceProperties(INSTANCE, { DBInstanceClass: 'db.t4g.medium', EnablePerformanceInsights: true });
    expect(warnings(stack)).toEqual([]);
  });

  test('is alone and goes with its stack in development', () => {
    development().template.hasResource(INSTANCE, {
      Properties: { MultiAZ: false, DeletionProtection: false, BackupRetentionPeriod: 1 }, DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete',
    });
    expect(development().block.describe().facts).toMatchObject({ standby: 'none', backups: '1 days' });
    expect(resources(development().template).filter(({ Type }) => Type.startsWith('AWS::Backup::'))).toEqual([]);
  });
});

describe('RDS MySQL with props', () => {
  test('takes name, port, type, storage and version', () => {
    const { template, block } = rds({
      databaseName: 'shop',
      port: 3306,
      instanceType: new InstanceType('t4g.medium'),
      allocatedStorageGib: 20,
      maxAllocatedStorageGib: 20,
      version: MysqlEngineVersion.VER_8_0_43,
    });
    template.hasResourceProperties(INSTANCE, {
      EngineVersion: '8.0.43', DBName: 'shop', Port: '3306', DBInstanceClass: 'db.t4g.medium', AllocatedStorage: '20', MaxAllocatedStorage: 20,
    });
    expect(block.environment).toMatchObject({ DB_PORT: '3306', DB_NAME: 'shop' });
    expect(block.describe().facts).toMatchObject({ instance: 't4g.medium' });
    expect(securityGroupRules(template)).toContain('RDS MySQL in from Application, tcp 3306');
  });

  test('takes the type with the prefix of RDS', () => {
    const { template, block } = rds({ instanceType: new InstanceType('db.r7g.large') });
    template.hasResourceProperties(INSTANCE, { DBInstanceClass: 'db.r7g.large' });
    expect(block.describe().facts).toMatchObject({ instance: 'r7g.large' });
  });

  test.each(['t2.micro', 't3.small', 't4g.micro', 'db.t4g.small'])('has no Performance Insights on %s, which does not offer it', type => {
    rds({ instanceType: new InstanceType(type) }).template.hasResourceProperties(INSTANCE, {
      EnablePerformanceInsights: Match.absent(), PerformanceInsightsKMSKeyId: Match.absent(),
    });
  });

  test.each(['t4g.medium', 'm7g.large'])('has Performance Insights on %s', type => {
    rds({ instanceType: new InstanceType(type) }).template.hasResourceProperties(INSTANCE, { EnablePerformanceInsights: true });
  });

  test.each<[RdsMysqlProps, number, number]>([
    [{ allocatedStorageGib: 1000 }, 1000, 2000],
    [{ allocatedStorageGib: 2000 }, 2000, 4000],
    [{ allocatedStorageGib: 40000 }, 40000, 65536],
    [{ maxAllocatedStorageGib: 50 }, 50, 50],
    [{ allocatedStorageGib: 500, maxAllocatedStorageGib: 600 }, 500, 600],
  ])('grows from what is given: %j', (props, allocated, most) => {
    rds(props).template.hasResourceProperties(INSTANCE, { AllocatedStorage: String(allocated), MaxAllocatedStorage: most });
  });

  test('takes tokens', () => {
    const number = Lazy.number({ produce: () => 0 });
    const name = Lazy.string({ produce: () => '?' });
    expect(() => Database.rdsMysql({ databaseName: name, port: number, allocatedStorageGib: number, maxAllocatedStorageGib: number })).not.toThrow();
  });

  const storage = 'gp3 volumes of RDS hold 20 to 65,536 GiB';
  const port = '\'port\' must be a whole number between 1150 and 65535, got 1: RDS takes ports between 1150 and 65535';
  testRefusals([
    ['a name with a blank', () => Database.rdsMysql({ databaseName: 'my shop' }),
      '[Database.rdsMysql] \'databaseName\' must begin with a letter and hold up to 64 letters, digits and underscores, got "my shop": choose another name, such as \'shop\''],
    ['a port that RDS does not take', () => Database.rdsMysql({ port: 1 }), `[Database.rdsMysql] ${port}`],
    ['too little storage', () => Database.rdsMysql({ allocatedStorageGib: 10 }),
      `[Database.rdsMysql] 'allocatedStorageGib' must be a whole number between 20 and 65536, got 10: ${storage}`],
    ['too much storage', () => Database.rdsMysql({ maxAllocatedStorageGib: 70000 }),
      `[Database.rdsMysql] 'maxAllocatedStorageGib' must be a whole number between 20 and 65536, got 70000: ${storage}`],
    ['more storage than it may grow to', () => Database.rdsMysql({ allocatedStorageGib: 200, maxAllocatedStorageGib: 100 }),
      '[Database.rdsMysql] \'allocatedStorageGib\' must not exceed \'maxAllocatedStorageGib\', got allocatedStorageGib 200 and maxAllocatedStorageGib 100: raise \'maxAllocatedStorageGib\''],
    ['several at once', () => Database.rdsMysql({ port: 1, allocatedStorageGib: 1.5 }),
      `[Database.rdsMysql] 2 props need mending:\n  - ${port}\n  - 'allocatedStorageGib' must be a whole number between 20 and 65536, got 1.5: ${storage}`],
  ]);
});
