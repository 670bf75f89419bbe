import { ApplicationLoad, Runtime, Traffic } from '../../core';
import { IFrontend } from '../../frontend';
import { SpaApiPlatformProps } from '../spa-api-props';

/** The applications of the platform, by the names of their namespaces and of their loads. */
export const [FRONTEND, BACKEND] = ['Frontend', 'Backend'];

/** What sizes are worked out from: a site of files asks for nothing. */
export function loadsOf(site: IFrontend, { backend }: SpaApiPlatformProps): ApplicationLoad[] {
  const { compute, traffic = Traffic.spiky({ baselineRps: 20 }) } = backend;
  return [
    { name: BACKEND, traffic, unit: compute.unit },
    ...site.load === undefined ? [] : [{ name: FRONTEND, traffic: site.load.traffic, unit: site.load.unit }],
  ];
}

/** What the applications together are written in; an API of which nothing is said keeps no sessions in cookies. */
export function runtimeOf(site: IFrontend, { backend: { compute } }: SpaApiPlatformProps): Runtime {
  const api = compute.runtime ?? Runtime.any({ name: 'API', sessionCookies: [] });
  return site.runtime === undefined ? api : Runtime.together(api, site.runtime);
}
