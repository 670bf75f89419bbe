import { Size } from 'aws-cdk-lib';
import { fromMysql, migrated, watchedSteps } from './support';
import { Tier } from '../../src';
import { MysqlMigrationProps, TargetTablePreparation } from '../../src/migration';
import { once } from '../support/platform';
import { only, propertiesOf, resources, text } from '../support/template';
import { titlesOf } from '../support/watched';

const byDefault = once(() => migrated(stack => ({ database: fromMysql(stack) })));

function task(props: Partial<MysqlMigrationProps> = {}) {
  const { TableMappings, ReplicationTaskSettings, MigrationType } = propertiesOf(
    migrated(stack => ({ database: fromMysql(stack, props) })).template, 'AWS::DMS::ReplicationTask');
  const { rules } = JSON.parse(TableMappings as string) as { rules: { [name: string]: unknown }[] };
  return { type: MigrationType, rules, settings: JSON.parse(ReplicationTaskSettings as string) };
}

describe('the task', () => {
  test('copies every table of the one database, then its changes, into the platform\'s', () => {
    const { rules, type } = task();
    expect(type).toBe('full-load-and-cdc');
    expect(rules).toEqual([
      { 'rule-id': '1', 'rule-name': '1', 'rule-type': 'selection', 'rule-action': 'include', 'object-locator': { 'schema-name': 'shop', 'table-name': '%' } },
      {
        'rule-id': '2',
        'rule-name': '2',
        'rule-type': 'transformation',
        'rule-target': 'schema',
        'rule-action': 'rename',
        'value': 'app',
        'object-locator': { 'schema-name': 'shop' },
      },
    ]);
  });

  test('renames nothing between databases of one name', () => {
    expect(task({ sourceDatabase: 'app' }).rules.map(rule => rule['rule-type'])).toEqual(['selection']);
  });

  test('copies the named tables but the excluded ones; an underscore is an underscore', () => {
    const { rules } = task({ sourceDatabase: 'my_shop', tables: ['order_%', 'users'], excludedTables: ['order_log'] });
    expect(rules.slice(0, 3).map(rule => [rule['rule-action'], ...Object.values(rule['object-locator'] as object)])).toEqual([
      ['include', 'my[_]shop', 'order[_]%'], ['include', 'my[_]shop', 'users'], ['exclude', 'my[_]shop', 'order[_]log'],
    ]);
  });

  test('deletes nothing, cuts nothing, compares every row, and logs', () => {
    const { settings } = task();
    expect(settings.FullLoadSettings.TargetTablePrepMode).toBe('DO_NOTHING');
    expect(settings.TargetMetadata).toMatchObject({ SupportLobs: true, FullLobMode: true, LimitedSizeLobMode: false });
    expect(settings.ErrorBehavior.DataTruncationErrorPolicy).toBe('SUSPEND_TABLE');
    expect(settings.ValidationSettings).toEqual({ EnableValidation: true });
    expect(settings.Logging).toEqual({ EnableLogging: true });
  });

  test('treats tables and large columns as one says', () => {
    const { settings } = task({ targetTablePreparation: TargetTablePreparation.TRUNCATE_BEFORE_LOAD, maxLobSize: Size.mebibytes(2) });
    expect(settings.FullLoadSettings.TargetTablePrepMode).toBe('TRUNCATE_BEFORE_LOAD');
    expect(settings.TargetMetadata).toMatchObject({ FullLobMode: false, LimitedSizeLobMode: true, LobMaxSize: 2048 });
  });

  test('is started by nobody but who runs the command of the output', () => {
    const outputs = byDefault().template.findOutputs('*');
    const id = only(byDefault().template, 'AWS::DMS::ReplicationTask').id;
    const start = Object.entries(outputs).filter(([name]) => name.startsWith('ShopMigration')).map(([, { Value }]) => text(Value));
    expect(start).toEqual([`aws dms start-replication-task --start-replication-task-type start-replication --replication-task-arn \${${id}}`]);
  });
});

