export * from './contract';
export * from './slo';
export * from './slo-counts';
export * from './slo-monitoring';
export * from './slo-props';
