export * from './arrivals';
export * from './arrivals-props';
export * from './options';
export * from './outlook';
export * from './spike-result';
export * from './spike-simulation';
