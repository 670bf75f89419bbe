import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { CreatedNetworkProps, EnvironmentProfile, Network } from '../../src';
import { createPlatformKey } from '../../src/core/private/resources/platform-key';
import { eastStack } from '../support/platform';

/** A new network in a stack, in us-east-1 by default, without its template: what it refuses is refused before. */
export function bindIn(stack: Stack, props?: CreatedNetworkProps, profile = EnvironmentProfile.production()) {
  const encryptionKey = createPlatformKey(new Construct(stack, 'Encryption'), profile);
  return Network.create(props).bind(new Construct(stack, 'Network'), { profile, encryptionKey });
}

/** A new network and its template. */
export function networkOf(props?: CreatedNetworkProps, profile?: EnvironmentProfile, stack = eastStack()) {
  return { network: bindIn(stack, props, profile), template: Template.fromStack(stack) };
}
