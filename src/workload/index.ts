export * from './application-secret';
export * from './contract';
