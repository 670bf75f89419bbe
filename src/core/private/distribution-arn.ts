import { Stack } from 'aws-cdk-lib';
import { IDistribution } from 'aws-cdk-lib/aws-cloudfront';

/** The ARN of a distribution, which is in no Region. */
export function arnOf(distribution: IDistribution): string {
  return Stack.of(distribution).formatArn({ service: 'cloudfront', region: '', resource: 'distribution', resourceName: distribution.distributionId });
}
