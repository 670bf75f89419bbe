export * from './boards';
export * from './logs';
export * from './notifications';
export * from './objectives';
export * from './observability-props';
