import { Token } from 'aws-cdk-lib';
import { isGiven, Rule, validate } from '../../core/private/validation';
import { PAGE_CACHING_RULES } from '../../edge/cloud-front-props';
import { SpaApiPlatformProps } from '../spa-api-props';

/** Where each is when nobody says so. */
export const DEFAULT_PATHS = { frontend: '/frontend', backend: '/backend' };
/** Headers of a cache policy (CloudFront quota: 10), less `Host` and those by which answers to calls are kept apart in any case. */
const MOST_HEADERS = 7;
/** One that a pattern of CloudFront and one of a load balancer take literally. */
const PATH = /^\/(?:[A-Za-z0-9][A-Za-z0-9._~-]*(?:\/[A-Za-z0-9][A-Za-z0-9._~-]*)*)?$/;

type Props = SpaApiPlatformProps;

/** What must hold of the props of a SpaApiPlatform. */
const RULES: Rule<Props>[] = [
  ({ backend }) => isGiven(backend?.compute) ? undefined
    : `'backend.compute' must be given, got ${backend?.compute}: say what runs the API, such as Compute.fargate({ image })`,
  path('frontend'),
  path('backend'),
  props => {
    const { frontend, backend } = pathsOf(props);
    if (![frontend, backend].every(each => PATH.test(each))) return undefined;
    const overlap = frontend === backend || [[frontend, backend], [backend, frontend]].some(([wide, narrow]) => wide !== '/' && narrow.startsWith(`${wide}/`));
    return !overlap ? undefined
      : `'frontend.path' and 'backend.path' must not overlap, got ${JSON.stringify(frontend)} and ${JSON.stringify(backend)}: give each a path of its own, such as '/' and '/api'`;
  },
  ({ backend }) => {
    const headers = backend?.caching?.headers ?? [];
    return headers.length <= MOST_HEADERS ? undefined
      : `'headers' of 'backend.caching' must be at most ${MOST_HEADERS}, got ${JSON.stringify(headers)}: a cache policy takes no more besides Host, Authorization and Accept`;
  },
  ({ backend }) => backend?.stripPath !== true || (backend.path ?? DEFAULT_PATHS.backend) !== '/' ? undefined
    : '\'backend.stripPath\' must be left out where \'backend.path\' is \'/\', got true: there is nothing to take away',
  ({ frontend, backend }) => frontend?.name === undefined || frontend.name !== backend?.name ? undefined
    : `'frontend.name' and 'backend.name' must be two names, got ${JSON.stringify(frontend.name)} twice: they stand beside each other on boards`,
];

/** Refuses what cannot be. */
export function validateSpaApi(at: string, props: Props): void {
  validate(at, props, RULES);
  validate(`${at}.backend.caching`, props.backend.caching ?? {}, PAGE_CACHING_RULES);
}

/** Where each is. */
export function pathsOf({ frontend, backend }: Props): { readonly frontend: string; readonly backend: string } {
  return { frontend: frontend?.path ?? DEFAULT_PATHS.frontend, backend: backend?.path ?? DEFAULT_PATHS.backend };
}

function path(of: 'frontend' | 'backend'): Rule<Props> {
  return props => {
    const given = pathsOf(props)[of];
    if (Token.isUnresolved(given)) return `'${of}.path' must be known when the app is synthesized, got a token: the edge, the load balancer and what is built lie by it`;
    return PATH.test(given) && !given.startsWith('/_platform') ? undefined
      : `'${of}.path' must begin with a slash, end in none, and hold letters, digits, dots, dashes and underscores between, got ${JSON.stringify(given)}: give such as '${DEFAULT_PATHS[of]}' or '/'`;
  };
}
