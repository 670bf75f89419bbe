export * from './contract';
export * from './notifications';
export * from './notifications-props';
