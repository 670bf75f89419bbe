export * from './compute';
export type { FargateProps } from './fargate';
export type { IInstanceCode, InstanceCodeLocation } from './instance-code';
export { InstanceCode } from './instance-code';
export type { InstancesProps } from './instances';
