import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Compute, SpaApiPlatform, SpaApiPlatformProps } from '../../src';
import { eastStack, IMAGE } from '../support/platform';

/** Whatever is left out is as in the first example of the docs. */
export type PortalProps = Omit<Partial<SpaApiPlatformProps>, 'backend'> & { readonly backend?: Partial<SpaApiPlatformProps['backend']> };

/** A platform whose API is one container. */
export function addPortal(stack: Stack, { backend, ...props }: PortalProps = {}): SpaApiPlatform {
  return new SpaApiPlatform(stack, 'Portal', { ...props, backend: { compute: Compute.fargate({ image: IMAGE }), ...backend } });
}

/** The template of a stack in us-east-1 with one such platform. */
export function portalTemplate(props: PortalProps | ((stack: Stack) => PortalProps) = {}): Template {
  const stack = eastStack();
  addPortal(stack, typeof props === 'function' ? props(stack) : props);
  return Template.fromStack(stack);
}
