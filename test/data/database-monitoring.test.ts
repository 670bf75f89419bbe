import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { CHOICES } from './choices';
import { CAPACITY, PRIVATE } from './support';
import { Database, EnvironmentProfile, IDatabase } from '../../src';
import { AURORA_MYSQL, RDS_MYSQL } from '../../src/data/private/engines/mysql';
import { AURORA_POSTGRESQL, RDS_POSTGRESQL } from '../../src/data/private/engines/postgresql';
import { headroomOf, memoryGibOf } from '../../src/data/private/headroom';
import { ground } from '../support/blocks';
import { once } from '../support/platform';
import { Watched } from '../support/watched';

function watched(choice: IDatabase, profile?: EnvironmentProfile): Watched {
  const { stack, scope, context } = ground(profile);
  const database = choice.bind(scope, { ...context, subnets: PRIVATE, workloadSubnets: PRIVATE, capacity: CAPACITY });
  return new Watched(monitoring => database.monitorWith(monitoring), stack);
}

const GIB = 1024 ** 3;
const SATURATED = 'database-is-saturated';
const BACKUP = { 'Database-Backup-Failed-Warning': 'backup-failed', 'Database-Backup-Missing-Warning': 'backup-failed' };
const SERVER = {
  'Database-CPU-Usage-Warning': SATURATED,
  'Database-Connection-Count-High-Warning': SATURATED,
  'Database-Memory-Freeable-Warning': SATURATED,
};
const AURORA = {
  ...SERVER,
  'Database-Replica-Lag-Warning': SATURATED,
  'Database-Deadlocks-Warning': 'requests-fail',
  'Database-Login-Failures-Warning': 'application-cannot-reach-database',
};
const serverless = once(() => watched(Database.auroraMysql()));
const provisioned = once(() => watched(Database.auroraMysqlProvisioned()));
const rds = once(() => watched(Database.rdsMysql()));
const postgresql = {
  serverless: once(() => watched(Database.auroraPostgresql())),
  provisioned: once(() => watched(Database.auroraPostgresqlProvisioned())),
  rds: once(() => watched(Database.rdsPostgresql())),
};

describe('the alarms of a database', () => {
  test('say what they are about, and which page helps; none of them is a symptom', () => {
    expect(serverless().withAdvice).toEqual({ ...AURORA, ...BACKUP, 'Database-Capacity-Warning': SATURATED });
    expect(provisioned().withAdvice).toEqual({ ...AURORA, ...BACKUP, 'Database-Free-Local-Storage-Warning': SATURATED });
    expect(rds().withAdvice).toEqual({
      ...SERVER, ...BACKUP, 'Database-Free-Storage-Warning': SATURATED, 'Database-Free-Storage-Critical': SATURATED,
    });
  });

  test('are those of PostgreSQL, which counts transaction ids, and no failed logins', () => {
    const { 'Database-Login-Failures-Warning': _, ...aurora } = AURORA;
    const common = { ...BACKUP, 'Database-Transaction-Ids-Warning': SATURATED };
    expect(postgresql.serverless().withAdvice).toEqual({ ...aurora, ...common, 'Database-Capacity-Warning': SATURATED });
    expect(postgresql.provisioned().withAdvice).toEqual({ ...aurora, ...common, 'Database-Free-Local-Storage-Warning': SATURATED });
    expect(postgresql.rds().withAdvice).toEqual({
      ...SERVER, ...common, 'Database-Free-Storage-Warning': SATURATED, 'Database-Free-Storage-Critical': SATURATED,
    });
    expect(postgresql.rds().alarm('Database-Transaction-Ids-Warning')).toMatchObject({ Threshold: 1_000_000_000, EvaluationPeriods: 3 });
  });

  test('speak the language of the engine', () => {
    const words = (on: Watched) => JSON.stringify(on.alarmNames.map(name => on.alarm(name)));
    expect(words(serverless())).toMatch(/SHOW PROCESSLIST.*SHOW ENGINE INNODB STATUS/);
    expect(words(postgresql.provisioned())).not.toMatch(/SHOW |INNODB/);
    expect(words(postgresql.provisioned())).toMatch(/pg_stat_activity/);
  });

  test('are for working hours, but that of a disk that is about to stop the database', () => {
    expect([serverless(), provisioned(), rds()].flatMap(({ alarmNames }) => alarmNames).filter(name => name.endsWith('Critical')))
      .toEqual(['Database-Free-Storage-Critical']);
  });

  test.each<[string, object]>([
    ['CPU-Usage', { Threshold: 80, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'missing' }],
    // 40 ACU, of which nine tenths count: 3,239 connections.
    ['Connection-Count-High', { Threshold: 2591, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'missing' }],
    ['Memory-Freeable', { Threshold: 4 * GIB, ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'missing' }],
    ['Capacity', { Threshold: 90, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'missing' }],
    ['Replica-Lag', { Threshold: 1000, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'missing' }],
    ['Deadlocks', { Threshold: 0.1, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'notBreaching' }],
    ['Login-Failures', { Threshold: 0.1, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'notBreaching' }],
  ])('of Aurora serverless: %s', (name, expected) => {
    expect(serverless().alarm(`Database-${name}-Warning`)).toMatchObject({ ...expected, EvaluationPeriods: 3, DatapointsToAlarm: 3 });
  });

  test('of Aurora on instances: by the memory of the type, and the local disk that serverless has not', () => {
    // 40 ACU are 80 GiB: an r7g.4xlarge, of 128 GiB.
    expect(provisioned().alarm('Database-Memory-Freeable-Warning').Threshold).toBe(Math.floor(6.4 * GIB));
    expect(provisioned().alarm('Database-Free-Local-Storage-Warning')).toMatchObject({ Threshold: 5 * GIB, ComparisonOperator: 'LessThanThreshold' });
    expect(provisioned().detail).not.toContain('ACUUtilization');
    expect(serverless().detail).not.toContain('FreeLocalStorage');
  });

  test('of RDS: on storage twice, as it may still grow or as it stops', () => {
    expect(rds().alarm('Database-Free-Storage-Warning')).toMatchObject({ Threshold: 5 * GIB, ComparisonOperator: 'LessThanThreshold', EvaluationPeriods: 3 });
    expect(rds().alarm('Database-Free-Storage-Critical')).toMatchObject({ Threshold: GIB, ComparisonOperator: 'LessThanThreshold', EvaluationPeriods: 3 });
    expect(rds().measures('Database-Free-Storage-Critical')).toEqual([expect.stringMatching(/: AWS\/RDS FreeStorageSpace Minimum$/)]);
  });

  test('know no lag without a reader, and no copies where data is destroyed', () => {
    const alone = watched(Database.auroraMysql(), EnvironmentProfile.development()).alarmNames;
    expect(alone).not.toContain('Database-Replica-Lag-Warning');
    expect(alone.filter(name => name.includes('Backup'))).toEqual([]);
  });

  test('on connections and memory need a type whose memory is known', () => {
    const unknown = watched(Database.rdsMysql({ instanceType: new InstanceType('x2g.large') }));
    expect(unknown.alarmNames.filter(name => /Connection|Memory/.test(name))).toEqual([]);
    expect(unknown.alarmNames).toContain('Database-CPU-Usage-Warning');
    expect(unknown.detail).toContain('"DatabaseConnections"');
  });

  test('on copies call when a job made none within a day, or when there was none for three of its days', () => {
    expect(serverless().alarm('Database-Backup-Failed-Warning')).toMatchObject({ Threshold: 0, EvaluationPeriods: 1, TreatMissingData: 'notBreaching' });
    expect(serverless().alarm('Database-Backup-Missing-Warning')).toMatchObject({ Threshold: 1, EvaluationPeriods: 3, TreatMissingData: 'notBreaching' });
    // Days before the database was there are none without a copy.
    expect(serverless().expression('Database-Backup-Missing-Warning')).toBe('IF(lives >= 0, FILL(completed, 0), 1)');
    expect(serverless().dimensions('Database-Backup-Missing-Warning'))
      .toContainEqual([{ Name: 'BackupVaultName', Value: { 'Fn::GetAtt': [expect.stringContaining('BackupVault'), 'BackupVaultName'] } }]);
  });
});

