import { named } from './private/rules';
import { validate } from '../core/private/validation';

/** What the metrics of a database on RDS go by. */
export class DatabaseIdentifier {
  /**
   * A cluster of Aurora: its metrics are those of the instance that is worst off.
   *
   * @param identifier the cluster's, such as `cluster.clusterIdentifier`
   * @throws Error when it is empty
   */
  public static cluster(identifier: string): DatabaseIdentifier {
    validate('DatabaseIdentifier.cluster', { identifier }, [named('identifier')]);
    return new DatabaseIdentifier('DBClusterIdentifier', identifier);
  }

  /**
   * One instance of RDS, or of a cluster.
   *
   * @param identifier the instance's, such as `instance.instanceIdentifier`
   * @throws Error when it is empty
   */
  public static instance(identifier: string): DatabaseIdentifier {
    validate('DatabaseIdentifier.instance', { identifier }, [named('identifier')]);
    return new DatabaseIdentifier('DBInstanceIdentifier', identifier);
  }

  private constructor(
    /** The dimension that it is the value of. */
    public readonly dimension: string,
    /** The cluster's or the instance's. */
    public readonly identifier: string,
  ) {}
}
