import { Stack } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { ApplicationMonitoring, WatchedApplication } from './application-monitoring';
import { Watching } from './facade';
import { GroundMonitoring, WatchedGround } from './ground-monitoring';
import { monitoringName } from './names';
import { namespaceIn } from '../../core/private/naming';
import { BoardLanguage } from '../boards/board-language';
import { OperationsBoard } from '../boards/private/operations-board';
import { textsIn } from '../boards/private/operations-texts';

/** What the monitoring of a platform needs. */
export interface PlatformMonitoringProps<Applications extends WatchedApplication[]> extends Omit<Watching, 'owner'> {
  readonly encryptionKey: IKey;
  readonly language: BoardLanguage;
  readonly applications: Applications;
  readonly ground: WatchedGround;
}

/** One for each application. */
export type Monitored<Applications extends WatchedApplication[]> = { [Index in keyof Applications]: ApplicationMonitoring };

/** The boards of a platform, and alarms that call whoever answers for each application, and for what they share. */
export class PlatformMonitoring<Applications extends WatchedApplication[]> extends Construct {
  /** In their order. */
  public readonly applications: Monitored<Applications>;
  public readonly ground: GroundMonitoring;
  /** For people without technical knowledge. */
  public readonly operations: OperationsBoard;

  constructor(private readonly platform: Construct, id: string, props: PlatformMonitoringProps<Applications>) {
    super(platform, id);
    const { applications, ground, encryptionKey, language, ...watching } = props;
    this.ground = new GroundMonitoring(platform, this, 'Ground', ground, watching);
    this.applications = applications.map(application => new ApplicationMonitoring(this.scopeOf(application), idOf(application, platform), {
      ...watching, application, ground: this.ground,
    })) as Monitored<Applications>;
    this.ground.watch(this.applications.map(({ board }) => board));
    this.operations = new OperationsBoard(this, 'Operations', {
      dashboardName: `${monitoringName(platform)}-Operations`,
      language,
      encryptionKey,
      profile: watching.profile,
      applications: [
        ...applications.map(({ name, owner }, index) => ({
          name, owner, alarms: [...this.applications[index].symptoms.named, ...this.ground.named],
        })),
        { name: textsIn(language).ground.replace('{platform}', ground.name), owner: ground.owner, alarms: this.ground.named },
      ],
    });
  }

  private scopeOf({ stack }: WatchedApplication): Construct {
    return stack === Stack.of(this.platform) ? this : namespaceIn(stack, this);
  }
}

/** The application of a platform that has one is the platform. */
function idOf({ construct }: WatchedApplication, platform: Construct): string {
  return construct === platform ? 'Application' : construct.node.id;
}
