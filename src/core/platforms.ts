import { IConstruct } from 'constructs';
import { IDescribable } from './contract';

/** A platform: the blocks that it is made of say what it is. */
export interface IPlatform extends IConstruct {
  /** Every block of the platform, for a diagram or a runbook. */
  readonly blocks: IDescribable[];
}

/** The same in every copy of this package that an app may have. */
const PLATFORM = Symbol.for('cdk-platform-patterns.Platform');

/** Finds the platforms of an app. */
export class Platforms {
  /**
   * The platforms at or below a construct, in the order of the tree: those of every stack, nested ones too, and of every stage.
   *
   * @param scope an app, a stage, a stack, or anything else
   */
  public static of(scope: IConstruct): IPlatform[] {
    return scope.node.findAll().filter((construct): construct is IPlatform => PLATFORM in construct);
  }

  /**
   * Lets a platform of your own be found; those of this package are found by themselves.
   *
   * @param platform to be called in its constructor
   */
  public static add(platform: IPlatform): void {
    Object.defineProperty(platform, PLATFORM, { value: true });
  }

  private constructor() {}
}
