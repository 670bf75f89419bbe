import { IKeyGroup, IOrigin } from 'aws-cdk-lib/aws-cloudfront';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { IAttachable } from './contract';

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
