import { ICache } from './contract';
import { ValkeyCache } from './private/valkey-cache';
import { ValkeyNodesProps } from './valkey-nodes-props';

/** Caches of the application that a platform can choose from: apart from the sessions, so that flushing it logs nobody out. */
export class Cache {
  /**
   * ElastiCache nodes for Valkey, in one shard: a well-known object cache finds all commands, reads of several keys, and databases by
   * number. What was used longest ago makes room; nothing is backed up.
   *
   * @param props type and number of the nodes
   * @throws Error when there are more than 6 nodes
   */
  public static valkeyNodes(props: ValkeyNodesProps = {}): ICache {
    return new ValkeyCache(props);
  }

  private constructor() {}
}
