import { Match } from 'aws-cdk-lib/assertions';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { RDS_CHOICES } from './choices';
import { boundDatabase, dependsOn, monitoringPolicy } from './support';
import { PasswordRotation, Reachability, RdsProps } from '../../src';
import { filled } from '../support/filled';
import { eastStack, once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { securityGroupRules } from '../support/security-groups';
import { only, Resource, resources, text } from '../support/template';

const INSTANCE = 'AWS::RDS::DBInstance';
const BUSY = { capacity: { minAcu: 4, maxAcu: 40, connections: 3000, proxy: true } };
const SECRET = 'arn:aws:secretsmanager:us-east-1:111111111111:secret:web-abcdef';

describe.each(RDS_CHOICES)('a read replica of $name', ({ replicated, name, title, port, engine, exportedLogs }) => {
  const bound = (props: RdsProps = {}, ...more: Parameters<typeof boundDatabase> extends [unknown, ...infer R] ? R : never) =>
    boundDatabase(replicated({ readReplica: true, ...props }), ...more);
  const made = once(() => bound());
  const both = ({ template } = made()): { source: Resource; replica: Resource } => {
    const all = resources(template, INSTANCE);
    const isReplica = ({ Properties }: Resource) => Properties.SourceDBInstanceIdentifier !== undefined;
    return { source: all.find(each => !isReplica(each))!, replica: all.find(isReplica)! };
  };

  test('is not there by default', () => {
    const { template, block } = boundDatabase(replicated());
    template.resourceCountIs(INSTANCE, 1);
    expect(block.environment).not.toHaveProperty('DB_READER_HOST');
  });

  test('is a second instance of the same type and parameters, alone in its zone, on the same port', () => {
    const { source, replica } = both();
    expect(replica.Properties).toMatchObject({
      MultiAZ: false,
      PubliclyAccessible: false,
      Port: String(port),
      EnablePerformanceInsights: true,
      EnableIAMDatabaseAuthentication: true,
      MonitoringInterval: 60,
    });
    expect(JSON.stringify(replica.Properties.SourceDBInstanceIdentifier)).toContain(`":rds:us-east-1:111111111111:db:",{"Ref":"${source.id}"}`);
    const shared = ['DBInstanceClass', 'DBParameterGroupName', 'DBSubnetGroupName', 'VPCSecurityGroups', 'MonitoringRoleArn', 'EnableCloudwatchLogsExports'];
    expect(Object.keys(source.Properties)).toEqual(expect.arrayContaining(shared));
    expect(replica.Properties).toMatchObject(Object.fromEntries(shared.map(property => [property, source.Properties[property]])));
    // PostgreSQL has no options.
    expect(replica.Properties.OptionGroupName).toEqual(source.Properties.OptionGroupName);
    expect(replica.Properties).toEqual(expect.not.objectContaining({ StorageEncrypted: expect.anything(), KmsKeyId: expect.anything() }));
  });

  test('leaves its source as it is', () => {
    expect(both().source).toEqual(only(boundDatabase(replicated()).template, INSTANCE));
  });

  test('goes with its stack, and when it is turned off', () => {
    made().template.hasResource(INSTANCE, {
      Properties: { SourceDBInstanceIdentifier: Match.anyValue(), DeletionProtection: false }, DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete',
    });
  });

  test('waits for the rights of the role that watches it', () => {
    const policy = monitoringPolicy(made().template).id;
    filled(dependsOn(made().template, INSTANCE)).forEach(ids => expect(ids).toContain(policy));
  });

  test('is what the application reads from', () => {
    const { block, stack } = made();
    const { source, replica } = both();
    expect(stack.resolve(block.environment)).toMatchObject({
      DB_HOST: { 'Fn::GetAtt': [source.id, 'Endpoint.Address'] }, DB_READER_HOST: { 'Fn::GetAtt': [replica.id, 'Endpoint.Address'] },
    });
    expect(block.describe().facts).toMatchObject({ reads: 'a replica' });
  });

  test('is reached by whom its source is reached by, and by nobody else', () => {
    expect(securityGroupRules(made().template)).toEqual([
      `Application out to ${title}, tcp ${port}`, `${title} in from Application, tcp ${port}`,
    ].sort());
    expect(Reachability.analyzeTemplate(JSON.stringify(made().template.toJSON()))).toEqual([]);
  });

  test('is reached by the rotation too, which says so', () => {
    const { template } = boundDatabase(scope => replicated({
      readReplica: true,
      rotation: PasswordRotation.alternatingUsers({ secret: Secret.fromSecretCompleteArn(scope, 'Web', SECRET) }),
    }));
    expect(Reachability.analyzeTemplate(JSON.stringify(template.toJSON()))).toEqual([]);
  });

  test('has its logs encrypted and kept, as those of its source are', () => {
    const names = (resources(made().template, 'Custom::ExportedLogs')[0].Properties.LogGroups as object[]).map(text);
    expect(names).toHaveLength(2 * exportedLogs.length);
    expect(names.filter(log => log.includes(both().replica.id))).toHaveLength(exportedLogs.length);
  });

  test('is watched: CPU, connections, memory, storage, and how far it is behind', () => {
    const alarms = resources(made().template, 'AWS::CloudWatch::Alarm').map(({ Properties }) => String(Properties.AlarmName)).filter(alarm => alarm.includes('-Reader-'));
    expect(alarms.sort()).toEqual([
      'CPU-Usage-Warning', 'Connection-Count-High-Warning', 'Free-Storage-Critical', 'Free-Storage-Warning', 'Memory-Freeable-Warning', 'Replica-Lag-Warning',
    ].map(alarm => `Test-Database-Reader-${alarm}`).sort());
    made().template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'Test-Database-Reader-Replica-Lag-Warning',
      Metrics: Match.arrayWith([Match.objectLike({ Expression: 'IF(lag < 0, 3600000, 1000 * lag)' })]),
      // A replica of PostgreSQL at rest says up to 5 minutes.
      Threshold: engine === 'MySQL' ? 60_000 : 360_000,
      EvaluationPeriods: 3,
      TreatMissingData: 'missing',
    });
  });

  test('is instead of the proxy that the traffic would have brought', () => {
    bound({}, BUSY).template.resourceCountIs('AWS::RDS::DBProxy', 0);
  });

  test('is of the type that is given', () => {
    bound({ instanceType: new InstanceType('r7g.large') }).template.allResourcesProperties(INSTANCE, { DBInstanceClass: 'db.r7g.large' });
  });

  const throughProxy = `[Database.${name}] 'readReplica' cannot be read through a proxy, got both: RDS Proxy leads to the source alone; leave 'proxy' and 'iamAuthentication' out, or choose Aurora`;
  testRefusals([
    ['a proxy', () => replicated({ readReplica: true, proxy: true }), throughProxy],
    ['tokens', () => replicated({ readReplica: true, iamAuthentication: true }), throughProxy],
    ['a password that RDS manages', () => replicated({ readReplica: true, rotation: PasswordRotation.managed() }),
      `[Database.${name}] 'readReplica' cannot be made of a database whose password RDS manages, got PasswordRotation.managed(): choose PasswordRotation.alternatingUsers(), or Aurora`],
  ]);

  test('takes alternating users, and a choice that it is not', () => {
    const rotation = PasswordRotation.alternatingUsers({ secret: Secret.fromSecretCompleteArn(eastStack(), 'Web', SECRET) });
    expect(() => replicated({ readReplica: true, rotation })).not.toThrow();
    expect(() => replicated({ readReplica: false, proxy: true, rotation: undefined })).not.toThrow();
  });
});
