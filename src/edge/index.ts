export type { CloudFrontProps } from './cloud-front-props';
export * from './contract';
export * from './edge';
export * from './firewall';
export type { ManagedFirewallProps } from './managed-firewall';
export type { PageCaching } from './page-caching';
export type { WaitingPage } from './waiting-page';
