import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmAdvice, withAdvice } from './with-advice';

/** An alarm on failures that come one by one: one is enough, and a metric that says nothing is good news. */
export function oneIsEnough(advice: AlarmAdvice) {
  return {
    threshold: 0,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    treatMissingDataOverride: TreatMissingData.NOT_BREACHING,
    ...withAdvice(advice),
  };
}
