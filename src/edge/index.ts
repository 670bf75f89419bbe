export type { CloudFrontProps } from './cloud-front-props';
export * from './contract';
export * from './edge';
export * from './firewall';
export type { FirewallException } from './firewall-exception';
export type { ManagedFirewallProps } from './managed-firewall-props';
export type { PageCaching } from './page-caching';
export * from './route';
export type { WaitingPage } from './waiting-page';
