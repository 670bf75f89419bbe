import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnServerlessCache, CfnUser, CfnUserGroup } from 'aws-cdk-lib/aws-elasticache';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { BlockDescription, IAttachable, ISessions, IWorkload, SecretReference, SessionsContext, Tier } from '../core';
import { cacheName, connection, connectionSecrets, createPassword, serverlessPorts } from './private/valkey';
import { closedSecurityGroup } from '../core/private/closed-security-group';
import { Rule, validate, wholeBetween } from '../core/private/validation';
import { declareClosed, declareReachable } from '../core/reachable-by';

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
   * Most data held in whole GB, 1 to 5,000. A limit on cost: above it the oldest sessions with an expiry go.
   *
   * @default - from the traffic
   */
  readonly maxDataGb?: number;
}

const RULES: Rule<ValkeyServerlessProps>[] = [
  wholeBetween('maxEcpuPerSecond', 1000, 15_000_000, 'ElastiCache serverless takes limits in this range'),
  wholeBetween('maxDataGb', 1, 5000, 'ElastiCache serverless takes limits in this range'),
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

  constructor(scope: Construct, id: string, props: ValkeyServerlessProps, private readonly context: SessionsContext) {
    super(scope, id);
    this.limits = {
      ecpu: props.maxEcpuPerSecond ?? context.capacity.maxEcpuPerSecond,
      gb: props.maxDataGb ?? context.capacity.maxDataGb,
    };
    this.securityGroup = closedSecurityGroup(this, context.vpc, 'Sessions');
    const password = createPassword(this, context.encryptionKey);
    this.cache = this.createCache(this.createUserGroup(password));
    declareClosed(this.cache);
    this.environment = connection(this.cache.attrEndpointAddress, this.cache.attrEndpointPort, USER);
    this.secrets = connectionSecrets(password);
  }

  public attachTo(workload: IWorkload): void {
    workload.connections.allowTo(this.securityGroup, serverlessPorts(), 'Sessions');
    declareReachable(this.cache, workload);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    monitoring.monitorServerlessElastiCache({
      clusterId: this.cache.serverlessCacheName,
      humanReadableName: 'Sessions',
      alarmFriendlyName: 'Sessions',
      addThrottleRateAlarm: { Critical: { maxThrottleRatePercent: 1, evaluationPeriods: 3, datapointsToAlarm: 3 } },
    });
  }

  public describe(): BlockDescription {
    return {
      title: 'Valkey serverless',
      purpose: 'Keeps the sessions, so that any unit can serve any user',
      tier: Tier.DATA,
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
        dataStorage: { maximum: this.limits.gb, unit: 'GB' },
        ecpuPerSecond: { maximum: this.limits.ecpu },
      },
      snapshotRetentionLimit: 1,
    });
  }
}
