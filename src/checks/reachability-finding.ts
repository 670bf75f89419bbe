/** Something that can reach a data store and should not, with the path that proves it. */
export interface ReachabilityFinding {
  /** Name of the rule, such as `reachability-internet`: one of the constants of `Reachability`. */
  readonly ruleName: string;
  /**
   * Logical id of the data store; for `reachability-entrance`, of the load balancer or workload that is open; of what could
   * not be read, or the name of the place in the template where it stands.
   */
  readonly store: string;
  /** Resource type of the data store, such as `AWS::RDS::DBCluster`; of a transform, its name. */
  readonly storeType: string;
  /** Who can reach it: `internet`, addresses, a security group, the type and logical id of a workload, or `unread`. */
  readonly source: string;
  /** The path from the source to the store, its steps joined by ` -> `. */
  readonly witness: string;
  /** What to change. */
  readonly fix: string;
  /** Path of the template that holds the store. */
  readonly templatePath: string;
  /**
   * What makes the finding less than its rule says, in words.
   *
   * @default - nothing does
   */
  readonly note?: string;
  /**
   * The port by which the store is reached.
   *
   * @default - the path does not go by a port, or the port is known only when deployed
   */
  readonly port?: number;
}
