import fc from 'fast-check';
import { booleans, call, Code, durations, either, list, some, struct, texts } from './code';
import { compute } from './compute-sets';
import { cache, common, database, domain, leftOut, owner, sessions, traffic, written } from './sets';

const caching = struct({ cookies: list(texts('"currency"')), headers: list(texts('"Accept-Language"')), maxTtl: durations('seconds(10)') });
const paths = (usual: string, other: string) => some([usual, other, '"/a/b"'], ['"/"', '""', '"x"', '"/x/"', '"/*"', 'text()']);
const site = either(
  call('Frontend.staticSite', struct({
    routing: some(['SiteRouting.SINGLE_PAGE', 'SiteRouting.FOLDERS'], ['"odd"']),
    fileExtensions: list(texts('"geojson"', '"topojson"')),
    hashedFolders: list(texts('"assets/"', '"a/b/"')),
    keepReleases: durations('days(30)', 'days(365)'),
  })),
  call('Frontend.container', struct({ compute, traffic, usesData: booleans }, 'compute')),
);
const pipeline = call('Pipeline.githubActions', struct({
  'repository': texts('"example/portal"'), '...jobs': either(struct({ environment: texts('"production"') }), struct({ branch: texts('"main"', '"release/1.x"') })),
}, 'repository'));

/** The props of a SpaApiPlatform, as source text. */
export const spaApiSets: Code = fc.record({
  ...common,
  frontend: leftOut(3, struct({ site, path: paths('"/frontend"', '"/site"'), name: texts('"Portal"'), owner, pipeline })),
  backend: struct({ compute, path: paths('"/backend"', '"/api"'), stripPath: booleans, traffic, caching, name: texts('"Orders"'), owner, pipeline }, 'compute'),
  sessions: leftOut(7, sessions),
  cache: leftOut(7, cache),
  database: leftOut(3, database),
  domain: leftOut(5, domain),
}).map(written);
