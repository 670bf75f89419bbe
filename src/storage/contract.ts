import { SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { BindContext, IMediaLibrary } from '../core';

/** What a media choice receives. */
export interface MediaContext extends BindContext {
  /** Where a file system is reached: subnets without a way in or out. */
  readonly subnets: SubnetSelection;
  /** Receives the access logs. */
  readonly accessLogs: IBucket;
}

/** Where media files are kept. Bring your own by implementing it. */
export interface IMedia {
  /**
   * Creates the media library.
   *
   * @param scope the namespace that the platform gives
   * @param context the key and the log bucket
   */
  bind(scope: Construct, context: MediaContext): IMediaLibrary;
}
