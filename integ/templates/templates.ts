import { fargate, instances } from './computes';
import { Template } from './plain-stack';
import { webPlatformTemplate } from './web-platform';
import { EnvironmentProfile } from '../../src';

const COMMON = 'Aurora MySQL, sessions in Valkey, media in S3, CloudFront with a firewall, and alarms';
const ON_FARGATE = `ElasticWebPlatform: a web application in containers on Fargate, with ${COMMON}`;
const ON_INSTANCES = `ElasticWebPlatform: a web application in PHP on EC2 instances, with ${COMMON}`;
const production = EnvironmentProfile.production();
const development = EnvironmentProfile.development();

/** Every plain template by the name of its file. */
export const TEMPLATES: { readonly [name: string]: () => Template } = {
  'elastic-web-platform.fargate': () => webPlatformTemplate({
    description: `${ON_FARGATE}; for production`, profile: production, compute: fargate, domain: false,
  }),
  'elastic-web-platform.fargate.domain': () => webPlatformTemplate({
    description: `${ON_FARGATE}; for production, under a name of its own`, profile: production, compute: fargate, domain: true,
  }),
  'elastic-web-platform.fargate.development': () => webPlatformTemplate({
    description: `${ON_FARGATE}; for a trial: all of it goes with the stack`, profile: development, compute: fargate, domain: false,
  }),
  'elastic-web-platform.instances': () => webPlatformTemplate({
    description: `${ON_INSTANCES}; for production`, profile: production, compute: instances, domain: false,
  }),
  'elastic-web-platform.instances.domain': () => webPlatformTemplate({
    description: `${ON_INSTANCES}; for production, under a name of its own`, profile: production, compute: instances, domain: true,
  }),
};
