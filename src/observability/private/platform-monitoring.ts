import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { ApplicationMonitoring, headline, WatchedApplication } from './application-monitoring';
import { EdgeAlarms } from './edge-alarms';
import { Watching } from './facade';
import { monitoringName } from './names';
import { Language } from '../boards/language';
import { createBoard } from '../boards/private/boards';
import { OperationsBoard } from '../boards/private/operations-board';

/** What the monitoring of a platform needs. */
export interface PlatformMonitoringProps extends Omit<Watching, 'owner'> {
  readonly encryptionKey: IKey;
  readonly language: Language;
  readonly applications: WatchedApplication[];
  /** Alarms that are in us-east-1, of the first application: what stands at the edge is in front of it. */
  readonly edgeAlarms?: EdgeAlarms;
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
    const edgeOf = (application: WatchedApplication) => application === first ? edgeAlarms : undefined;
    this.applications = applications.map(application => new ApplicationMonitoring(this, idOf(application, platform), {
      ...watching, application, platformBoard, edgeAlarms: edgeOf(application),
    }));
    this.operations = new OperationsBoard(this, 'Operations', {
      dashboardName: `${name}-Operations`,
      language,
      encryptionKey,
      profile: watching.profile,
      applications: applications.map((application, index) => ({
        name: application.name,
        owner: application.owner,
        alarms: [...this.applications[index].symptoms.named, ...edgeOf(application)?.symptoms.named ?? []],
      })),
    });
  }
}

/** The application of a platform that has one is the platform. */
function idOf({ construct }: WatchedApplication, platform: Construct): string {
  return construct === platform ? 'Application' : construct.node.id;
}
