import { Duration, RemovalPolicy, Token } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { tokenIn } from './private/units';
import { known, notAbove, Rule, validate, wholeBetween } from './private/validation';

/** What may be changed in a profile. */
export interface EnvironmentProfileOverrides {
  /**
   * Availability Zones that a new network spans, 2 to 6; us-west-1 has 2 for most accounts, other Regions at least 3;
   * `Network.create` takes up to 5. A change moves no subnet and replaces no data store.
   *
   * @default - production 3, development 2
   */
  readonly availabilityZones?: number;
  /**
   * NAT gateways, 0 to the number of zones. Without one the application reaches ECR, S3, CloudWatch Logs, Secrets Manager and
   * KMS by endpoints, and nothing else.
   *
   * @default - production one in each zone, development 1
   */
  readonly natGateways?: number;
  /**
   * Units of the application that always run, at the least.
   *
   * @default - production 2, development 1
   */
  readonly minimumUnits?: number;
  /**
   * Whether databases and caches have a standby in another zone. With one, the least capacity of a serverless database is
   * larger too: 2 ACU at the least instead of 0.5, and what grows to the peak's capacity while units start, when the traffic
   * comes unannounced. Without one, the default types of a database are burstable. Backups are the same either way.
   *
   * @default - production true, development false
   */
  readonly multiAz?: boolean;
  /**
   * Whether data stores and the load balancer refuse to be deleted.
   *
   * @default - production true, development false
   */
  readonly deletionProtection?: boolean;
  /**
   * What happens to stored data when its resource leaves the stack: `DESTROY`, `RETAIN` or `RETAIN_ON_UPDATE_OR_DELETE`.
   *
   * @default - production RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, development RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
  /**
   * How long the database's backups are kept, 1 to 35 days (the range of RDS automated backups).
   *
   * @default - production 35 days, development 1 day
   */
  readonly backupRetention?: Duration;
  /**
   * How long logs are kept.
   *
   * @default - production RetentionDays.ONE_YEAR, development RetentionDays.ONE_WEEK
   */
  readonly logRetention?: RetentionDays;
  /**
   * Whether alarms notify somebody; otherwise they only show on the boards.
   *
   * @default - production true, development false
   */
  readonly notifyOnAlarm?: boolean;
}

const POLICIES = [RemovalPolicy.DESTROY, RemovalPolicy.RETAIN, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE];

const RETENTIONS = Object.values(RetentionDays).filter(days => typeof days === 'number');

const KNOWN_MEND = 'subnets, routes and sizes are made by it';

const RULES: Rule<EnvironmentProfileOverrides>[] = [
  known('availabilityZones', KNOWN_MEND),
  known('natGateways', KNOWN_MEND),
  known('minimumUnits', KNOWN_MEND),
  wholeBetween('availabilityZones', 2, 6, 'load balancers and Aurora need 2 zones, and no region has more than 6'),
  wholeBetween('natGateways', 0, Infinity, 'give 0 for none, or up to one for each zone'),
  wholeBetween('minimumUnits', 1, 5000, 'an ECS service runs up to 5,000 tasks'),
  ({ removalPolicy }) => removalPolicy === undefined || POLICIES.includes(removalPolicy) ? undefined
    : `'removalPolicy' must be one of ${POLICIES.join(', ')}, got ${removalPolicy}: CloudFormation takes no snapshots of keys, buckets, secrets and log groups; RETAIN keeps them as they are`,
  ({ logRetention: days }) => days === undefined || Token.isUnresolved(days) || RETENTIONS.includes(days) ? undefined
    : `'logRetention' must be a time that CloudWatch Logs keeps logs for, got ${days}: give one of RetentionDays, such as RetentionDays.ONE_YEAR`,
  props => {
    if (props.backupRetention === undefined || props.backupRetention.isUnresolved()) return undefined;
    const days = props.backupRetention.toDays({ integral: false });
    return Number.isInteger(days) && days >= 1 && days <= 35 ? undefined
      : `'backupRetention' must be between 1 and 35 whole days, got ${days} days: RDS keeps automated backups for 35 days at the most; keep longer ones in AWS Backup`;
  },
  tokenIn('backupRetention', 'days'),
];

