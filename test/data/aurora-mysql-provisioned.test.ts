import { Lazy } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { AuroraMysqlEngineVersion } from 'aws-cdk-lib/aws-rds';
import { boundDatabase, warnings } from './support';
import { AuroraMysqlProvisionedProps, Database, EnvironmentProfile, Tier } from '../../src';
import { once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { saidBy } from '../support/said-by';
import { only, resources } from '../support/template';

const INSTANCE = 'AWS::RDS::DBInstance';

function provisioned(props?: AuroraMysqlProvisionedProps, profile?: EnvironmentProfile, maxAcu = 15) {
  return boundDatabase(Database.auroraMysqlProvisioned(props), { capacity: { minAcu: 2, maxAcu, connections: 100, proxy: false } }, profile);
}

const production = once(() => provisioned());
const development = once(() => provisioned({}, EnvironmentProfile.development()));

describe('Aurora MySQL on instances', () => {
  test('is the cluster of the serverless variant, by every id, with other instances', () => {
    const ids = (template: typeof serverless) => resources(template).filter(({ Type }) => !Type.startsWith('AWS::CloudWatch::')).map(({ id, Type }) => `${Type} ${id}`);
    const serverless = boundDatabase(Database.auroraMysql()).template;
    expect(ids(production().template)).toEqual(ids(serverless));
  });

  test.each([[1, 'large'], [8, 'large'], [8.5, 'xlarge'], [15, 'xlarge'], [256, '16xlarge']])('for %s ACU is an r7g.%s', (maxAcu, size) => {
    provisioned({}, undefined, maxAcu).template.allResourcesProperties(INSTANCE, { DBInstanceClass: `db.r7g.${size}` });
  });

  test('has a writer and a reader that takes over in production, and is told so', () => {
    expect(resources(production().template, INSTANCE).map(({ Properties }) => [Properties.PromotionTier, Properties.PubliclyAccessible]))
      .toEqual([[0, false], [1, false]]);
    expect(saidBy(production().block)).toEqual({
      id: 'Slot/AuroraMysql',
      port: 13306,
      title: 'Aurora MySQL',
      purpose: 'Keeps the application\'s data',
      tier: Tier.DATA,
      facts: { instance: 'r7g.xlarge', instances: 'writer and reader', backups: '35 days' },
    });
    expect(production().block.environment).toHaveProperty('DB_READER_HOST');
  });

  test('is a t4g.medium alone in development, with Performance Insights', () => {
    expect(only(development().template, INSTANCE).Properties).toMatchObject({ DBInstanceClass: 'db.t4g.medium', EnablePerformanceInsights: true });
    expect(warnings(development().stack)).toEqual([]);
  });

  test('is not watched for a capacity that it does not have', () => {
    expect(JSON.stringify(production().template.toJSON())).not.toContain('ACUUtilization');
    production().template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'Test-Database-CPU-Usage-Warning' });
  });

  test('takes type, readers and version', () => {
    const { template } = provisioned({
      instanceType: new InstanceType('db.r8g.large'), readers: 2, version: AuroraMysqlEngineVersion.VER_3_08_0, databaseName: 'shop', port: 3306,
    });
    template.allResourcesProperties(INSTANCE, { DBInstanceClass: 'db.r8g.large' });
    template.resourceCountIs(INSTANCE, 3);
    template.hasResourceProperties('AWS::RDS::DBCluster', { EngineVersion: '8.0.mysql_aurora.3.08.0', DatabaseName: 'shop', Port: 3306 });
  });

  test.each(['t3.medium', 't4g.small'])('has no Performance Insights on %s, which does not offer it', type => {
    const { template } = provisioned({ instanceType: new InstanceType(type) });
    template.allResourcesProperties(INSTANCE, { EnablePerformanceInsights: Match.absent() });
    template.hasResourceProperties('AWS::RDS::DBCluster', { PerformanceInsightsEnabled: Match.absent() });
  });

  test('warns when no type is large enough for the peak', () => {
    const { stack } = provisioned({}, undefined, 300);
    expect(warnings(stack)).toEqual([
      '[Stack/Slot] the traffic\'s peak needs 600 GiB of memory, and r7g.16xlarge, the largest chosen by default, has 512 GiB: give \'instanceType\', or choose Database.auroraMysql(), which grows with the traffic [ack: cdk-platform-patterns:capacity-short]',
    ]);
  });

  testRefusals([
    ['half a reader', () => Database.auroraMysqlProvisioned({ readers: 0.5 }),
      '[Database.auroraMysqlProvisioned] \'readers\' must be a whole number between 0 and 15, got 0.5: an Aurora cluster has up to 15 readers'],
    ['readers that are known at deployment', () => Database.auroraMysqlProvisioned({ readers: Lazy.number({ produce: () => 1 }) }),
      '[Database.auroraMysqlProvisioned] \'readers\' must be known at synthesis, got a token: so many readers are made'],
    ['a port that RDS does not take', () => Database.auroraMysqlProvisioned({ port: 80 }),
      '[Database.auroraMysqlProvisioned] \'port\' must be a whole number between 1150 and 65535, got 80: RDS takes ports between 1150 and 65535'],
  ]);
});
