export * from './contract';
export * from './cut-over';
export * from './database-migration';
export * from './file-migration';
export type { FileMigrationProps, FileServerProps, NfsMigrationProps, S3MigrationProps, SmbMigrationProps } from './file-props';
export { FileVerification } from './file-props';
export * from './legacy-site';
export * from './mysql-props';
export type { WeightedCutOverProps } from './weighted-cut-over';
