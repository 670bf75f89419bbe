import { InstanceType } from 'aws-cdk-lib/aws-ec2';

/** Options of a session store, or of a cache, on nodes. */
export interface ValkeyNodesProps {
  /**
   * Type of the nodes, with or without the `cache.` that ElastiCache puts before it.
   *
   * @default - sessions: the smallest t4g or r7g that holds those of the traffic's peak, and a warning when none does; a cache:
   * production `m7g.large`, which has no CPU credits that a peak could use up, development `t4g.small`
   */
  readonly nodeType?: InstanceType;
  /**
   * Nodes: a primary and up to 5 replicas, 1 to 6.
   *
   * @default - production 2, in different zones; development 1
   */
  readonly numCacheClusters?: number;
  /**
   * Whether a replica takes over when the primary fails, in production from another zone. `false` is a step on the way between one node
   * and several, in either direction: ElastiCache refuses to change the number and this in one deployment (aws-cloudformation,
   * coverage roadmap 383).
   *
   * @default - true with several nodes
   */
  readonly automaticFailover?: boolean;
}
