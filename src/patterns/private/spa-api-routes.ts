import { EdgeRoute, PageCaching, RouteKind } from '../../edge';
import { LedPaths } from '../../edge/private/load-balancer';
import { IFrontendApplication } from '../../frontend';
import { IWebWorkload } from '../../workload';

/** What is where. */
export interface SpaApiRoutes {
  readonly paths: { readonly frontend: string; readonly backend: string };
  readonly frontend: IFrontendApplication;
  readonly caching?: PageCaching;
}

/** The patterns of a path: itself and what is below it; of `/`, none of its own, as it has the rest. */
function patternsOf(path: string): string[] | undefined {
  return path === '/' ? undefined : [path, `${path}/*`];
}

/** An application behind the load balancer, and what is led to it. */
export interface SpaApiEntry extends LedPaths {
  readonly workload: IWebWorkload;
}

/** What is led where at the load balancer: what has every path comes last. */
export function entriesOf(
  { paths, stripPath, frontend, backend }: Omit<SpaApiRoutes, 'caching'> & { readonly stripPath: boolean; readonly backend: IWebWorkload },
): SpaApiEntry[] {
  const api = { workload: backend, pathPatterns: patternsOf(paths.backend), stripPath: stripPath ? paths.backend : undefined };
  const site = frontend.workload === undefined ? [] : [{ workload: frontend.workload, pathPatterns: patternsOf(paths.frontend) }];
  return paths.backend === '/' ? [...site, api] : [api, ...site];
}

/** What is led where at the edge: each application below its path, and the rest to the one at `/`, or to nobody. */
export function routesOf({ paths, frontend, caching }: SpaApiRoutes): EdgeRoute[] {
  const site = { ...frontend.route, from: 'the frontend', block: frontend.route.origin === undefined ? undefined : frontend };
  const api = { kind: RouteKind.API, from: 'the backend', caching };
  const led = [[paths.backend, api], [paths.frontend, site]] as const;
  const [rest = { kind: RouteKind.UNKNOWN, from: 'nobody', home: `${paths.frontend}/` }] = led.filter(([path]) => path === '/').map(([, route]) => route);
  return [
    ...led.flatMap(([path, route]) => (patternsOf(path) ?? []).map(pathPattern => ({ pathPattern, ...route }))),
    { pathPattern: '*', ...rest },
  ];
}
