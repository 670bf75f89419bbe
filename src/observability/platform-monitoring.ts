import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { AlarmStatusWidget, CompositeAlarm, IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { IMonitorable, Symptom } from '../core';
import { Boards, NoBoards } from './private/boards';
import { callable, PlatformFacade, Watching } from './private/facade';
import { createSymptomAlarms } from './private/symptoms';
import { acknowledgeSilence } from '../core/private/acknowledge';
import { nameInAllRegions } from '../core/private/naming';
import { IPlatformEdge } from '../edge';
import { Companion } from '../edge/companion';

/** What the monitoring of a platform needs. */
export interface PlatformMonitoringProps extends Watching {
  readonly subjects: IMonitorable[];
}

/** Longest name of a dashboard and of the part of an alarm's name that the path makes (CloudWatch: 255 in all). */
const MAX_NAME = 150;

/** The boards of a platform, and alarms that call whoever answers for it. */
export class PlatformMonitoring extends Construct {
  public readonly facade: MonitoringFacade;
  /** What customers may notice. */
  public readonly symptoms: Map<Symptom, CompositeAlarm>;

  constructor(scope: Construct, id: string, private readonly props: PlatformMonitoringProps) {
    super(scope, id);
    const name = nameInAllRegions(scope, MAX_NAME);
    const boards = new Boards(this, 'Boards', { namePrefix: name, headline: this.headline(scope.node.id) });
    this.facade = new PlatformFacade(this, 'Facade', { ...props, alarmNamePrefix: name, boards });
    props.subjects.forEach(subject => subject.monitorWith(this.facade));
    this.symptoms = createSymptomAlarms(this.facade);
    boards.service.addWidgets(...alarmWidgets(this.facade.createdAlarms().map(({ alarm }) => alarm)));
  }

  private headline(platform: string): string {
    const { profile, owner } = this.props;
    const who = owner === undefined ? [] : [callable(owner), ...owner.runbook === undefined ? [] : [`[runbook](${owner.runbook})`]];
    return [platform, profile.name, ...who].join(' · ');
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
    const facade = new PlatformFacade(this, 'Facade', { ...watching, alarmNamePrefix: nameInAllRegions(platform, MAX_NAME), boards: new NoBoards() });
    edge.alarmWith(facade, distribution);
    acknowledgeSilence(this, watching.profile);
  }
}

/** Alarms of one widget (CloudWatch API, "Dashboard body structure and syntax"). */
const ALARMS_OF_WIDGET = 100;

/** State of each alarm. */
function alarmWidgets(alarms: IAlarm[]): AlarmStatusWidget[] {
  const pages = Math.ceil(alarms.length / ALARMS_OF_WIDGET);
  return Array.from({ length: pages }, (_, page) => new AlarmStatusWidget({
    title: 'Alarms', width: 24, height: 4, alarms: alarms.slice(page * ALARMS_OF_WIDGET, (page + 1) * ALARMS_OF_WIDGET),
  }));
}