describe.each(CHOICES)('the board of the team shows nothing of $name', ({ make }) => {
  test('and that of engineers does, its proxy and its copies included', () => {
    const { summary, detail } = watched(make({ proxy: true }));
    expect(summary).not.toContain('metrics');
    const titles = ['CPU of the busiest instance', 'RDS Proxy **RDS Proxy**', 'Backup vault **Database: copies**'];
    expect(titles.filter(title => detail.includes(title))).toEqual(titles);
  });
});

describe('the limits of a database', () => {
  // Aurora user guide, "Maximum connections to an Aurora MySQL DB instance".
  test.each([
    ['t3.medium', 90], ['t4g.large', 135], ['r7g.large', 1000], ['r7g.xlarge', 2000], ['r7g.2xlarge', 3000], ['r7g.4xlarge', 4000], ['r7g.8xlarge', 5000],
  ])('are neared, and not passed, when the alarm of Aurora on %s is raised', (type, most) => {
    const { maxConnectionCount } = headroomOf(AURORA_MYSQL, memoryGibOf(new InstanceType(type))!);
    expect(maxConnectionCount / most).toBeGreaterThan(0.7);
    expect(maxConnectionCount / most).toBeLessThan(0.95);
  });

  test.each([
    // Aurora user guide, "Maximum connections to an Aurora PostgreSQL DB instance", by its formula with the whole memory.
    [4, 450], [16, 1802], [44, 4956], [64, 5000], [512, 5000],
  ])('of PostgreSQL at %s GiB are %s connections, on Aurora and on RDS', (gib, most) => {
    expect(AURORA_POSTGRESQL.maxConnections(gib)).toBe(most);
    expect(RDS_POSTGRESQL.maxConnections(gib)).toBe(most);
  });

  test('of Aurora PostgreSQL are 2,000 connections when its least capacity is half an ACU', () => {
    const threshold = (minAcu: number) => watched(Database.auroraPostgresql({ minAcu })).alarm('Database-Connection-Count-High-Warning').Threshold;
    expect(threshold(0.5)).toBe(1600);
    expect(threshold(1)).toBe(4000);
  });

  test('of RDS follow its formula', () => {
    // 4 GiB: 341 by the formula with the whole memory.
    expect(headroomOf(RDS_MYSQL, 4)).toEqual({ maxConnectionCount: 245, minFreeableMemoryInBytes: Math.floor(0.2 * GIB) });
  });

  test.each([
    ['t4g.micro', 1], ['t3.small', 2], ['t4g.medium', 4], ['m7g.large', 8], ['m6gd.xlarge', 16], ['c6gd.2xlarge', 16], ['r6id.24xlarge', 768],
    ['x2g.large', undefined], ['m7g.metal', undefined], ['m7g.2large', undefined], ['nonsense', undefined],
  ])('know the memory of %s: %s GiB', (type, gib) => {
    expect(memoryGibOf(new InstanceType(type))).toBe(gib);
  });
});
