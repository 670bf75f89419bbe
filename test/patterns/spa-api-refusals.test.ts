import { CfnParameter, Duration } from 'aws-cdk-lib';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { addPortal } from './spa-api';
import { Domain, Edge, Frontend } from '../../src';
import { eastStack } from '../support/platform';
import { testRefusals } from '../support/refusals';

describe('a platform is refused with', () => {
  const make = (props: Parameters<typeof addPortal>[1]) => () => addPortal(eastStack(), props);
  const overlap = (frontend: string, backend: string) =>
    `[Stack/Portal] 'frontend.path' and 'backend.path' must not overlap, got "${frontend}" and "${backend}": give each a path of its own, such as '/' and '/api'`;
  const noPath = (prop: string, given: string, such: string) =>
    `[Stack/Portal] '${prop}.path' must begin with a slash, end in none, and hold letters, digits, dots, dashes and underscores between, got "${given}": give such as '${such}' or '/'`;

  testRefusals([
    ['no API', make({ backend: { compute: undefined } }), '[Stack/Portal] \'backend.compute\' must be given, got undefined: say what runs the API, such as Compute.fargate({ image })'],
    ['one path for both', make({ frontend: { path: '/app' }, backend: { path: '/app' } }), overlap('/app', '/app')],
    ['the first address for both', make({ frontend: { path: '/' }, backend: { path: '/' } }), overlap('/', '/')],
    ['the API within the site', make({ frontend: { path: '/app' }, backend: { path: '/app/api' } }), overlap('/app', '/app/api')],
    ['the site within the API', make({ frontend: { path: '/backend/site' } }), overlap('/backend/site', '/backend')],
    ['a path without a leading slash', make({ frontend: { path: 'site' } }), noPath('frontend', 'site', '/frontend')],
    ['a path that ends in a slash', make({ backend: { path: '/api/' } }), noPath('backend', '/api/', '/backend')],
    ['a path with a pattern', make({ backend: { path: '/api/*' } }), noPath('backend', '/api/*', '/backend')],
    ['a path with dots alone', make({ backend: { path: '/..' } }), noPath('backend', '/..', '/backend')],
    ['no path at all', make({ frontend: { path: '' } }), noPath('frontend', '', '/frontend')],
    ['the path of the platform\'s own page', make({ frontend: { path: '/_platform' } }), noPath('frontend', '/_platform', '/frontend')],
    ['a path that is not known', () => {
      const stack = eastStack();
      addPortal(stack, { backend: { path: new CfnParameter(stack, 'Path').valueAsString } });
    }, '[Stack/Portal] \'backend.path\' must be known when the app is synthesized, got a token: the edge, the load balancer and what is built lie by it'],
    ['nothing to strip', make({ frontend: { path: '/site' }, backend: { path: '/', stripPath: true } }),
      '[Stack/Portal] \'backend.stripPath\' must be left out where \'backend.path\' is \'/\', got true: there is nothing to take away'],
    ['too many headers', make({ backend: { caching: { headers: ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] } } }),
      '[Stack/Portal] \'headers\' of \'backend.caching\' must be at most 7, got ["A","B","C","D","E","F","G","H"]: a cache policy takes no more besides Host, Authorization and Accept'],
    ['a domain outside of the zone', () => Domain.inZone(HostedZone.fromHostedZoneAttributes(eastStack(), 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }), 'portal.example.org'),
      '[Domain.inZone] \'name\' must be in the hosted zone example.com, got "portal.example.org": give \'example.com\' or a name that ends in \'.example.com\', or the zone of the name'],
    ['two owners of one name', make({ frontend: { name: 'Portal' }, backend: { name: 'Portal' } }),
      '[Stack/Portal] \'frontend.name\' and \'backend.name\' must be two names, got "Portal" twice: they stand beside each other on boards'],
    ['no runner of pages', () => Frontend.container({} as never), '[Frontend.container] \'compute\' must be given, got undefined: say what runs the site, such as Compute.fargate({ image })'],
    ['caching without an end', make({ backend: { caching: { maxTtl: Duration.days(400) } } }),
      '[Stack/Portal.backend.caching] \'maxTtl\' must be 1 s to 365 days, got 34560000 s: leave out the caching to keep nothing'],
    ['a routing that there is not', () => Frontend.staticSite({ routing: 'odd' as never }),
      '[Frontend.staticSite] \'routing\' must be one of SiteRouting, got "odd": give SiteRouting.SINGLE_PAGE or SiteRouting.FOLDERS'],
    ['an extension with a dot', () => Frontend.staticSite({ fileExtensions: ['.geojson'] }), '[Frontend.staticSite] \'fileExtensions\' must be letters and digits, without a dot, got [".geojson"]: give such as \'geojson\''],
    ['a folder with a leading slash', () => Frontend.staticSite({ hashedFolders: ['/assets/'] }),
      '[Frontend.staticSite] \'hashedFolders\' must be folders of a build that end in a slash and begin with none, got ["/assets/"]: give such as \'assets/\''],
    ['releases that are not kept', () => Frontend.staticSite({ keepReleases: Duration.days(0) }),
      '[Frontend.staticSite] \'keepReleases\' must be 1 to 365 days, got 0: pages are open for hours, and a release is taken back within days'],
    ['releases that are kept for part of a day', () => Frontend.staticSite({ keepReleases: Duration.hours(30) }),
      '[Frontend.staticSite] \'keepReleases\' must be whole days, got 1.25 days: releases are kept by the day'],
    ['a page that is too long', () => Edge.cloudFront({ notFoundPage: 'x'.repeat(8000) }),
      '[Edge.cloudFront] \'notFoundPage\' must be HTML of 1 to 8000 bytes as a JSON string, got 8002: leave out pictures and fonts'],
  ]);
});
