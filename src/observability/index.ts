export * from './boards';
export * from './notifications';
export * from './objectives';
export * from './observability-props';
export * from './queries';
