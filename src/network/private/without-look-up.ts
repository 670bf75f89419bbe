import { Stack } from 'aws-cdk-lib/core';

/**
 * Makes a VPC without CDK asking the account for its zones. `Vpc` reads `stack.availabilityZones` even if it is given
 * zones, to compare them; with an explicit environment that is a look-up, for which `cdk synth` needs credentials.
 *
 * @param zones the zones that the VPC is given, which are what the stack says while it is made
 */
export function withoutLookUp<T>(stack: Stack, zones: string[], make: () => T): T {
  const own = Object.getOwnPropertyDescriptor(stack, 'availabilityZones');
  Object.defineProperty(stack, 'availabilityZones', { value: zones, configurable: true });
  try {
    return make();
  } finally {
    if (own === undefined) Reflect.deleteProperty(stack, 'availabilityZones');
    else Object.defineProperty(stack, 'availabilityZones', own);
  }
}
