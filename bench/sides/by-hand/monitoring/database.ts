import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, IMetric, TreatMissingData, YAxisProps } from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmRow } from './alarms';
import { BYTES, COUNT, Graph, math, metricsOf, RATE, Section, WHOLE_PERCENT } from './sections';
import { HandDatabase } from '../data';

const SATURATED = 'database-is-saturated';
const { LESS_THAN_THRESHOLD } = ComparisonOperator;
const { NOT_BREACHING, MISSING } = TreatMissingData;

/** A metric of the cluster, and the warning on it. */
interface Watched extends Pick<AlarmRow, 'name' | 'threshold' | 'operator' | 'missing' | 'says'> {
  readonly metricName: string;
  readonly statistic?: string;
  readonly label: string;
  readonly title: string;
  readonly axis: YAxisProps;
  readonly width?: number;
  readonly runbook?: string;
}

const WATCHED: Watched[] = [{
  name: 'CPU-Usage',
  metricName: 'CPUUtilization',
  label: 'CPU',
  title: 'CPU of the busiest instance',
  axis: WHOLE_PERCENT,
  threshold: 80,
  says: 'An instance of the database has been busy above 80 % for a quarter of an hour: queries begin to wait. First check: which queries run longest, in Performance Insights or the slow query log, and whether a deployment brought them.',
}, {
  name: 'Connection-Count-High',
  metricName: 'DatabaseConnections',
  label: 'Connections',
  title: 'Connections to one instance',
  axis: COUNT,
  threshold: 1459,
  says: 'More than 80 % of the connections that an instance of the database takes are open: above all of them it refuses the next. First check: who holds them and whether they are idle (SHOW PROCESSLIST), then whether more units run than planned; a proxy shares them.',
}, {
  name: 'Memory-Freeable',
  metricName: 'FreeableMemory',
  statistic: 'Minimum',
  label: 'Free memory',
  title: 'Free memory',
  axis: BYTES,
  threshold: 1610612736,
  operator: LESS_THAN_THRESHOLD,
  says: 'Less than 5 % of the database\'s memory is free at its largest capacity: next it is read from disk, or a query is ended. First check: how many connections are open and which queries sort or join much, then enlarge the database.',
}, {
  name: 'Capacity',
  metricName: 'ACUUtilization',
  label: 'Capacity',
  title: 'Capacity in use (% of the largest)',
  axis: WHOLE_PERCENT,
  width: 6,
  threshold: 90,
  says: 'The database has been above 90 % of its largest capacity for a quarter of an hour: from there on, queries wait. First check: whether the traffic or a single query brought it, in Performance Insights; then raise maxAcu.',
}, {
  name: 'Replica-Lag',
  metricName: 'AuroraReplicaLagMaximum',
  label: 'Replica lag',
  title: 'Readers behind the writer',
  axis: { min: 0, label: 'ms', showUnits: false },
  width: 6,
  threshold: 1000,
  says: 'A reader of the database has been more than a second behind the writer, where some milliseconds are usual: it shows old data. First check: long queries on the readers and bulk writes on the writer.',
}, {
  name: 'Deadlocks',
  metricName: 'Deadlocks',
  label: 'Deadlocks per second',
  title: 'Deadlocks (per second)',
  axis: RATE,
  width: 6,
  threshold: 0.1,
  missing: NOT_BREACHING,
  says: 'For a quarter of an hour, transactions have waited for each other, and the database has rolled back one in ten seconds or more. First check: the latest detected deadlock (SHOW ENGINE INNODB STATUS), and what a deployment changed in the order of writes.',
  runbook: 'requests-fail',
}, {
  name: 'Login-Failures',
  metricName: 'LoginFailures',
  label: 'Failed logins per second',
  title: 'Failed logins (per second)',
  axis: RATE,
  width: 6,
  threshold: 0.1,
  missing: NOT_BREACHING,
  says: 'For a quarter of an hour, the database has refused logins, one in ten seconds or more: a password has changed, or somebody guesses. First check: when the secret changed and whether units started before it; then the audit log, for names that the application does not have.',
  runbook: 'application-cannot-reach-database',
}];

export function databaseSection({ cluster }: HandDatabase): Section {
  const metricOf = metricsOf('AWS/RDS', { DBClusterIdentifier: cluster.clusterIdentifier });
  const graphs = WATCHED.map(({ name, metricName, statistic = 'Maximum', label, title, axis, width, ...alarm }): Graph => {
    const metric = metricOf(metricName, statistic, label);
    return {
      title,
      axis,
      width,
      left: [metric],
      alarms: [{ name: `Database-${name}`, severity: 'Warning', metric, missing: MISSING, runbook: SATURATED, ...alarm }],
    };
  });
  return { heading: 'Saturation of **Aurora MySQL**', graphs };
}

export function backupSection({ backupVault, cluster }: HandDatabase): Section {
  const metric = metricsOf('AWS/Backup', { BackupVaultName: backupVault.backupVaultName });
  const daily = (metricName: string, label: string) => metric(`NumberOfBackupJobs${metricName}`, 'Sum', label);
  const lost: { [id: string]: IMetric } = { failed: daily('Failed', 'Failed'), aborted: daily('Aborted', 'Aborted'), expired: daily('Expired', 'Expired') };
  return {
    heading: 'Backup vault **Database: copies**',
    graphs: [{
      title: 'Copies made',
      width: 12,
      left: [daily('Completed', 'Completed')],
      axis: COUNT,
      alarms: [{
        name: 'Database-Backup-Missing',
        severity: 'Warning',
        metric: math('Copies', 'IF(lives >= 0, FILL(completed, 0), 1)', {
          lives: cluster.metricCPUUtilization(), completed: daily('Completed', 'Completed'),
        }, Duration.days(1)),
        threshold: 1,
        operator: LESS_THAN_THRESHOLD,
        says: 'For 3 days, no backup job has made a copy. First check: whether AWS Backup has jobs for the vault at all, and whether the account\'s settings there allow the type of resource.',
        runbook: 'backup-failed',
      }],
    }, {
      title: 'Jobs without a copy',
      width: 12,
      left: Object.values(lost),
      axis: COUNT,
      alarms: [{
        name: 'Database-Backup-Failed',
        severity: 'Warning',
        metric: math('Without a copy', 'FILL(failed, 0) + FILL(aborted, 0) + FILL(expired, 0)', lost, Duration.days(1)),
        threshold: 0,
        points: [1, 1],
        says: 'A backup job failed, was stopped, or could not begin in its window: the copy of that day is missing. First check: the job\'s status message in AWS Backup; then start it by hand.',
        runbook: 'backup-failed',
      }],
    }],
  };
}
