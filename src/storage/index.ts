export * from './media';
export type { MediaBucketProps } from './media-bucket';
