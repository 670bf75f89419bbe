import { IKey } from 'aws-cdk-lib/aws-kms';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { ApplicationMonitoring, headline, WatchedApplication } from './application-monitoring';

import { Language } from './boards/language';
import { OperationsAlarm, OperationsBoard } from './boards/operations-board';
import { createBoard } from './boards/private/boards';
import { Watching } from './private/facade';
import { monitoringName } from './private/names';
import { SYMPTOMS } from '../core/private/advised';

/** Where CloudFront's metrics are. */
const US_EAST_1 = 'us-east-1';

/** What the monitoring of a platform needs. */
export interface PlatformMonitoringProps extends Omit<Watching, 'owner'> {
  readonly encryptionKey: IKey;
  readonly language: Language;
  readonly applications: WatchedApplication[];
  /** Alarms that are in us-east-1, of the first application: what stands at the edge is in front of it. */
  readonly edgeAlarms?: MonitoringFacade;
}

/** The boards of a platform, and alarms that call whoever answers for each application. */
export class PlatformMonitoring extends Construct {
  /** One for each application, in their order. */
  public readonly applications: ApplicationMonitoring[];
  /** For people without technical knowledge. */
  public readonly operations: OperationsBoard;

  constructor(platform: Construct, id: string, { applications, edgeAlarms, encryptionKey, language, ...watching }: PlatformMonitoringProps) {
    super(platform, id);
    const name = monitoringName(platform);
    const [first] = applications;
    const platformBoard = createBoard(this, 'Platform', `${name}-Platform`, headline(first, watching.profile.name));
    this.applications = applications.map(application =>
      new ApplicationMonitoring(this, idOf(application, platform), { ...watching, application, platformBoard }));
    this.operations = new OperationsBoard(this, 'Operations', {
      dashboardName: `${name}-Operations`,
      language,
      encryptionKey,
      profile: watching.profile,
      applications: applications.map((application, index) => ({
        name: application.name,
        owner: application.owner,
        alarms: [...symptomsOf(this.applications[index]), ...index === 0 && edgeAlarms !== undefined ? edgeSymptoms(edgeAlarms) : []],
      })),
    });
  }
}

/** The application of a platform that has one is the platform. */
function idOf({ construct }: WatchedApplication, platform: Construct): string {
  return construct === platform ? 'Application' : construct.node.id;
}

function symptomsOf({ symptoms }: ApplicationMonitoring): OperationsAlarm[] {
  return [...symptoms].map(([symptom, { alarmName }]) => ({ symptom, alarmName }));
}

/** A composite alarm has children in its own Region alone: the board reads these one by one. */
function edgeSymptoms(monitoring: MonitoringFacade): OperationsAlarm[] {
  return SYMPTOMS.flatMap(symptom => monitoring.createdAlarmsWithTag(symptom)
    .map(({ alarmName }) => ({ symptom, alarmName, region: US_EAST_1 })));
}
