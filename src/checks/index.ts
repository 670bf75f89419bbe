export * from './reachability';
export * from './reachability-finding';
