import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { MetricWithAlarmSupport, MonitoringFacade } from 'cdk-monitoring-constructs';
import { SiteIndicators } from './site-indicators';
import { Severity, Symptom } from '../../../core';
import { MIN_REQUESTS, QUARTER_OF_AN_HOUR } from '../../../core/private/alarms/thresholds';
import { withAdvice, AlarmAdvice } from '../../../core/private/alarms/with-advice';

/** Percent of the files asked for that may be missing: a page whose script is missing is blank. */
const MAX_MISSING = { some: 5, many: 50 };

const firstCheck = 'whether it began with a release: ask the release function to take it back; then what is asked for, in the access logs of the edge.';
const SOME_MISSING: AlarmAdvice = {
  why: `More than ${MAX_MISSING.some} % of the site's files that the edge asks for have been missing for a quarter of an hour: pictures, or what open pages of an old release want.`,
  firstCheck,
  runbook: 'site-is-blank',
};
const MANY_MISSING: AlarmAdvice = {
  why: `More than ${MAX_MISSING.many} % of the site's files that the edge asks for have been missing, or may not be read, for a quarter of an hour: pages are blank.`,
  firstCheck,
  runbook: 'site-is-blank',
  symptom: Symptom.FAILING,
};

/** Graphs and alarms of a site. */
export function monitorSite(monitoring: MonitoringFacade, indicators: SiteIndicators, label: string): void {
  const above = (threshold: number, advice: AlarmAdvice) => ({
    threshold,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingDataOverride: TreatMissingData.NOT_BREACHING,
    ...QUARTER_OF_AN_HOUR,
    ...withAdvice(advice),
  });
  monitoring.monitorCustom({
    humanReadableName: label,
    alarmFriendlyName: label,
    metricGroups: [
      { title: 'Files that the edge does not keep: asked for, failed', metrics: [indicators.requests, indicators.failed].map(asGraph) },
      {
        title: 'Missing, % of the files asked for',
        metrics: [{
          metric: indicators.missingShare(MIN_REQUESTS),
          alarmFriendlyName: 'Missing-Files',
          addAlarm: {
            [Severity.WARNING]: above(MAX_MISSING.some, SOME_MISSING),
            [Severity.CRITICAL]: above(MAX_MISSING.many, MANY_MISSING),
          },
        }],
      },
      { title: 'Time to the first byte, ms', metrics: [asGraph(indicators.latency('p50', 'Median')), asGraph(indicators.latency('p99', 'One in a hundred'))] },
    ],
  });
}

function asGraph(metric: SiteIndicators['requests']): MetricWithAlarmSupport {
  return metric as MetricWithAlarmSupport;
}
