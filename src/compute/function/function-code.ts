import { Code, ILayerVersion, Runtime as LambdaRuntime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { isGiven, Rule, validate } from '../../core/private/validation';

/** What a function runs. */
export interface FunctionCodeSettings {
  /** The code. */
  readonly code: Code;
  /**
   * The function in the code that Lambda calls, such as `index.handler`.
   *
   * @default - the code is an image, which says so itself
   */
  readonly handler?: string;
  /**
   * Lambda's runtime.
   *
   * @default - the code is an image, which holds its own
   */
  readonly lambdaRuntime?: LambdaRuntime;
  /**
   * Layers, at most 5 (Lambda quotas, "Layers").
   *
   * @default - no layers
   */
  readonly layers?: ILayerVersion[];
}

/** The application's code for a function. Bring your own by implementing it. */
export interface IFunctionCode {
  /**
   * Says what runs, and creates what that takes.
   *
   * @param scope the namespace that the workload gives
   */
  bind(scope: Construct): FunctionCodeSettings;
}

/** Code in an archive. */
export interface FunctionZipProps {
  /** The code, such as `lambda.Code.fromAsset('./api')`: a folder or a `.zip`. */
  readonly code: Code;
  /** The function in the code that Lambda calls, such as `index.handler`. */
  readonly handler: string;
  /** Lambda's runtime, such as `lambda.Runtime.NODEJS_22_X`. */
  readonly lambdaRuntime: LambdaRuntime;
  /**
   * Layers, at most 5 (Lambda quotas, "Layers").
   *
   * @default - no layers
   */
  readonly layers?: ILayerVersion[];
}

const MAX_LAYERS = 5;

const RULES: Rule<FunctionZipProps>[] = [
  ({ code }) => isGiven(code) ? undefined : `'code' must be given, got ${code}: give one such as lambda.Code.fromAsset('./api')`,
  ({ handler }) => isGiven(handler) && handler !== '' ? undefined : `'handler' must be given, got ${JSON.stringify(handler)}: give file and function, such as 'index.handler'`,
  ({ lambdaRuntime }) => isGiven(lambdaRuntime) ? undefined : `'lambdaRuntime' must be given, got ${lambdaRuntime}: give one such as lambda.Runtime.NODEJS_22_X`,
  ({ layers = [] }) => layers.length <= MAX_LAYERS ? undefined : `'layers' must be at most ${MAX_LAYERS}, got ${layers.length}: Lambda takes no more; put them into one, or into the code`,
];

/** Ways to bring code into a function. A new version of it comes with a deployment of the stack. */
export class FunctionCode {
  /**
   * An archive, or a folder that becomes one.
   *
   * @param props the code, and how Lambda runs it
   * @throws Error when a part is missing, or there are more than 5 layers
   */
  public static zip(props: FunctionZipProps): IFunctionCode {
    validate('FunctionCode.zip', props, RULES);
    return { bind: () => props };
  }

  /**
   * A container image that speaks Lambda's runtime API, built for the function's processor.
   *
   * @param code the image: `lambda.Code.fromEcrImage(repository, { tagOrDigest })` or `lambda.Code.fromAssetImage('./api', { platform })`
   * @throws Error when none is given
   */
  public static image(code: Code): IFunctionCode {
    validate('FunctionCode.image', { code }, [
      () => isGiven(code) ? undefined : `'code' must be given, got ${code}: give one such as lambda.Code.fromEcrImage(repository)`,
    ]);
    return { bind: () => ({ code }) };
  }

  private constructor() {}
}
