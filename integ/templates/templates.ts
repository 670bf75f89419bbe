import { Template } from './plain-stack';
import { webPlatformTemplate } from './web-platform';
import { EnvironmentProfile } from '../../src';

/** Every plain template by the name of its file. */
export const TEMPLATES: { readonly [name: string]: () => Template } = {
  'elastic-web-platform.fargate': () => webPlatformTemplate({
    description: 'ElasticWebPlatform: a web application in containers on Fargate, with Aurora MySQL, sessions, media, CloudFront and alarms, for production',
    profile: EnvironmentProfile.production(),
    domain: false,
  }),
  'elastic-web-platform.fargate.domain': () => webPlatformTemplate({
    description: 'ElasticWebPlatform: a web application in containers on Fargate, with Aurora MySQL, sessions, media, CloudFront and alarms, for production, under a name of its own',
    profile: EnvironmentProfile.production(),
    domain: true,
  }),
  'elastic-web-platform.fargate.development': () => webPlatformTemplate({
    description: 'ElasticWebPlatform: a web application in containers on Fargate, with Aurora MySQL, sessions, media, CloudFront and alarms, for a trial: all of it goes with the stack',
    profile: EnvironmentProfile.development(),
    domain: false,
  }),
};
