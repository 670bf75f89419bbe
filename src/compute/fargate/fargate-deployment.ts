import { Duration } from 'aws-cdk-lib';
import { DeploymentStrategy, IDeploymentLifecycleHookTarget, TrafficShiftConfig } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { tokenIn } from '../../core/private/units';
import { Rule, validate, wholeBetween } from '../../core/private/validation';

/** What ECS is told of the way in which a new version takes over. */
export interface FargateDeploymentSettings {
  /** The strategy of ECS. All but `ROLLING` run the new version beside the old one and move the requests over. */
  readonly strategy: DeploymentStrategy;
  /**
   * How long the old version stays ready after the new one has every request, in whole minutes.
   *
   * @default - as long as ECS works out from the deployment's alarm
   */
  readonly bakeTime?: Duration;
  /**
   * The first share of the requests, and how long it stays at that; for `DeploymentStrategy.CANARY`.
   *
   * @default - no share of the requests goes ahead
   */
  readonly canary?: TrafficShiftConfig;
  /**
   * The share of the requests that moves at each step, and the time between two; for `DeploymentStrategy.LINEAR`.
   *
   * @default - the requests do not move in steps
   */
  readonly linear?: TrafficShiftConfig;
  /**
   * Functions that ECS calls at stages of a deployment, and that may stop it.
   *
   * @default - ECS calls nothing
   */
  readonly lifecycleHooks?: IDeploymentLifecycleHookTarget[];
}

/** How a new version of the application takes over. Bring your own by implementing it. */
export interface IFargateDeployment {
  /**
   * Says what ECS is to do, and creates what that takes.
   *
   * @param scope the workload
   */
  bind(scope: Construct): FargateDeploymentSettings;
}

/** Options of a blue/green deployment. */
export interface FargateBlueGreenProps {
  /**
   * How long the old version stays ready after the new one has every request: 0 to 1,440 whole minutes. Going back
   * within this time takes seconds.
   *
   * @default Duration.minutes(5) - twice what the deployment's alarm takes to see failing answers
   */
  readonly bakeTime?: Duration;
}

/** Options of a canary deployment. */
export interface FargateCanaryProps {
  /**
   * Share of the requests that tries the new version first: 1 to 99 percent.
   *
   * @default 10
   */
  readonly percent?: number;
  /**
   * How long it stays at that share: 0 to 1,440 whole minutes.
   *
   * @default Duration.minutes(5) - twice what the deployment's alarm takes to see failing answers
   */
  readonly interval?: Duration;
  /**
   * How long the old version stays ready after the new one has every request: 0 to 1,440 whole minutes.
   *
   * @default Duration.minutes(5)
   */
  readonly bakeTime?: Duration;
}

/** Longest time at a stage (ECS API reference, `DeploymentConfiguration` and `CanaryConfiguration`). */
const MAX_MINUTES = 1440;

const BLUE_GREEN: Rule<FargateBlueGreenProps>[] = [wholeMinutes('bakeTime')];
const CANARY: Rule<FargateCanaryProps>[] = [
  wholeBetween('percent', 1, 99, 'for all requests at once use FargateDeployment.blueGreen()'),
  wholeMinutes('interval'),
  wholeMinutes('bakeTime'),
];

/**
 * Ways in which a new version of the application takes over. Each goes back by itself when the new version's answers
 * fail; going from one to another changes the service in place.
 */
export class FargateDeployment {
  /**
   * Units are replaced one after another, and none goes before its successor answers: no capacity stands idle. A version
   * that does not start is given up.
   */
  public static rolling(): IFargateDeployment {
    return { bind: () => ({ strategy: DeploymentStrategy.ROLLING }) };
  }

  /**
   * As many new units as there are old ones start beside them, and then get every request at once. Twice the units run
   * meanwhile.
   *
   * @param props how long the old version stays ready
   * @throws Error when the time is not 0 to 1,440 whole minutes
   */
  public static blueGreen(props: FargateBlueGreenProps = {}): IFargateDeployment {
    validate('FargateDeployment.blueGreen', props, BLUE_GREEN);
    return { bind: () => ({ strategy: DeploymentStrategy.BLUE_GREEN, bakeTime: props.bakeTime ?? Duration.minutes(5) }) };
  }

  /**
   * As blue/green, but a share of the requests tries the new version first.
   *
   * @param props how large a share, and for how long
   * @throws Error when the share is not 1 to 99 percent, or a time is not 0 to 1,440 whole minutes
   */
  public static canary(props: FargateCanaryProps = {}): IFargateDeployment {
    validate('FargateDeployment.canary', props, CANARY);
    const { percent = 10, interval = Duration.minutes(5), bakeTime = Duration.minutes(5) } = props;
    return { bind: () => ({ strategy: DeploymentStrategy.CANARY, bakeTime, canary: { stepPercent: percent, stepBakeTime: interval } }) };
  }

  private constructor() {}
}

function wholeMinutes<P>(prop: keyof P & string): Rule<P> {
  return props => {
    const duration = props[prop] as Duration | undefined;
    if (duration === undefined) return undefined;
    if (duration.isUnresolved()) return tokenIn<P>(prop, 'minutes')(props);
    const minutes = duration.toMinutes({ integral: false });
    return Number.isInteger(minutes) && minutes <= MAX_MINUTES ? undefined
      : `'${prop}' must be 0 to ${MAX_MINUTES} whole minutes, got ${minutes} minutes: ECS counts the stages of a deployment in minutes, up to a day`;
  };
}
