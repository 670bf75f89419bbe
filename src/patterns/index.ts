export * from './elastic-web-platform';
