export * from './contract';
export * from './cut-over';
export * from './database-migration';
export * from './legacy-site';
export * from './mysql-props';
export type { WeightedCutOverProps } from './weighted-cut-over';
