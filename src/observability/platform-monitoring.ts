import { ITopic } from 'aws-cdk-lib/aws-sns';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { EnvironmentProfile, IMonitorable, Owner } from '../core';
import { monitoringConstructs } from '../core/private/monitoring-constructs';
import { nameInAccount } from '../core/private/naming';

/** What the monitoring of a platform needs. */
export interface PlatformMonitoringProps {
  readonly profile: EnvironmentProfile;
  readonly topic: ITopic;
  readonly subjects: IMonitorable[];
  readonly owner?: Owner;
}

/** Longest name of a dashboard and of the part of an alarm's name that the path makes (CloudWatch: 255 in all). */
const MAX_NAME = 150;

/** One dashboard for the platform, and alarms that publish to its topic. */
export class PlatformMonitoring extends Construct {
  public readonly facade: MonitoringFacade;

  constructor(scope: Construct, id: string, private readonly props: PlatformMonitoringProps) {
    super(scope, id);
    this.facade = this.createFacade(nameInAccount(scope, MAX_NAME));
    this.facade.addLargeHeader(this.headline(scope.node.id));
    props.subjects.forEach(subject => subject.monitorWith(this.facade));
  }

  private createFacade(name: string): MonitoringFacade {
    const { DefaultDashboardFactory, MonitoringFacade: Facade, SnsAlarmActionStrategy } = monitoringConstructs();
    const { profile, topic, owner } = this.props;
    return new Facade(this, 'Facade', {
      alarmFactoryDefaults: {
        alarmNamePrefix: name,
        actionsEnabled: profile.notifyOnAlarm,
        action: new SnsAlarmActionStrategy({ onAlarmTopic: topic, onOkTopic: topic }),
        runbookLink: owner?.runbook,
      },
      dashboardFactory: new DefaultDashboardFactory(this, 'Dashboards', {
        dashboardNamePrefix: name,
        createSummaryDashboard: false,
        createAlarmDashboard: false,
      }),
    });
  }

  private headline(platform: string): string {
    const { profile, owner } = this.props;
    const who = owner === undefined ? '' : ` · ${owner.name}, ${owner.contact}`;
    return `${platform} · ${profile.name}${who}`;
  }
}
