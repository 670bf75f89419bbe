import { Traffic } from '../core';
import { ICompute } from '../workload';

/** A site that units of its own make, page by page, such as one of Next.js, Nuxt or Django. */
export interface ContainerFrontendProps {
  /** What runs it; it answers below the path of the frontend. */
  readonly compute: ICompute;
  /**
   * What it is to carry.
   *
   * @default Traffic.spiky({ baselineRps: 20 }) - a small site with peaks of 30 times its base
   */
  readonly traffic?: Traffic;
  /**
   * Whether it reaches the platform's database, and its sessions and cache, by itself, as a backend does.
   *
   * @default false - it asks the API
   */
  readonly usesData?: boolean;
}
