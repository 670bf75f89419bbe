import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { CustomAlarmThreshold } from 'cdk-monitoring-constructs';

/** Of metrics that are there only when something happened: what is missing is well, unless the threshold says otherwise. */
export function missingIsWell<T extends CustomAlarmThreshold>(alarms: { [disambiguator: string]: T } = {}): { [disambiguator: string]: T } {
  return Object.fromEntries(Object.entries(alarms).map(([disambiguator, threshold]) =>
    [disambiguator, { treatMissingDataOverride: TreatMissingData.NOT_BREACHING, ...threshold }]));
}
