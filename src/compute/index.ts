export * from './compute';
export type { FargateProps } from './fargate';
export { Processor } from './fargate';
