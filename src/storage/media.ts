import { MediaBucket, MediaBucketProps } from './media-bucket';
import { IMedia } from '../core';

/** Where a platform keeps its media files. */
export class Media {
  /**
   * A private S3 bucket behind the content-delivery network. Nothing is copied to a unit.
   *
   * @param props the path, and whether the application writes
   * @throws Error when the prefix is not a path
   */
  public static bucket(props: MediaBucketProps = {}): IMedia {
    return new MediaBucket(props);
  }

  private constructor() {}
}
