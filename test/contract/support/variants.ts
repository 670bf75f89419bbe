import { ELASTIC_WEB_STORES, ELASTIC_WEB_VARIANTS } from './elastic-web-variants';
import { SPA_API_VARIANTS } from './spa-api-variants';
import { Variant } from './variant';

/** What all contracts are tried on: a pattern joins every suite by a line. */
export const VARIANTS: Variant[] = [
  ...ELASTIC_WEB_VARIANTS,
  ...SPA_API_VARIANTS,
];

/** Those in us-east-1, and the rest of what keeps data. */
export const STATEFUL_VARIANTS: Variant[] = [...new Map([
  ...ELASTIC_WEB_STORES,
  ...VARIANTS,
].map(variant => [variant.name, variant])).values()].filter(({ env }) => env === undefined);
