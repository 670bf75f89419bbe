export * from './contract';
export type { ExistingMediaBucketProps } from './existing-media-bucket';
export * from './media';
export type { MediaBucketProps } from './media-bucket';
export type { MediaFileSystemProps } from './media-file-system-props';
export * from './signed-urls';
