export * from './compute';
export type { FargateProps } from './fargate';
export type { BlueGreenProps, CanaryProps, DeploymentSettings, IDeployment } from './fargate-deployment';
export { Deployment } from './fargate-deployment';
export type { IInstanceCode, InstanceCodeLocation } from './instance-code';
export { InstanceCode } from './instance-code';
export type { InstancesProps } from './instances';
