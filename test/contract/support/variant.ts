import { App, Environment, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { PlatformProps } from '../../../src';
import { EAST, QUICK } from '../../support/platform';

/** A platform as a user may have it, of whichever pattern: what holds for the whole library must hold for each. */
export interface Variant {
  readonly name: string;
  /** @default - us-east-1 */
  readonly env?: Environment;
  /**
   * Makes the platform with the id `Shop`, and what it needs besides.
   *
   * @param common what every pattern takes, in the place of what the variant gives itself
   */
  readonly make: (stack: Stack, common?: Partial<PlatformProps>) => Construct;
}

/** An app with the variant in it, in a stack named `Stack`. */
export function appOf({ env = EAST, make }: Variant): App {
  const app = new App(QUICK);
  make(new Stack(app, 'Stack', { env }));
  return app;
}

/** A stack as it was synthesized; nobody may change it, since the tests of all files share it. */
export interface SynthesizedStack {
  readonly id: string;
  readonly stackName: string;
  readonly template: unknown;
}

const synthesized = new WeakMap<Variant, SynthesizedStack[]>();

/** The stacks of an app with the variant in it, synthesized once for all test files of a worker. */
export function stacksOf(variant: Variant): SynthesizedStack[] {
  const known = synthesized.get(variant) ?? appOf(variant).synth().stacks
    .map(({ id, stackName, template }) => ({ id, stackName, template: frozen(template as object) }));
  synthesized.set(variant, known);
  return known;
}

function frozen<T extends object>(value: T): T {
  Object.values(value).forEach(each => { if (typeof each === 'object' && each !== null) frozen(each as object); });
  return Object.freeze(value);
}
