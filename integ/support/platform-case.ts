import { App, Duration, Environment, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Proof, ProvenPlatform } from './proof';
import { step } from './step';
import { Compute, EnvironmentProfile, FargateProps, ICompute, Traffic } from '../../src';

/**
 * SHOP_IMAGE names the image of the application; it must answer /healthz on port 8080, as apps/php-shop does. Without it a
 * public web server runs, which proves the platform but is no shop.
 */
const PUBLIC_WEB_SERVER = 'public.ecr.aws/nginx/nginx-unprivileged:stable';
/** Another image of the same server, for the step that changes the image. */
const NEXT_WEB_SERVER = 'public.ecr.aws/nginx/nginx-unprivileged:mainline';

/** Production in all that is asserted; but a test pays for few zones. */
const CHEAPER = { availabilityZones: 2, natGateways: 1, deletionProtection: false, backupRetention: Duration.days(1) };

/**
 * An integration case: one app with a platform, deployed on the local AWS or in a sandbox account.
 *
 * Without a step it is deployed once, asked by `prove`, and gone again. With one (see step.ts) it is a moment in the life
 * of a platform: `npx projen integ:life-cycle` deploys it step by step, then deletes it and looks at what is left.
 */
export class PlatformCase {
  public readonly app = new App();
  /** The stack of the platform. */
  public readonly stack: Stack;

  constructor(id: string, public readonly env: Environment = { region: 'us-east-1' }) {
    this.stack = new Stack(this.app, id, { env });
  }

  /** Keeps what it stores in a life cycle, as production does; otherwise it leaves nothing behind. */
  public get profile(): EnvironmentProfile {
    return EnvironmentProfile.production(step() === undefined ? { ...CHEAPER, removalPolicy: RemovalPolicy.DESTROY } : CHEAPER);
  }

  /** The default traffic; twice as much in the step that resizes. */
  public get traffic(): Traffic {
    return Traffic.spiky({ baselineRps: step() === 'resized' || step() === 'new-image' ? 40 : 20 });
  }

  /** The application in containers. */
  public get fargate(): ICompute {
    return this.fargateWith({});
  }

  /** The same, and more. */
  public fargateWith(more: Partial<FargateProps>): ICompute {
    const image = process.env.SHOP_IMAGE;
    return Compute.fargate({
      image: ContainerImage.fromRegistry(image ?? (step() === 'new-image' ? NEXT_WEB_SERVER : PUBLIC_WEB_SERVER)),
      healthCheckPath: image === undefined ? '/' : undefined,
      ...more,
    });
  }

  /**
   * Asks the services themselves what they got.
   *
   * @param platform the platform of the case
   * @param ask what is asked besides that which holds for every platform
   * @param beside stacks that hold parts of the platform
   */
  public prove(platform: ProvenPlatform, ask: (proof: Proof) => void, ...beside: Stack[]): void {
    if (step() !== undefined) return;
    const proof = new Proof(this.app, this.stack, platform, beside);
    proof.askCommon();
    ask(proof);
  }
}
