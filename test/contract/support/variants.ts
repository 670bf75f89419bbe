import { App, Environment, Stack } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { PublicHostedZone } from 'aws-cdk-lib/aws-route53';
import { Compute, Database, Domain, ElasticWebPlatformProps, EnvironmentProfile, Media, Owner, Sessions } from '../../../src';
import { fromMysql } from '../../migration/support';
import { addPlatform, EAST } from '../../support/platform';

/** A platform as a user may have it: what holds for the whole library must hold for each. */
export interface Variant {
  readonly name: string;
  /** @default - us-east-1 */
  readonly env?: Environment;
  readonly props: (stack: Stack) => Partial<ElasticWebPlatformProps>;
}

/** Two databases, two session stores, with and without a domain: every data store that there is. */
export const DATA_VARIANTS: Variant[] = [false, true].flatMap(domain => [false, true].flatMap(rds => [false, true].map(nodes => ({
  name: [rds ? 'RDS' : 'Aurora', nodes ? 'nodes' : 'serverless', ...domain ? ['domain'] : []].join(', '),
  props: (stack: Stack) => ({
    ...rds ? { database: Database.rdsMysql() } : {},
    ...nodes ? { sessions: Sessions.valkeyNodes() } : {},
    ...domain ? { domain: inZone(stack) } : {},
  }),
}))));

/** The default platform for production, without and with a domain. */
export const [DEFAULT] = DATA_VARIANTS;
export const WITH_DOMAIN = DATA_VARIANTS.find(({ name }) => name === 'Aurora, serverless, domain')!;
const ALL_OTHERS = DATA_VARIANTS.find(({ name }) => name === 'RDS, nodes, domain')!;

/** Every default, every other choice, the development profile with both, and a Region that is not known. */
export const VARIANTS: Variant[] = [
  DEFAULT,
  WITH_DOMAIN,
  {
    name: 'every other choice',
    props: stack => ({
      ...ALL_OTHERS.props(stack),
      compute: Compute.fargate({ image: ContainerImage.fromEcrRepository(Repository.fromRepositoryName(stack, 'Images', 'shop')) }),
      media: Media.bucket({ writable: true }),
      owner: Owner.team({ name: 'Storefront', contact: 'storefront@example.com', runbook: 'https://example.com/runbook' }),
    }),
  },
  { name: 'development', props: () => ({ profile: EnvironmentProfile.development() }) },
  {
    name: 'development, RDS, nodes',
    props: () => ({ profile: EnvironmentProfile.development(), database: Database.rdsMysql(), sessions: Sessions.valkeyNodes() }),
  },
  { name: 'no NAT gateway', props: () => ({ profile: EnvironmentProfile.production({ natGateways: 0 }) }) },
  { name: 'migration', props: stack => ({ migration: { database: fromMysql(stack) } }) },
  { name: 'Region unknown', env: {}, props: () => ({}) },
];

/** An app with the variant in it, in a stack named `Stack`. */
export function appOf(variant: Variant): App {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Stack', { env: variant.env ?? EAST });
  addPlatform(stack, variant.props(stack));
  return app;
}

function inZone(stack: Stack): Domain {
  return Domain.inZone(new PublicHostedZone(stack, 'Zone', { zoneName: 'example.com' }), 'shop.example.com');
}
