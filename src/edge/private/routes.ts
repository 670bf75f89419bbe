import { Token } from 'aws-cdk-lib';
import { Rule } from '../../core/private/validation';
import { EdgeContext } from '../contract';
import { RouteKind } from '../route';
import { MAINTENANCE_PATH } from './maintenance-page';

/** The pattern of the route that is for all that no other is for. */
export const ALL_PATHS = '*';

/** Where the static files are of an application that has every path, when nobody says so. */
const DEFAULT_STATIC_PATHS = ['/static/*'];

/** Where static files are when nobody says so: only where an application's pages are on every path does one know. */
export function defaultStaticPaths(routes: EdgeContext['routes']): string[] {
  const { kind, origin } = routes[routes.length - 1];
  return kind === RouteKind.PAGES && origin === undefined ? DEFAULT_STATIC_PATHS : [];
}

/** What must hold of the routes. */
export const ROUTE_RULES: Rule<Pick<EdgeContext, 'routes'>>[] = [
  ({ routes }) => routes.length > 0 && routes[routes.length - 1].pathPattern === ALL_PATHS ? undefined
    : `'routes' must end in the one of '${ALL_PATHS}', got ${listOf(routes)}: say what answers where no other path fits`,
  ({ routes }) => {
    const wrong = routes.slice(0, -1).filter(({ pathPattern }) => !Token.isUnresolved(pathPattern) && !/^\/(?!\*$)[^\s?#]+$/.test(pathPattern));
    return wrong.length === 0 ? undefined
      : `'routes' must have patterns that begin with a slash and are not all paths, got ${listOf(wrong)}: give such as '/media/*'`;
  },
  ({ routes }) => {
    const twice = routes.filter(({ pathPattern }, index) => routes.findIndex(other => other.pathPattern === pathPattern) < index);
    return twice.length === 0 ? undefined
      : `'routes' must each have a pattern of their own, got ${listOf(twice)} twice: the second would never be asked`;
  },
  ({ routes }) => {
    const over = routes.slice(0, -1).filter(({ pathPattern }) => !pathPattern.startsWith(MAINTENANCE_PATH) && covers(pathPattern, `${MAINTENANCE_PATH}*`));
    return over.length === 0 ? undefined
      : `'routes' must not hold '${MAINTENANCE_PATH}', which is the maintenance page's, got ${listOf(over)}: give a narrower pattern`;
  },
  ({ routes }) => {
    const hidden = routes.slice(0, -1).flatMap((route, index, all) => all.slice(0, index)
      .filter(({ pathPattern }) => pathPattern !== route.pathPattern && covers(pathPattern, route.pathPattern))
      .map(({ pathPattern }) => `${JSON.stringify(route.pathPattern)} after ${JSON.stringify(pathPattern)}`));
    return hidden.length === 0 ? undefined
      : `'routes' must not stand after one that has all their paths, got ${hidden.join(', ')}: put the narrower first, or they are never asked`;
  },
  ({ routes }) => {
    const taken = routes.filter(({ pathPattern }) => !Token.isUnresolved(pathPattern) && pathPattern.startsWith(MAINTENANCE_PATH));
    return taken.length === 0 ? undefined
      : `'routes' must not begin with '${MAINTENANCE_PATH}', which is the maintenance page's, got ${listOf(taken)}: give another path, for the media library by its 'prefix'`;
  },
];

/** What must hold of the routes together with the paths of static files, which stand after them. */
export const STATIC_RULES: Rule<{ routes: EdgeContext['routes']; staticPaths: string[] }>[] = [
  ({ routes, staticPaths }) => {
    const clashes = staticPaths.flatMap(path => routes.slice(0, -1)
      .filter(({ pathPattern }) => covers(pathPattern, path))
      .map(({ pathPattern, from }) => `${JSON.stringify(path)} with ${JSON.stringify(pathPattern)} from ${from}`));
    return clashes.length === 0 ? undefined
      : `'staticPaths' must not be paths that something else answers, got ${clashes.join(', ')}: the application's files there would never be asked for; give other paths, for the media library by its 'prefix'`;
  },
];

/** Whether every path that fits the one pattern fits the other: `*` stands for any characters, `?` for one (CloudFront developer guide, "Path pattern"). */
function covers(wide: string, narrow: string): boolean {
  if (Token.isUnresolved(wide) || Token.isUnresolved(narrow)) return wide === narrow;
  const parts = wide.replace(/[\\^$.|+()[\]{}]/g, '\\$&').replace(/\?/g, '[^*]').replace(/\*+/g, '.*');
  return new RegExp(`^${parts}$`).test(narrow);
}

function listOf(routes: EdgeContext['routes']): string {
  return routes.length === 0 ? 'none' : routes.map(({ pathPattern }) => JSON.stringify(pathPattern)).join(', ');
}
