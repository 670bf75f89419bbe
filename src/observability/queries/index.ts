export * from './log-queries';
