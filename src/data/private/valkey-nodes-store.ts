import { Annotations } from 'aws-cdk-lib';
import { InstanceType, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnParameterGroup, CfnReplicationGroup, CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { cacheName, createPassword, VALKEY_PORT } from './valkey';
import { BlockDescription, IAttachable, IWorkload, SecretReference, Tier } from '../../core';
import { acknowledge } from '../../core/private/acknowledge';
import { identityOf } from '../../core/private/block-links';
import { InstanceService, instanceTypesOf } from '../../core/private/instance-types';
import { declareClosed, declareReachable } from '../../core/private/reachable-by';
import { closedSecurityGroup } from '../../core/private/resources/closed-security-group';
import { known, Rule, validate, wholeBetween } from '../../core/private/validation';
import { CacheContext } from '../contract';
import { ValkeyNodesProps } from '../valkey-nodes-props';

/** What nodes are for. */
export interface NodeUse {
  /** What they hold, in descriptions and names. */
  readonly what: 'Sessions' | 'Cache';
  /** What they are called in messages. */
  readonly store: string;
  /** For an engineer. */
  readonly purpose: string;
  /** Their type, as ElastiCache calls it without its `cache.`. */
  readonly nodeTypeOf: (store: Construct) => InstanceType;
  /** What a workload is told. */
  readonly environmentOf: (host: string, port: string, user: string) => { [name: string]: string };
  /** The variable that the password is in. */
  readonly passwordVariable: string;
  /** Its segment and its alarms. */
  readonly monitor: (monitoring: MonitoringFacade, replicationGroupId: string, nodes: number) => void;
  /** Days that snapshots are kept, when what it holds cannot be made again. */
  readonly snapshotDays?: number;
}

/** ElastiCache user guide, "Supported node types". */
const TYPES: InstanceService = { name: 'ElastiCache', prefix: 'cache', families: /^([mrt]\d|c7gn)/, inWords: 'm, r, t and c7gn', example: 'r7g.large' };

/** What must hold of nodes, whatever they are for. */
export const NODE_RULES: Rule<ValkeyNodesProps>[] = [
  instanceTypesOf('nodeType', TYPES),
  known('numCacheClusters', 'standby, failover and alarms follow from it'),
  wholeBetween('numCacheClusters', 1, 6, 'a replication group has a primary and up to 5 replicas'),
];

/** What must hold once the number of nodes is known. */
const BOUND_RULES: Rule<{ readonly nodes: number; readonly automaticFailover?: boolean }>[] = [
  ({ nodes, automaticFailover }) => automaticFailover !== true || nodes > 1 ? undefined
    : `'automaticFailover' must not be true of ${nodes} node, got true: nothing could take over; give 'numCacheClusters' 2 at least`,
];

/** The user that an AUTH token belongs to (ElastiCache user guide, "Authenticating with the AUTH command"). */
const USER = 'default';
/** Of the engine version below (ElastiCache user guide, "Parameter group families"). */
const [ENGINE_VERSION, FAMILY] = ['8.0', 'valkey8'];

/** A primary and its replicas in other zones, encrypted at rest and in transit, behind a password. */
export class ValkeyNodesStore extends Construct implements IAttachable {
  public readonly environment: { [name: string]: string };
  public readonly secrets: { [name: string]: SecretReference };
  private readonly group: CfnReplicationGroup;
  private readonly securityGroup: SecurityGroup;
  private readonly nodes: number;
  private readonly nodeType: string;

  constructor(scope: Construct, id: string, props: ValkeyNodesProps, private readonly use: NodeUse, private readonly context: CacheContext) {
    super(scope, id);
    this.nodes = props.numCacheClusters ?? (context.profile.multiAz ? 2 : 1);
    const { automaticFailover = this.nodes > 1 } = props;
    validate(this.node.path, { nodes: this.nodes, automaticFailover }, BOUND_RULES);
    if (!automaticFailover && this.nodes > 1) this.warnOfNoFailover();
    this.nodeType = `cache.${use.nodeTypeOf(this).toString()}`;
    this.securityGroup = closedSecurityGroup(this, context.vpc, use.what);
    const password = createPassword(this, use.store, context.encryptionKey);
    this.group = this.createGroup(password, automaticFailover);
    declareClosed(this.group);
    this.environment = use.environmentOf(this.group.attrPrimaryEndPointAddress, this.group.attrPrimaryEndPointPort, USER);
    this.secrets = { [use.passwordVariable]: { secret: password } };
  }

  public attachTo(workload: IWorkload): void {
    workload.connections.allowTo(this.securityGroup, Port.tcp(VALKEY_PORT), this.use.what);
    declareReachable(this.group, workload);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    this.use.monitor(monitoring, this.group.ref, this.nodes);
  }

  public describe(): BlockDescription {
    return {
      ...identityOf(this),
      title: 'Valkey nodes',
      purpose: this.use.purpose,
      tier: Tier.DATA,
      port: VALKEY_PORT,
      facts: { nodes: `${this.nodes} × ${this.nodeType}`, encryption: 'at rest and in transit' },
    };
  }

  /** A step that is forgotten looks like a platform with a standby. */
  private warnOfNoFailover(): void {
    Annotations.of(this).addWarningV2('cdk-platform-patterns:no-failover',
      `[${this.node.path}] ${this.nodes} nodes, and none takes over when the primary fails: 'automaticFailover' is false, which is a step between one node and several. When this is deployed, leave it out for several nodes, or give 'numCacheClusters' 1`);
  }

  private createGroup(password: Secret, automaticFailoverEnabled: boolean): CfnReplicationGroup {
    const { use: { what, snapshotDays }, context: { vpc, subnets, encryptionKey, profile } } = this;
    const subnetGroup = new CfnSubnetGroup(this, 'Subnets', {
      description: what,
      subnetIds: vpc.selectSubnets(subnets).subnetIds,
    });
    const group = new CfnReplicationGroup(this, 'Nodes', {
      replicationGroupId: cacheName(this),
      replicationGroupDescription: what,
      engine: 'valkey',
      engineVersion: ENGINE_VERSION,
      cacheNodeType: this.nodeType,
      numCacheClusters: this.nodes,
      automaticFailoverEnabled,
      multiAzEnabled: automaticFailoverEnabled && profile.multiAz,
      cacheSubnetGroupName: subnetGroup.ref,
      cacheParameterGroupName: snapshotDays === undefined ? this.evictingAnything().ref : undefined,
      securityGroupIds: [this.securityGroup.securityGroupId],
      port: VALKEY_PORT,
      transitEncryptionEnabled: true,
      atRestEncryptionEnabled: true,
      kmsKeyId: encryptionKey.keyId,
      authToken: password.secretValue.unsafeUnwrap(),
      autoMinorVersionUpgrade: true,
      snapshotRetentionLimit: snapshotDays ?? 0,
    });
    if (snapshotDays === undefined) {
      acknowledge(group, ['ElastiCacheRedisClusterAutomaticBackup'], 'What it holds is made again by the application: it is empty whenever it is flushed');
    }
    return group;
  }

  /** Of what can be made again, all may go: by default only what has an end does, and a full cache would refuse to take more. */
  private evictingAnything(): CfnParameterGroup {
    return new CfnParameterGroup(this, 'Parameters', {
      cacheParameterGroupFamily: FAMILY, description: this.use.what, properties: { 'maxmemory-policy': 'allkeys-lru' },
    });
  }
}
