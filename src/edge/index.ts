export * from './contract';
export * from './firewall';
export type { ManagedFirewallProps } from './managed-firewall';
