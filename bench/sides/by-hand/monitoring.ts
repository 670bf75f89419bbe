import { Duration, Stack } from 'aws-cdk-lib';
import { AlarmStatusWidget, Dashboard, TextWidget, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import {
  AuroraClusterMonitoring, CloudFrontDistributionMonitoring, DefaultDashboardFactory, MonitoringFacade, S3BucketMonitoring, SnsAlarmActionStrategy,
} from 'cdk-monitoring-constructs';
import { HandApplication } from './application';
import { HandDatabase, HandSessions } from './data';
import { HandEdge } from './edge';
import { Alarms } from './monitoring/alarms';
import { applicationSection } from './monitoring/application';
import { backupSection, databaseSection } from './monitoring/database';
import { balancerSection, firewallSection } from './monitoring/edge';
import { costSection, networkSection } from './monitoring/network';
import { addObjectives } from './monitoring/objectives';
import { createOperationsBoard } from './monitoring/operations';
import { createQueries, queryWidgets } from './monitoring/queries';
import { addSection, Boards, Section } from './monitoring/sections';
import { sessionsSection } from './monitoring/sessions';

/** What is watched. */
export interface Watched {
  readonly key: IKey;
  readonly topic: ITopic;
  readonly vpc: Vpc;
  readonly flowLogs: ILogGroup;
  readonly database: HandDatabase;
  readonly sessions: HandSessions;
  readonly application: HandApplication;
  readonly edge: HandEdge;
}

/** Alarms, and three boards: for engineers, for the team, and for people without technical knowledge. */
export function monitor(stack: Stack, watched: Watched): void {
  const { key, topic, vpc, flowLogs, database, sessions, application, edge } = watched;
  const alarms = new Alarms(stack, topic);
  const boards: Boards = { platform: createBoard(stack, 'Platform'), service: createBoard(stack, 'Service') };
  const facade = createFacade(stack, topic);
  const add = (...sections: Section[]) => sections.forEach(section => addSection(stack, alarms, boards, section));

  addObjectives(stack, alarms, boards, application.loadBalancer);
  addDistribution(facade, alarms, boards, edge);
  add(firewallSection(), balancerSection(application.loadBalancer), applicationSection(application), sessionsSection(sessions));
  boards.platform.addWidgets(...new AuroraClusterMonitoring(facade, {
    cluster: database.cluster, humanReadableName: 'Aurora MySQL', alarmFriendlyName: 'Database',
  }).widgets());
  add(databaseSection(database), backupSection(database));
  boards.platform.addWidgets(...new S3BucketMonitoring(facade, {
    bucket: edge.media, humanReadableName: 'Media', alarmFriendlyName: 'Media',
  }).widgets());
  add(networkSection(vpc), costSection({ Application: application.logGroup }), costSection({ 'Web firewall': edge.webAclLogs, 'Flow logs': flowLogs }));

  createQueries(stack, application.logGroup, edge.webAclLogs, flowLogs);
  boards.service.addWidgets(...queryWidgets(stack, application.logGroup));
  boards.service.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms: alarms.byUrgency(), width: 24, height: 8 }));
  createOperationsBoard(stack, key, alarms.symptoms(), alarms.noticed('Ground'));
}

function createBoard(stack: Stack, name: string): Dashboard {
  const board = new Dashboard(stack, `${name}Board`, { dashboardName: `Bench-${name}`, start: '-PT8H' });
  board.addWidgets(new TextWidget({ markdown: '# Shop · production', width: 24, height: 1 }));
  return board;
}

/** For the sections that cdk-monitoring-constructs has ready-made. */
function createFacade(stack: Stack, topic: ITopic): MonitoringFacade {
  return new MonitoringFacade(stack, 'Monitoring', {
    alarmFactoryDefaults: {
      alarmNamePrefix: 'Bench', actionsEnabled: true, action: new SnsAlarmActionStrategy({ onAlarmTopic: topic, onOkTopic: topic }),
    },
    dashboardFactory: new DefaultDashboardFactory(stack, 'NoDashboards', { dashboardNamePrefix: 'Bench', createDashboard: false }),
  });
}

function addDistribution(facade: MonitoringFacade, alarms: Alarms, { platform, service }: Boards, { distribution }: HandEdge): void {
  const section = new CloudFrontDistributionMonitoring(facade, {
    distribution,
    humanReadableName: 'Edge',
    alarmFriendlyName: 'Edge',
    additionalMetricsEnabled: false,
    addFault5xxRate: {
      Critical: {
        maxErrorRate: 5,
        period: Duration.minutes(1),
        evaluationPeriods: 6,
        datapointsToAlarm: 3,
        minSampleCountToEvaluateDatapoint: 20,
        treatMissingDataOverride: TreatMissingData.NOT_BREACHING,
        alarmDescriptionOverride: 'More than 5 % of the answers at the edge are errors of the service (HTTP 5xx). First check: whether the load balancer fails as well: if not, the edge does not reach it; then the last change of the edge, and AWS Health for CloudFront.',
        documentationLink: 'https://github.com/cdk-platform-patterns/cdk-platform-patterns/blob/main/docs/runbooks/requests-fail.md',
      },
    },
  });
  section.createdAlarms().forEach(({ alarm }) => alarms.remember(alarm, 'Critical', 'Failing'));
  platform.addWidgets(...section.widgets());
  service.addWidgets(...section.summaryWidgets());
}
