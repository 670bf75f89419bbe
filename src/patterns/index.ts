export * from './elastic-web-platform';
export * from './spa-api-platform';
export type { BackendProps, FrontendProps, SpaApiPlatformProps } from './spa-api-props';
