import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { EnvironmentProfile, IMonitorable, Owner } from '../core';
import { acknowledgeSilence } from '../core/private/acknowledge';
import { monitoringConstructs } from '../core/private/monitoring-constructs';
import { nameInAllRegions } from '../core/private/naming';
import { IPlatformEdge } from '../edge';
import { Companion } from '../edge/companion';

/** Whom alarms tell, and what they say. */
export interface Watching {
  readonly profile: EnvironmentProfile;
  readonly topic: ITopic;
  readonly owner?: Owner;
}

/** What the monitoring of a platform needs. */
export interface PlatformMonitoringProps extends Watching {
  readonly subjects: IMonitorable[];
}

/** Longest name of a dashboard and of the part of an alarm's name that the path makes (CloudWatch: 255 in all). */
const MAX_NAME = 150;

/** One dashboard for the platform, and alarms that publish to its topic. */
export class PlatformMonitoring extends Construct {
  public readonly facade: MonitoringFacade;

  constructor(scope: Construct, id: string, private readonly props: PlatformMonitoringProps) {
    super(scope, id);
    this.facade = facadeFor(this, nameInAllRegions(scope, MAX_NAME), true, props);
    this.facade.addLargeHeader(this.headline(scope.node.id));
    props.subjects.forEach(subject => subject.monitorWith(this.facade));
  }

  private headline(platform: string): string {
    const { profile, owner } = this.props;
    const who = owner === undefined ? '' : ` · ${owner.name}, ${owner.contact}`;
    return `${platform} · ${profile.name}${who}`;
  }
}

/** What CloudFront's alarms in us-east-1 need. */
export interface EdgeAlarmsProps extends Watching {
  readonly companion: Companion;
  readonly edge: IPlatformEdge;
}

/** The alarms of a platform outside us-east-1 that must be there, without a dashboard: the platform's shows their metrics. */
export class EdgeAlarms extends Construct {
  constructor(platform: Construct, id: string, { companion, edge, ...watching }: EdgeAlarmsProps) {
    super(companion.alarmNamespace, id);
    const { distributionId, distributionDomainName } = edge.distribution;
    const { DistributionId, DomainName } = companion.take({ DistributionId: distributionId, DomainName: distributionDomainName });
    const distribution = Distribution.fromDistributionAttributes(this, 'Distribution', { distributionId: DistributionId, domainName: DomainName });
    edge.alarmWith(facadeFor(this, nameInAllRegions(platform, MAX_NAME), false, watching), distribution);
    acknowledgeSilence(this, watching.profile);
  }
}

function facadeFor(scope: Construct, name: string, createDashboard: boolean, { profile, topic, owner }: Watching): MonitoringFacade {
  const { DefaultDashboardFactory, MonitoringFacade: Facade, SnsAlarmActionStrategy } = monitoringConstructs();
  return new Facade(scope, 'Facade', {
    alarmFactoryDefaults: {
      alarmNamePrefix: name,
      actionsEnabled: profile.notifyOnAlarm,
      action: new SnsAlarmActionStrategy({ onAlarmTopic: topic, onOkTopic: topic }),
      runbookLink: owner?.runbook,
    },
    dashboardFactory: new DefaultDashboardFactory(scope, 'Dashboards', {
      dashboardNamePrefix: name,
      createDashboard,
      createSummaryDashboard: false,
      createAlarmDashboard: false,
    }),
  });
}
