import { Duration } from 'aws-cdk-lib';
import { IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { IRequestIndicators } from '../../../core';

/** The filter by which the bucket counts requests for what is served. */
export const FILTER = 'Live';
/** The finest that S3 measures requests in. */
const PERIOD = Duration.minutes(1);

/**
 * What is asked of a site, counted at its bucket: CloudFront has no metric of a path. What the edge answers by what it keeps never comes
 * here, and cannot fail there; nor does what the edge refuses, or what its function answers by itself.
 */
export class SiteIndicators implements IRequestIndicators {
  constructor(private readonly bucket: IBucket) {}

  public get requests(): IMetric {
    return this.count('GetRequests', 'Files asked for');
  }

  public get failed(): IMetric {
    return this.count('5xxErrors', 'Failed');
  }

  /** Percent of the files asked for that are not there, or may not be read; none where hardly any were asked for. */
  public missingShare(minRequests: number): MathExpression {
    const period = Duration.minutes(5);
    return new MathExpression({
      expression: `IF(FILL(asked, 0) >= ${minRequests}, 100 * FILL(missing, 0) / asked, 0)`,
      usingMetrics: { missing: this.count('4xxErrors', 'Missing').with({ period }), asked: this.count('GetRequests', 'Files asked for').with({ period }) },
      label: 'Missing',
      period,
    });
  }

  public within(threshold: Duration): IMetric {
    // S3 measures in milliseconds; `Stats.tc` of CDK knows percentages alone, this one is of values.
    return this.metric('FirstByteLatency', `TC(:${threshold.toMilliseconds()})`, `Answered within ${threshold.toMilliseconds()} ms`);
  }

  /** Milliseconds until a file begins to come. */
  public latency(statistic: string, label: string): IMetric {
    return this.metric('FirstByteLatency', statistic, label);
  }

  private count(metricName: string, label: string): Metric {
    return this.metric(metricName, 'Sum', label);
  }

  private metric(metricName: string, statistic: string, label: string): Metric {
    return new Metric({
      namespace: 'AWS/S3', metricName, statistic, label, period: PERIOD, dimensionsMap: { BucketName: this.bucket.bucketName, FilterId: FILTER },
    });
  }
}