describe('its monitoring', () => {
  const alarm = (name: string) => resources(byDefault().template, 'AWS::CloudWatch::Alarm')
    .find(({ Properties }) => Properties.AlarmName === `Stack-Shop-Migration-Database-Migration-${name}`)!.Properties;

  test('alarms when a task fails or stops, at the first event', () => {
    const rule = only(byDefault().template, 'AWS::Events::Rule');
    expect(rule.Properties.EventPattern).toEqual({
      'source': ['aws.dms'],
      'detail-type': ['DMS Replication Task State Change'],
      'resources': [{ Ref: only(byDefault().template, 'AWS::DMS::ReplicationTask').id }],
      'detail': { eventType: ['REPLICATION_TASK_FAILED', 'REPLICATION_TASK_STOPPED'] },
    });
    expect(alarm('Failed-Warning')).toMatchObject({
      EvaluationPeriods: 1, DatapointsToAlarm: 1, Threshold: 0, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'notBreaching',
    });
    expect(JSON.stringify(alarm('Failed-Warning').Metrics)).toContain(rule.id);
    expect(alarm('Failed-Warning').AlarmDescription).toMatch(
      /^The replication task failed or was stopped: .* First check: the task's log; .*\/docs\/runbooks\/migration-stalls\.md$/s);
  });

  test('keeps the events, in a log that EventBridge may write to', () => {
    const { template } = byDefault();
    const [target] = only(template, 'AWS::Events::Rule').Properties.Targets as { Arn: unknown }[];
    const log = resources(template, 'AWS::Logs::LogGroup').find(({ id }) => id.includes('Failures'))!;
    expect(text(target.Arn)).toBe(`arn:aws:logs:us-east-1:111111111111:log-group:\${${log.id}}`);
    expect(text(propertiesOf(template, 'AWS::Logs::ResourcePolicy').PolicyDocument)).toContain('"events.amazonaws.com"');
  });

  test('alarms when changes are late on either side, and when the instance runs out of storage or memory; while it runs alone', () => {
    const lasting = { EvaluationPeriods: 3, DatapointsToAlarm: 3, TreatMissingData: 'notBreaching' };
    ['Latency-Source', 'Latency-Target'].forEach(name =>
      expect(alarm(`${name}-Warning`)).toMatchObject({ ...lasting, Threshold: 300, ComparisonOperator: 'GreaterThanThreshold' }));
    expect(alarm('Free-Storage-Warning')).toMatchObject({ ...lasting, Threshold: 5 * 1024 ** 3, ComparisonOperator: 'LessThanThreshold' });
    expect(alarm('Memory-Freeable-Warning')).toMatchObject({ ...lasting, Threshold: 256 * 1024 ** 2, ComparisonOperator: 'LessThanThreshold' });
  });

  test('is on the board of engineers alone, and wakes nobody: users are still served elsewhere', () => {
    const watched = watchedSteps(stack => ({ database: fromMysql(stack) }));
    expect(watched.alarmNames).toHaveLength(5);
    expect(watched.withAdvice).toEqual(Object.fromEntries(watched.alarmNames.map(name => [name, 'migration-stalls'])));
    expect(watched.alarmNames.filter(name => !name.endsWith('-Warning'))).toEqual([]);
    expect(titlesOf(watched.detail)).toContain('Failures and stops');
    expect(titlesOf(watched.summary)).toEqual([]);
  });

  test('asks for the task\'s metrics by the id that ends its ARN', () => {
    const { id } = only(byDefault().template, 'AWS::DMS::ReplicationTask');
    const [{ MetricStat: { Metric } }] = alarm('Latency-Source-Warning').Metrics as { MetricStat: { Metric: { Dimensions: unknown } } }[];
    expect(Metric.Dimensions).toEqual([
      { Name: 'ReplicationInstanceIdentifier', Value: propertiesOf(byDefault().template, 'AWS::DMS::ReplicationInstance').ReplicationInstanceIdentifier },
      { Name: 'ReplicationTaskIdentifier', Value: { 'Fn::Select': [6, { 'Fn::Split': [':', { Ref: id }] }] } },
    ]);
  });
});

test('says what it is', () => {
  expect(byDefault().steps.map(step => step.describe())).toEqual([expect.objectContaining({
    title: 'Database migration', tier: Tier.DATA, facts: { 'from': 'database shop of MySQL elsewhere', 'replication instance': 'dms.t3.medium', 'tables': '%' },
  })]);
});
