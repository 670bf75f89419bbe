import { IBucket } from 'aws-cdk-lib/aws-s3';
import { IMedia } from './contract';
import { ExistingMediaBucket, ExistingMediaBucketProps } from './existing-media-bucket';
import { MediaBucket, MediaBucketProps } from './media-bucket';
import { MediaFileSystemProps } from './media-file-system-props';
import { MediaFileSystem } from './private/media-file-system';

/** Where a platform keeps its media files. */
export class Media {
  /**
   * A private S3 bucket behind the content-delivery network. Nothing is copied to a unit.
   *
   * @param props the path, whether the application writes, and how long files are kept where
   * @throws Error when the prefix is not a path, or S3 takes a file into a class of storage later or not at all
   */
  public static bucket(props: MediaBucketProps = {}): IMedia {
    return new MediaBucket(props);
  }

  /**
   * A bucket that is there already, with all that is in it: nothing is copied, and the bucket's settings stay its owner's.
   * Its policy has to let the edge read; that of a bucket of the same app is extended, for another a warning
   * (`cdk-platform-patterns:bucket-policy`) says what to add.
   *
   * @param bucket the bucket; with its `encryptionKey`, when it has a customer-managed one
   * @param props the path, and whether the application writes
   * @throws Error when the prefix is not a path
   */
  public static fromBucket(bucket: IBucket, props: ExistingMediaBucketProps = {}): IMedia {
    return new ExistingMediaBucket(bucket, props);
  }

  /**
   * An EFS file system that each unit mounts, for an application that writes to a path. The edge gets the files from the
   * application. Nothing is copied to a unit.
   *
   * @param props the folder, the user and the throughput
   * @throws Error when a path, the user or the throughput is not as EFS takes it
   */
  public static fileSystem(props: MediaFileSystemProps = {}): IMedia {
    return new MediaFileSystem(props);
  }

  private constructor() {}
}
