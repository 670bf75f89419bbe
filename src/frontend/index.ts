export type { ContainerFrontendProps } from './container-frontend-props';
export * from './contract';
export * from './frontend';
export type { StaticSiteProps } from './static-site-props';
