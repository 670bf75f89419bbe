import { Annotations } from 'aws-cdk-lib';
import { InstanceType, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnReplicationGroup, CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { BlockDescription, IAttachable, IWorkload, SecretReference, Tier } from '../core';
import { ISessions, SessionsContext } from './contract';
import { MemoryBySize, smallestThatHolds, withoutPrefix } from './private/instance-type';
import { cacheName, connection, connectionSecrets, createPassword, VALKEY_PORT } from './private/valkey';
import { monitorNodes } from './private/valkey-alarms';
import { identityOf } from '../core/private/block-links';
import { InstanceService, instanceTypesOf } from '../core/private/instance-types';
import { declareClosed, declareReachable } from '../core/private/reachable-by';
import { closedSecurityGroup } from '../core/private/resources/closed-security-group';
import { known, Rule, validate, wholeBetween } from '../core/private/validation';

/** Options of a session store on nodes. */
export interface ValkeyNodesProps {
  /**
   * Type of the nodes, with or without the `cache.` that ElastiCache puts before it.
   *
   * @default - the smallest t4g or r7g that holds the sessions of the traffic's peak, and a warning when none does
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

/** ElastiCache user guide, "Supported node types". */
const TYPES: InstanceService = { name: 'ElastiCache', prefix: 'cache', families: /^([mrt]\d|c7gn)/, inWords: 'm, r, t and c7gn', example: 'r7g.large' };

const RULES: Rule<ValkeyNodesProps>[] = [
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
/** Share of memory for sessions; the rest is for replication and snapshots (user guide, "Reserved memory": 25 %). */
const USABLE_MEMORY = 0.75;
/** Memory for sessions in GiB, by node type (ElastiCache user guide, "Supported node types"). */
const NODE_TYPES: MemoryBySize = ([
  ['t4g.small', 1.37], ['t4g.medium', 3.09], ['r7g.large', 13.07], ['r7g.xlarge', 26.32], ['r7g.2xlarge', 52.82], ['r7g.4xlarge', 105.81],
] as const).map(([type, gib]) => [type, gib * USABLE_MEMORY] as const);
/** Days that snapshots are kept; the most useful for sessions is far less, but audits ask for 15. */
const SNAPSHOT_DAYS = 15;

/** The choice of ElastiCache nodes. */
export class ValkeyNodes implements ISessions {
  constructor(private readonly props: ValkeyNodesProps) {
    validate('Sessions.valkeyNodes', props, RULES);
  }

  public bind(scope: Construct, context: SessionsContext): IAttachable {
    return new ValkeyNodesStore(scope, 'ValkeyNodes', this.props, context);
  }
}

/** A primary and its replicas in other zones, encrypted at rest and in transit, behind a password. */
class ValkeyNodesStore extends Construct implements IAttachable {
  public readonly environment: { [name: string]: string };
  public readonly secrets: { [name: string]: SecretReference };
  private readonly group: CfnReplicationGroup;
  private readonly securityGroup: SecurityGroup;
  private readonly nodes: number;
  private readonly nodeType: string;

  constructor(scope: Construct, id: string, props: ValkeyNodesProps, private readonly context: SessionsContext) {
    super(scope, id);
    this.nodes = props.numCacheClusters ?? (context.profile.multiAz ? 2 : 1);
    const { automaticFailover = this.nodes > 1 } = props;
    validate(this.node.path, { nodes: this.nodes, automaticFailover }, BOUND_RULES);
    if (!automaticFailover && this.nodes > 1) this.warnOfNoFailover();
    const nodeType = props.nodeType === undefined
      ? smallestThatHolds(this, NODE_TYPES, context.capacity.maxDataGb, 'give \'nodeType\', or choose Sessions.valkeyServerless()')
      : withoutPrefix(props.nodeType, 'cache');
    this.nodeType = `cache.${nodeType.toString()}`;
    this.securityGroup = closedSecurityGroup(this, context.vpc, 'Sessions');
    const password = createPassword(this, context.encryptionKey);
    this.group = this.createGroup(password, automaticFailover);
    declareClosed(this.group);
    this.environment = connection(this.group.attrPrimaryEndPointAddress, this.group.attrPrimaryEndPointPort, USER, context.runtime);
    this.secrets = connectionSecrets(password);
  }

  public attachTo(workload: IWorkload): void {
    workload.connections.allowTo(this.securityGroup, Port.tcp(VALKEY_PORT), 'Sessions');
    declareReachable(this.group, workload);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    monitorNodes(monitoring, this.group.ref, this.nodes);
  }

  public describe(): BlockDescription {
    return {
      ...identityOf(this),
      title: 'Valkey nodes',
      purpose: 'Keeps the sessions, so that any unit can serve any user',
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
    const { vpc, subnets, encryptionKey, profile } = this.context;
    const subnetGroup = new CfnSubnetGroup(this, 'Subnets', {
      description: 'Sessions',
      subnetIds: vpc.selectSubnets(subnets).subnetIds,
    });
    return new CfnReplicationGroup(this, 'Nodes', {
      replicationGroupId: cacheName(this),
      replicationGroupDescription: 'Sessions',
      engine: 'valkey',
      engineVersion: '8.0',
      cacheNodeType: this.nodeType,
      numCacheClusters: this.nodes,
      automaticFailoverEnabled,
      multiAzEnabled: automaticFailoverEnabled && profile.multiAz,
      cacheSubnetGroupName: subnetGroup.ref,
      securityGroupIds: [this.securityGroup.securityGroupId],
      port: VALKEY_PORT,
      transitEncryptionEnabled: true,
      atRestEncryptionEnabled: true,
      kmsKeyId: encryptionKey.keyId,
      authToken: password.secretValue.unsafeUnwrap(),
      autoMinorVersionUpgrade: true,
      snapshotRetentionLimit: SNAPSHOT_DAYS,
    });
  }
}
