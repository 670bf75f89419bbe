import { Token } from 'aws-cdk-lib';
import { Rule } from '../../core/private/validation';
import { EdgeContext } from '../contract';
import { MAINTENANCE_PATH } from './maintenance-page';

/** The pattern of the route that is for all that no other is for. */
export const ALL_PATHS = '*';

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
    const taken = routes.filter(({ pathPattern }) => !Token.isUnresolved(pathPattern) && pathPattern.startsWith(MAINTENANCE_PATH));
    return taken.length === 0 ? undefined
      : `'routes' must not begin with '${MAINTENANCE_PATH}', which is the maintenance page's, got ${listOf(taken)}: give another path, for the media library by its 'prefix'`;
  },
];

function listOf(routes: EdgeContext['routes']): string {
  return routes.length === 0 ? 'none' : routes.map(({ pathPattern }) => JSON.stringify(pathPattern)).join(', ');
}
