import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';

/**
 * What it means that a metric has no data: each monitor knows it of its metrics, so that whoever asks for an alarm need not.
 * `treatMissingDataOverride` of a threshold goes before it.
 */
export const MISSING = {
  /** It is reported while something happens or is used: without data, nothing is wrong. */
  IS_WELL: TreatMissingData.NOT_BREACHING,
  /** It is reported as long as the resource is: without data, the alarm has no reason to think otherwise than before. */
  SAYS_NOTHING: TreatMissingData.MISSING,
  /** What is watched for is that it is reported at all. */
  IS_A_FAILURE: TreatMissingData.BREACHING,
};
