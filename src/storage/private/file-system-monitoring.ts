import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { ThroughputMode } from 'aws-cdk-lib/aws-efs';
import { CustomMetricGroup, CustomThreshold, MetricStatistic, MonitoringFacade } from 'cdk-monitoring-constructs';

const MIB = 1024 * 1024;
/** Half an hour of 100 MiB per second, what a file system below 1 TiB may burst to (EFS user guide, "Bursting throughput"). */
const LOW_CREDITS = 1800 * 100 * MIB;

/** What is watched of a file system, which cdk-monitoring-constructs has nothing for. */
export function monitorFileSystem(monitoring: MonitoringFacade, fileSystemId: string, mode: ThroughputMode): void {
  const factory = monitoring.createMetricFactory();
  const metric = (name: string, statistic: keyof typeof MetricStatistic, label: string) =>
    factory.createMetric(name, MetricStatistic[statistic], label, { FileSystemId: fileSystemId }, undefined, 'AWS/EFS');
  const moved = metric('MeteredIOBytes', 'SUM', 'Moved');
  const permitted = metric('PermittedThroughput', 'MIN', 'Permitted');
  const groups: CustomMetricGroup[] = [{
    title: 'Throughput (MiB/s)',
    metrics: [
      factory.createMetricMath(`moved / PERIOD(moved) / ${MIB}`, { moved }, 'Used'),
      factory.createMetricMath(`permitted / ${MIB}`, { permitted }, 'Permitted'),
    ],
  }, {
    title: 'Used of the permitted throughput (%)',
    metrics: [{
      metric: factory.createMetricMath('100 * moved / PERIOD(moved) / permitted', { moved, permitted }, 'Used'),
      alarmFriendlyName: 'Throughput',
      addAlarm: { Warning: above(80, 'Files are read or written at more than 80 % of the throughput that is permitted.') },
    }],
  }, {
    title: 'Used of the operations limit (%)',
    metrics: [{
      metric: metric('PercentIOLimit', 'MAX', 'Used'),
      alarmFriendlyName: 'IOLimit',
      addAlarm: { Critical: above(95, 'The file system is at the limit of its operations per second: each takes longer.') },
    }],
  }, {
    title: 'Clients',
    metrics: [metric('ClientConnections', 'SUM', 'Connections')],
  }];
  if (mode === ThroughputMode.BURSTING) groups.push(credits(metric('BurstCreditBalance', 'MIN', 'Left')));
  monitoring.monitorCustom({ humanReadableName: 'Media', alarmFriendlyName: 'Media', metricGroups: groups });
}

function credits(metric: ReturnType<ReturnType<MonitoringFacade['createMetricFactory']>['createMetric']>): CustomMetricGroup {
  return {
    title: 'Burst credits (bytes)',
    metrics: [{
      metric,
      alarmFriendlyName: 'BurstCredits',
      addAlarm: {
        Critical: {
          ...above(LOW_CREDITS, 'Credits last for half an hour at 100 MiB per second; without, throughput falls to 50 KiB per second and GiB.'),
          comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
        },
      },
    }],
  };
}

function above(threshold: number, additionalDescription: string): CustomThreshold {
  return {
    threshold,
    additionalDescription,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
    // Without a client there is nothing to measure, and nothing wrong.
    treatMissingDataOverride: TreatMissingData.NOT_BREACHING,
  };
}
