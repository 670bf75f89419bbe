export * from './contract';
export type { CreatedNetworkProps } from './created-network';
export type { ExistingNetworkProps } from './existing-network';
export * from './network';
