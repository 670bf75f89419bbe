export * from './choices';
export * from './contracts';
export * from './domain';
export * from './environment-profile';
export * from './known-event';
export * from './owner';
export * from './sizes';
export * from './traffic';
