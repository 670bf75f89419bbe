import { Duration, Stack } from 'aws-cdk-lib';
import { CfnServiceLevelObjective } from 'aws-cdk-lib/aws-applicationsignals';
import { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { burnsOf } from './slo-burn';
import { over } from './slo-math';
import { nameInAccount } from '../../../core/private/naming';
import { ISlo } from '../contract';
import { SloCounts } from '../slo-counts';

/** Longest name of an objective (Application Signals API, CreateServiceLevelObjective). */
const MAX_NAME = 128;
/** Application Signals adds up minutes. */
const MINUTE = Duration.minutes(1);

type Query = CfnServiceLevelObjective.MetricDataQueryProperty;

/** The same objective in Application Signals, by requests, with a burn rate for each long window. */
export function createApplicationSignalsSlo(scope: Construct, slo: ISlo, counts: SloCounts): CfnServiceLevelObjective {
  const { account } = Stack.of(scope);
  return new CfnServiceLevelObjective(scope, 'Resource', {
    name: nameInAccount(scope, MAX_NAME),
    description: `${slo.objective} % of ${slo.promise}`,
    requestBasedSli: {
      requestBasedSliMetric: {
        totalRequestCountMetric: queriesOf('slo_total', counts.total, account),
        monitoredRequestCountMetric: { badCountMetric: queriesOf('slo_bad', counts.bad, account) },
      },
    },
    goal: { attainmentGoal: slo.objective, interval: { rollingInterval: { duration: slo.window.toDays(), durationUnit: 'DAY' } } },
    burnRateConfigurations: burnsOf(slo).map(({ long }) => ({ lookBackWindowMinutes: long.toMinutes() })),
  });
}

/** A metric, and before it what it is made of; each once. The result alone is returned. */
function queriesOf(id: string, metric: IMetric, home: string): Query[] {
  const [result, ...parts] = queriesFor(id, over(metric, MINUTE), home);
  return [...new Map(parts.map(part => [part.id, part])).values(), { ...result, returnData: true }];
}

function queriesFor(id: string, metric: IMetric, home: string): Query[] {
  const { metricStat, mathExpression } = metric.toMetricConfig();
  if (mathExpression !== undefined) {
    const parts = Object.entries(mathExpression.usingMetrics).flatMap(([part, each]) => queriesFor(part, each, home));
    return [{ id, expression: mathExpression.expression, returnData: false }, ...parts];
  }
  // A search is neither, and refused before: alarms take none.
  const { namespace, metricName, dimensions = [], period, statistic, unitFilter, account } = metricStat!;
  const of = { namespace, metricName, dimensions: dimensions.map(({ name, value }) => ({ name, value: String(value) })) };
  return [{
    id,
    // As alarms have it: for what another account has alone.
    accountId: account === home ? undefined : account,
    metricStat: { metric: of, period: period.toSeconds(), stat: statistic, unit: unitFilter },
    returnData: false,
  }];
}
