import { NETWORK_STORES } from './network-stores';
import { POLICY_STORES } from './policy-stores';
import { StoreType } from './store-type';

/** The data stores that the check knows. A new type is one row; docs/reachability.md lists them. */
export const STORE_TYPES: readonly StoreType[] = [...NETWORK_STORES, ...POLICY_STORES];
