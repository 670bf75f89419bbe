export * from './compute';
export type { FargateProps } from './fargate';
