import { Stack } from 'aws-cdk-lib';
import { Variant } from './variant';
import { ElasticWebPlatformProps } from '../../../src';
import { addPlatform } from '../../support/platform';

/** An ElasticWebPlatform, by what it chooses. */
export interface ElasticWebChoice extends Omit<Variant, 'make'> {
  readonly props: (stack: Stack) => Partial<ElasticWebPlatformProps>;
}

/** The platform that makes the choice. */
export function elasticWeb({ props, ...variant }: ElasticWebChoice): Variant {
  return { ...variant, make: (stack, common) => addPlatform(stack, { ...props(stack), ...common }) };
}
