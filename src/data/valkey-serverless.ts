import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnServerlessCache, CfnUser, CfnUserGroup } from 'aws-cdk-lib/aws-elasticache';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { BlockDescription, IAttachable, IWorkload, SecretReference, Tier } from '../core';
import { ISessions, SessionsContext } from './contract';
import { cacheName, connection, createPassword, PASSWORD_VARIABLE, serverlessPorts, VALKEY_PORT } from './private/valkey';
import { monitorServerless } from './private/valkey-alarms';
import { identityOf } from '../core/private/block-links';
import { declareClosed, declareReachable } from '../core/private/reachable-by';
import { closedSecurityGroup } from '../core/private/resources/closed-security-group';
import { known, notAbove, Rule, validate, wholeBetween } from '../core/private/validation';

/** Options of a serverless session store. */
export interface ValkeyServerlessProps {
  /**
   * Most ECPU per second, 1,000 to 15,000,000; one simple command of up to 1 kB is 1 ECPU. A limit on cost: above it
   * requests are throttled.
   *
   * @default - from the traffic
   */
  readonly maxEcpuPerSecond?: number;
  /**
   * ECPU per second that stand ready, 1,000 to 15,000,000: for an announced event that begins faster than the cache grows,
   * which about doubles in 10 to 12 minutes (ElastiCache user guide, "Scaling ElastiCache Serverless"). They are paid for
   * whether used or not: 10,000 are about 60 USD a month in us-east-1. Set them an hour before, and take them back after.
   *
   * @default - none: what is used is paid for
   */
  readonly minEcpuPerSecond?: number;
  /**
   * Most data held in whole GB, 1 to 5,000. A limit on cost: above it the oldest sessions with an expiry go.
   *
   * @default - from the traffic
   */
  readonly maxDataGb?: number;
  /**
   * Whole GB that stand ready, 1 to 5,000, paid for whether used or not: about 61 USD a month each in us-east-1.
   *
   * @default - none: what is held is paid for, 100 MB at the least
   */
  readonly minDataGb?: number;
}

const RANGE = 'ElastiCache serverless takes limits in this range';
const ORDER = 'what stands ready is a part of what may be used';
const KNOWN_MEND = 'the most that may be used is worked out from it';

const RULES: Rule<ValkeyServerlessProps>[] = [
  known('minEcpuPerSecond', KNOWN_MEND),
  known('minDataGb', KNOWN_MEND),
  wholeBetween('maxEcpuPerSecond', 1000, 15_000_000, RANGE),
  wholeBetween('minEcpuPerSecond', 1000, 15_000_000, RANGE),
  wholeBetween('maxDataGb', 1, 5000, RANGE),
  wholeBetween('minDataGb', 1, 5000, RANGE),
  notAbove('minEcpuPerSecond', 'maxEcpuPerSecond', ORDER),
  notAbove('minDataGb', 'maxDataGb', ORDER),
];

/** Everything that a session handler and an application cache use, and nothing that administers the store. */
const ACCESS = 'on ~* &* +@all -@admin -@dangerous';
const USER = 'app';
/**
 * Subnets of the cache, in different zones: it takes 2 or 3 (ElastiCache user guide, "Creating a serverless cache"), and
 * another set of subnets makes another, empty cache. With 2 it stays when the network grows to a third zone.
 */
const SUBNETS = 2;

/** The choice of ElastiCache serverless. */
export class ValkeyServerless implements ISessions {
  constructor(private readonly props: ValkeyServerlessProps) {
    validate('Sessions.valkeyServerless', props, RULES);
  }

  public bind(scope: Construct, context: SessionsContext): IAttachable {
    return new ValkeyServerlessStore(scope, 'ValkeyServerless', this.props, context);
  }
}

/** Valkey without nodes: spans the zones by itself, encrypted at rest and in transit, with a user of its own. */
class ValkeyServerlessStore extends Construct implements IAttachable {
  public readonly environment: { [name: string]: string };
  public readonly secrets: { [name: string]: SecretReference };
  private readonly cache: CfnServerlessCache;
  private readonly securityGroup: SecurityGroup;
  private readonly limits: { ecpu: number; gb: number };

  constructor(scope: Construct, id: string, private readonly props: ValkeyServerlessProps, private readonly context: SessionsContext) {
    super(scope, id);
    this.limits = {
      ecpu: props.maxEcpuPerSecond ?? Math.max(context.capacity.maxEcpuPerSecond, props.minEcpuPerSecond ?? 0),
      gb: props.maxDataGb ?? Math.max(context.capacity.maxDataGb, props.minDataGb ?? 0),
    };
    this.securityGroup = closedSecurityGroup(this, context.vpc, 'Sessions');
    const password = createPassword(this, 'session store', context.encryptionKey);
    this.cache = this.createCache(this.createUserGroup(password));
    declareClosed(this.cache);
    this.environment = connection(this.cache.attrEndpointAddress, this.cache.attrEndpointPort, USER, context.runtime);
    this.secrets = { [PASSWORD_VARIABLE]: { secret: password } };
  }

  public attachTo(workload: IWorkload): void {
    workload.connections.allowTo(this.securityGroup, serverlessPorts(), 'Sessions');
    declareReachable(this.cache, workload);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    monitorServerless(monitoring, this.cache.serverlessCacheName, this.limits);
  }

  public describe(): BlockDescription {
    return {
      ...identityOf(this),
      title: 'Valkey serverless',
      purpose: 'Keeps the sessions, so that any unit can serve any user',
      tier: Tier.DATA,
      port: VALKEY_PORT,
      facts: { limit: `${this.limits.ecpu} ECPU per second, ${this.limits.gb} GB`, encryption: 'at rest and in transit' },
    };
  }

  private createUserGroup(password: Secret): CfnUserGroup {
    const name = cacheName(this);
    const user = new CfnUser(this, 'User', {
      engine: 'valkey',
      userId: name,
      userName: USER,
      accessString: ACCESS,
      noPasswordRequired: false,
      passwords: [password.secretValue.unsafeUnwrap()],
    });
    return new CfnUserGroup(this, 'Users', { engine: 'valkey', userGroupId: name, userIds: [user.ref] });
  }

  private createCache(users: CfnUserGroup): CfnServerlessCache {
    const { vpc, subnets, encryptionKey } = this.context;
    return new CfnServerlessCache(this, 'Cache', {
      serverlessCacheName: cacheName(this),
      description: 'Sessions',
      engine: 'valkey',
      majorEngineVersion: '8',
      subnetIds: vpc.selectSubnets(subnets).subnetIds.slice(0, SUBNETS),
      securityGroupIds: [this.securityGroup.securityGroupId],
      kmsKeyId: encryptionKey.keyArn,
      userGroupId: users.ref,
      cacheUsageLimits: {
        dataStorage: { minimum: this.props.minDataGb, maximum: this.limits.gb, unit: 'GB' },
        ecpuPerSecond: { minimum: this.props.minEcpuPerSecond, maximum: this.limits.ecpu },
      },
      snapshotRetentionLimit: 1,
    });
  }
}
