import { Annotations, Duration, Stack, Token } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { AaaaRecord, ARecord, IAliasRecordTarget, IHealthCheck, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CustomMetric, CustomThreshold, MetricStatistic, MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { askByAddress, askByName, readHealthyUnits } from './health-checks';
import { BlockDescription, Severity, Symptom, Tier } from '../../core';
import { withAdvice } from '../../core/private/alarms/with-advice';
import { identityOf } from '../../core/private/block-links';
import { US_EAST_1 } from '../../core/private/regions';
import { wholeDuration } from '../../core/private/units';
import { known, matches, Rule, validate, wholeBetween } from '../../core/private/validation';
import { IWebWorkload } from '../../workload';
import { CutOverContext, ICutOver, ICutOverStep } from '../contract';
import { WeightedCutOverProps } from '../cut-over-props';

const TITLE = 'Cut-over';
/** The side that is not the legacy site. */
const PLATFORM = 'Platform';
const NO_CHECK = 'cdk-platform-patterns:migration-platform-unchecked';
const NO_ALARMS = 'cdk-platform-patterns:migration-health-alarms';

const RULES: Rule<WeightedCutOverProps>[] = [
  known('platformShare', 'the shares of both sides are worked out from it'),
  wholeBetween('platformShare', 0, 100, 'give the platform\'s percentage of the answers; the rest is the legacy site\'s'),
  matches('legacyHealthCheckPath', /^\/.{0,254}$/, 'must be a path of up to 255 characters that begins with a slash', 'give such as \'/healthz\''),
  ({ ttl }) => {
    const seconds = ttl === undefined || ttl.isUnresolved() ? undefined : ttl.toSeconds({ integral: false });
    return seconds === undefined || (seconds >= 1 && seconds <= 86400) ? undefined
      : `'ttl' must be between 1 second and 1 day, got ${seconds} seconds: give as long as a way back may take`;
  },
  wholeDuration('ttl', 'seconds', 'DNS counts in seconds'),
];

/** The choice of weighted DNS. */
export class WeightedCutOver implements ICutOver {
  constructor(private readonly props: WeightedCutOverProps) {
    validate('CutOver.weighted', props, RULES);
  }

  public bind(scope: Construct, context: CutOverContext): ICutOverStep {
    return new WeightedRecords(scope, 'Weighted', this.props, context);
  }
}

/** The records of the legacy site, beside those that the edge makes, and a health check for each side. */
class WeightedRecords extends Construct implements ICutOverStep {
  public readonly platformShare: number;
  public readonly ipv6: boolean;
  private readonly checks: { side: string; check: IHealthCheck }[] = [];

  constructor(scope: Construct, id: string, private readonly props: WeightedCutOverProps, private readonly context: CutOverContext) {
    super(scope, id);
    this.platformShare = props.platformShare;
    this.ipv6 = props.legacy.answersIpv6 || props.platformShare === 100;
    this.createRecords();
    const { region } = Stack.of(this);
    if (!Token.isUnresolved(region) && region !== US_EAST_1) {
      Annotations.of(this).addWarningV2(NO_ALARMS,
        `[${this.node.path}] no alarm watches the health checks, whose metrics are in ${US_EAST_1} alone, and the stack is in ${region}: watch the dashboard while the share changes`);
    }
  }

  public healthCheckOf({ targetGroups = [] }: IWebWorkload): IHealthCheck | undefined {
    if (targetGroups.length > 0) return this.watched(PLATFORM, readHealthyUnits(new Construct(this, PLATFORM), targetGroups));
    Annotations.of(this).addWarningV2(NO_CHECK,
      `[${this.node.path}] the platform has no health check, since its workload names no 'targetGroups': DNS leads its share of the users to it in any case`);
    return undefined;
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    const { region } = Stack.of(this);
    const isElsewhere = !Token.isUnresolved(region) && region !== US_EAST_1;
    const metrics = monitoring.createMetricFactory();
    const graph = ({ side, check }: { side: string; check: IHealthCheck }): CustomMetric => {
      const metric = metrics.createMetric('HealthCheckStatus', MetricStatistic.MIN, side, { HealthCheckId: check.healthCheckId },
        undefined, 'AWS/Route53', undefined, isElsewhere ? US_EAST_1 : undefined);
      return isElsewhere ? metric : { metric, alarmFriendlyName: `${side}-Answers`, addAlarm: this.unanswered(side) };
    };
    monitoring.monitorCustom({
      humanReadableName: TITLE,
      alarmFriendlyName: 'Cut-Over',
      addToSummaryDashboard: false,
      metricGroups: [{ title: 'Healthy (1) or unhealthy (0)', metrics: this.checks.map(graph) }],
    });
  }

  public describe(): BlockDescription {
    return {
      ...identityOf(this),
      title: TITLE,
      purpose: 'Leads users over from where the application runs today, and back',
      tier: Tier.EDGE,
      facts: {
        platform: `${this.platformShare} % of the DNS answers`,
        ipv6: this.props.legacy.answersIpv6 ? 'both sides, by the same share' : 'the platform alone, once it has every answer',
      },
    };
  }

  /**
   * Whether answers hang on the health checks: only while both sides serve by plan. When one side has every answer the
   * other is not ready yet, or its data is old: to send users there is a decision, not a reflex.
   */
  private get steers(): boolean {
    return this.platformShare > 0 && this.platformShare < 100;
  }

  private createRecords(): void {
    const { target, hostname, ipv4, ipv6, answersIpv6 } = this.props.legacy;
    const { zone, name } = this.context.domain;
    const { ttl = Duration.seconds(60), platformShare, legacyHealthCheckPath: path = '/', legacyHttps: https = true } = this.props;
    const record = { zone: zone!, recordName: name, setIdentifier: 'legacy', weight: 100 - platformShare };
    const byAddress = (id: string, addresses: string[]) => ({
      ...record,
      ttl,
      target: RecordTarget.fromValues(...addresses),
      healthCheck: this.watched(id, askByAddress(new Construct(this, id), addresses, { host: name, path, https })),
    });
    const byAlias = (alias: IAliasRecordTarget) => ({
      ...record,
      target: RecordTarget.fromAlias(alias),
      healthCheck: hostname === undefined ? undefined : this.watched('Legacy', askByName(this, 'Legacy', { host: hostname, path, https })),
    });
    const alias = target === undefined ? undefined : byAlias(target);
    new ARecord(this, 'Ipv4', alias ?? byAddress('LegacyIpv4', ipv4));
    if (answersIpv6) new AaaaRecord(this, 'Ipv6', alias ?? byAddress('LegacyIpv6', ipv6));
  }

  /** Whoever is led there notices; a side that nobody is led to can wait until morning. */
  private unanswered(side: string): { [severity: string]: CustomThreshold } {
    const share = side === PLATFORM ? this.platformShare : 100 - this.platformShare;
    const symptom = share === 100 ? Symptom.DOWN : Symptom.FAILING;
    return {
      [share > 0 ? Severity.CRITICAL : Severity.WARNING]: {
        threshold: 1,
        comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
        // Route 53 has asked three times, from several Regions, before it says so.
        evaluationPeriods: 1,
        datapointsToAlarm: 1,
        treatMissingDataOverride: TreatMissingData.MISSING,
        ...withAdvice({
          why: `${side} is not well by its health check, and has ${share} % of the DNS answers: while both sides have a share, DNS leaves it out.`,
          firstCheck: 'whether the site answers from elsewhere; then decide whether the share goes back.',
          runbook: 'application-is-down',
          ...share > 0 ? { symptom } : {},
        }),
      },
    };
  }

  /** Remembers what is to be seen on the dashboard; returns the check when answers hang on it. */
  private watched(side: string, check: IHealthCheck): IHealthCheck | undefined {
    this.checks.push({ side, check });
    return this.steers ? check : undefined;
  }
}
