import { existsSync } from 'fs';
import { resolve } from 'path';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { Rule, validate } from '../../core/private/validation';

/** Where an archive of the application lies. */
export interface InstanceCodeLocation {
  /** The bucket. */
  readonly bucket: IBucket;
  /** The key of the archive: a `.zip` or a `.tar.gz`. */
  readonly objectKey: string;
  /**
   * The version of the object.
   *
   * @default - the newest when an instance starts
   */
  readonly objectVersion?: string;
}

/** The application's code for instances. Bring your own by implementing it. */
export interface IInstanceCode {
  /**
   * Says where the archive is.
   *
   * @param scope the namespace that the workload gives
   */
  bind(scope: Construct): InstanceCodeLocation;
}

const RULES: Rule<{ path: string }>[] = [
  ({ path }) => existsSync(path) ? undefined
    : `'path' must be of a folder or an archive that is there, got ${JSON.stringify(path)}, which is ${resolve(path)}: give the path from where the app runs, or join it with __dirname`,
];

/** Ways to bring the application's code onto instances. */
export class InstanceCode {
  /**
   * An archive (`.zip` or `.tar.gz`) that is in a bucket already; needs no bootstrap.
   *
   * Instances are renewed when what is given here changes: name each release by a key of its own, or by its version. An
   * object that is overwritten under the same key reaches new instances alone.
   *
   * @param bucket the bucket, with its encryption key when that is customer-managed
   * @param key the key of the archive
   * @param version the version of the object, in a bucket with versioning
   */
  public static fromBucket(bucket: IBucket, key: string, version?: string): IInstanceCode {
    return { bind: () => ({ bucket, objectKey: key, objectVersion: version }) };
  }

  /**
   * A folder, or an archive, that is uploaded with the deployment: the account and the Region have to be bootstrapped.
   * Every change of its content renews the instances.
   *
   * @param path the folder, or the archive, relative to where the app runs
   * @throws Error when nothing is there
   */
  public static fromAsset(path: string): IInstanceCode {
    validate('InstanceCode.fromAsset', { path }, RULES);
    return {
      bind: scope => {
        const asset = new Asset(scope, 'Code', { path });
        return { bucket: asset.bucket, objectKey: asset.s3ObjectKey };
      },
    };
  }

  private constructor() {}
}
