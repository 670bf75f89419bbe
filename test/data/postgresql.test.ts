import { Match } from 'aws-cdk-lib/assertions';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { boundDatabase, warnings } from './support';
import { Database, EnvironmentProfile, Tier } from '../../src';
import { once } from '../support/platform';
import { saidBy } from '../support/said-by';
import { resources } from '../support/template';

const CLUSTER = 'AWS::RDS::DBCluster';
const INSTANCE = 'AWS::RDS::DBInstance';
const LARGE = { capacity: { minAcu: 2, maxAcu: 256, connections: 100, proxy: false } };
const PARAMETERS = {
  'log_min_duration_statement': '1000',
  'log_lock_waits': '1',
  'log_connections': '1',
  'shared_preload_libraries': 'pg_stat_statements,pgaudit',
  'pgaudit.log': 'ddl,role',
  'rds.force_ssl': '1',
};

const serverless = once(() => boundDatabase(Database.auroraPostgresql()));
const provisioned = once(() => boundDatabase(Database.auroraPostgresqlProvisioned()));
const rds = once(() => boundDatabase(Database.rdsPostgresql()));

describe('Aurora PostgreSQL', () => {
  test('is PostgreSQL 17, with the database app on port 15432, and the capacity of the traffic', () => {
    serverless().template.hasResourceProperties(CLUSTER, {
      Engine: 'aurora-postgresql',
      EngineVersion: '17.7',
      DatabaseName: 'app',
      Port: 15432,
      ServerlessV2ScalingConfiguration: { MinCapacity: 4, MaxCapacity: 40 },
      EnableCloudwatchLogsExports: ['postgresql'],
      StorageEncrypted: true,
      EnableIAMDatabaseAuthentication: true,
      PerformanceInsightsEnabled: true,
    });
    serverless().template.resourceCountIs(INSTANCE, 2);
  });

  test('logs slow statements and waits, and audits connections and changes of tables and rights', () => {
    serverless().template.hasResourceProperties('AWS::RDS::DBClusterParameterGroup', { Family: 'aurora-postgresql17', Parameters: PARAMETERS });
  });

  test('is the same cluster on instances, by every id', () => {
    const ids = ({ template }: ReturnType<typeof serverless>) => resources(template)
      .filter(({ Type }) => !Type.startsWith('AWS::CloudWatch::')).map(({ id, Type }) => `${Type} ${id}`);
    expect(ids(provisioned())).toEqual(ids(serverless()));
    provisioned().template.allResourcesProperties(INSTANCE, { DBInstanceClass: 'db.r7g.4xlarge' });
  });

  test('has Performance Insights on every type', () => {
    boundDatabase(Database.auroraPostgresqlProvisioned({ instanceType: new InstanceType('t3.medium') })).template
      .allResourcesProperties(INSTANCE, { EnablePerformanceInsights: true });
  });

  test('says what it is', () => {
    expect(saidBy(serverless().block)).toEqual({
      id: 'Slot/AuroraPostgresql',
      port: 15432,
      title: 'Aurora PostgreSQL',
      purpose: 'Keeps the application\'s data',
      tier: Tier.DATA,
      facts: { capacity: '4 to 40 ACU', instances: 'writer and reader', backups: '35 days' },
    });
  });

  test('names its own choices when no type is large enough', () => {
    const short = boundDatabase(Database.auroraPostgresqlProvisioned(), { capacity: { ...LARGE.capacity, maxAcu: 300 } });
    expect(warnings(short.stack)).toEqual([expect.stringContaining('or choose Database.auroraPostgresql(), which grows with the traffic')]);
  });
});

describe('RDS PostgreSQL', () => {
  test('is PostgreSQL 17, with the database app on port 15432, and 100 GiB that grow to 1000', () => {
    rds().template.hasResourceProperties(INSTANCE, {
      Engine: 'postgres',
      EngineVersion: '17.9',
      DBName: 'app',
      Port: '15432',
      DBInstanceClass: 'db.m7g.8xlarge',
      MultiAZ: true,
      PubliclyAccessible: false,
      StorageType: 'gp3',
      AllocatedStorage: '100',
      MaxAllocatedStorage: 1000,
      EnableCloudwatchLogsExports: ['postgresql', 'upgrade'],
      OptionGroupName: Match.absent(),
    });
    rds().template.resourceCountIs('AWS::RDS::OptionGroup', 0);
  });

  test('logs and audits as Aurora does', () => {
    rds().template.hasResourceProperties('AWS::RDS::DBParameterGroup', { Family: 'postgres17', Parameters: PARAMETERS });
  });

  test('is kept, protected and copied in production, and goes with its stack in development', () => {
    rds().template.hasResource(INSTANCE, { Properties: { DeletionProtection: true }, DeletionPolicy: 'RetainExceptOnCreate' });
    rds().template.resourceCountIs('AWS::Backup::BackupVault', 1);
    const development = boundDatabase(Database.rdsPostgresql(), {}, EnvironmentProfile.development());
    development.template.hasResource(INSTANCE, {
      Properties: { DeletionProtection: false, DBInstanceClass: 'db.t4g.medium', MultiAZ: false }, DeletionPolicy: 'Delete',
    });
  });

  test('has Performance Insights on every type', () => {
    boundDatabase(Database.rdsPostgresql({ instanceType: new InstanceType('t4g.micro') })).template
      .hasResourceProperties(INSTANCE, { EnablePerformanceInsights: true });
  });

  test('names its own choices when no type is large enough', () => {
    expect(warnings(boundDatabase(Database.rdsPostgresql(), LARGE).stack))
      .toEqual([expect.stringContaining('or choose Database.auroraPostgresql(), which grows up to 512 GiB')]);
  });
});
