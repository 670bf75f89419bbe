import { App, Environment, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { PlatformProps } from '../../../src';
import { EAST } from '../../support/platform';

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
  const app = new App({ analyticsReporting: false });
  make(new Stack(app, 'Stack', { env }));
  return app;
}
