import { Duration, Stack } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { inExistingZone, instances, inZone } from './made';
import { Variant } from './variant';
import {
  Compute, Database, Edge, EnvironmentProfile, Frontend, ICompute, Pipeline, ReleasedImage, Runtime, Sessions, SiteRouting, SpaApiPlatform,
  SpaApiPlatformProps,
} from '../../../src';
import { BRAZIL, IMAGE } from '../../support/platform';

/** A SpaApiPlatform, by what it chooses. */
interface SpaApiChoice extends Omit<Variant, 'make'> {
  readonly props: (stack: Stack) => Partial<SpaApiPlatformProps>;
}

const compute = Compute.fargate({ image: IMAGE });

/** The three kinds of each application, the four databases' two ends, both profiles, and a Region elsewhere. */
const CHOICES: SpaApiChoice[] = [
  {
    name: 'site and API',
    props: () => ({
      frontend: { pipeline: Pipeline.githubActions({ repository: 'example/portal-web', environment: 'production' }) },
      backend: { compute, pipeline: Pipeline.githubActions({ repository: 'example/portal-api' }) },
    }),
  },
  {
    name: 'site at the first address, API on instances, MySQL, a domain',
    props: stack => ({
      frontend: { path: '/', site: Frontend.staticSite({ routing: SiteRouting.FOLDERS }) },
      backend: { path: '/api', stripPath: true, caching: { maxTtl: Duration.seconds(10) }, compute: instances(stack) },
      database: Database.rdsMysql({ readReplica: true }),
      domain: inZone(stack),
      edge: Edge.cloudFront({ closeDistributionName: true, notFoundPage: '<h1>Nothing</h1>' }),
    }),
  },
  {
    name: 'pages and API from containers, development',
    props: stack => ({
      frontend: { site: Frontend.container({ compute: fromEcr(stack, 'site'), usesData: true }) },
      backend: { compute: fromEcr(stack, 'api') },
      sessions: Sessions.valkeyNodes(),
      profile: EnvironmentProfile.development(),
    }),
  },
  {
    name: 'site and API, of an image that its team releases',
    props: () => ({ backend: { compute: Compute.fargate({ image: ReleasedImage.byTeam() }), pipeline: Pipeline.githubActions({ repository: 'example/portal-api' }) } }),
  },
  { name: 'site and API, development', props: () => ({ profile: EnvironmentProfile.development() }) },
  { name: 'site and API, another Region', env: BRAZIL, props: stack => ({ domain: inExistingZone(stack) }) },
];

function fromEcr(stack: Stack, name: string): ICompute {
  return Compute.fargate({ image: ContainerImage.fromEcrRepository(Repository.fromRepositoryName(stack, name, name)), runtime: Runtime.node() });
}

export const SPA_API_VARIANTS: Variant[] = CHOICES.map(({ props, ...variant }) => ({
  ...variant,
  make: (stack, common) => new SpaApiPlatform(stack, 'Shop', { backend: { compute }, ...props(stack), ...common }),
}));
