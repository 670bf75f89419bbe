import { IKeyGroup, IOrigin } from 'aws-cdk-lib/aws-cloudfront';
import { SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { BindContext, IAttachable } from '../core';

/** A media library: files that are served at the edge and never copied to a unit. */
export interface IMediaLibrary extends IAttachable {
  /** The paths that are media, such as `/media/*`; the edge keeps them long. */
  readonly pathPattern: string;
  /**
   * Where the edge gets them from.
   *
   * @default - from the application, which reads them from the file system that the library mounts
   */
  readonly origin?: IOrigin;
  /**
   * Whose signatures open them: the edge refuses every other request for them.
   *
   * @default - they are public
   */
  readonly trustedKeyGroups?: IKeyGroup[];
  /**
   * The bucket that keeps the files, each below the first part of `pathPattern`.
   *
   * @default - no bucket: the files are in the file system that the library mounts
   */
  readonly bucket?: IBucket;
}

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
