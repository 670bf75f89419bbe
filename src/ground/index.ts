export * from './platform-props';
