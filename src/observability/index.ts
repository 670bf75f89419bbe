export * from './contract';
export * from './notifications';