/** The only place that tells production from development. */
export class EnvironmentProfile {
  /**
   * For users: redundant in every tier, protected against deletion, watched.
   *
   * @param overrides what is to differ
   * @throws Error when a number is out of its range
   */
  public static production(overrides: EnvironmentProfileOverrides = {}): EnvironmentProfile {
    return EnvironmentProfile.of('production', {
      availabilityZones: 3,
      natGateways: overrides.availabilityZones ?? 3,
      minimumUnits: 2,
      multiAz: true,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      backupRetention: Duration.days(35),
      logRetention: RetentionDays.ONE_YEAR,
      notifyOnAlarm: true,
    }, overrides);
  }

  /**
   * For work on the application: the same parts, one of each, gone without a trace when the stack is deleted.
   *
   * @param overrides what is to differ
   * @throws Error when a number is out of its range
   */
  public static development(overrides: EnvironmentProfileOverrides = {}): EnvironmentProfile {
    return EnvironmentProfile.of('development', {
      availabilityZones: 2,
      natGateways: 1,
      minimumUnits: 1,
      multiAz: false,
      deletionProtection: false,
      removalPolicy: RemovalPolicy.DESTROY,
      backupRetention: Duration.days(1),
      logRetention: RetentionDays.ONE_WEEK,
      notifyOnAlarm: false,
    }, overrides);
  }

  private static of(
    name: string, defaults: Required<EnvironmentProfileOverrides>, overrides: EnvironmentProfileOverrides,
  ): EnvironmentProfile {
    const values = { ...defaults, ...given(overrides) };
    const gateways = notAbove<EnvironmentProfileOverrides>('natGateways', 'availabilityZones', 'a zone has one NAT gateway at the most');
    validate(`EnvironmentProfile.${name}`, overrides, [...RULES, () => gateways(values)]);
    return new EnvironmentProfile(name, values);
  }

  /** Availability Zones that the network spans. */
  public readonly availabilityZones: number;
  /** NAT gateways. */
  public readonly natGateways: number;
  /** Units of the application that always run, at the least. */
  public readonly minimumUnits: number;
  /** Whether databases and caches have a standby in another zone. */
  public readonly multiAz: boolean;
  /** Whether data stores and the load balancer refuse to be deleted. */
  public readonly deletionProtection: boolean;
  /** What happens to stored data when its resource leaves the stack. */
  public readonly removalPolicy: RemovalPolicy;
  /** How long the database's backups are kept. */
  public readonly backupRetention: Duration;
  /** How long logs are kept. */
  public readonly logRetention: RetentionDays;
  /** Whether alarms notify somebody. */
  public readonly notifyOnAlarm: boolean;

  private constructor(
    /** `production` or `development`. */
    public readonly name: string,
    values: Required<EnvironmentProfileOverrides>,
  ) {
    this.availabilityZones = values.availabilityZones;
    this.natGateways = values.natGateways;
    this.minimumUnits = values.minimumUnits;
    this.multiAz = values.multiAz;
    this.deletionProtection = values.deletionProtection;
    this.removalPolicy = values.removalPolicy;
    this.backupRetention = values.backupRetention;
    this.logRetention = values.logRetention;
    this.notifyOnAlarm = values.notifyOnAlarm;
  }

  /** Whether data goes when its resource leaves the stack. */
  public get destroysData(): boolean {
    return this.removalPolicy === RemovalPolicy.DESTROY;
  }
}

/** The overrides without the keys whose value is undefined, which would hide a default. */
function given(overrides: EnvironmentProfileOverrides): EnvironmentProfileOverrides {
  return Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
}
