export * from './contract';
// By `*` alone: jsii finds no type of a submodule that is exported by `export type`.
export * from './cut-over';
export * from './cut-over-props';
export * from './database-migration';
export * from './file-migration';
export * from './file-props';
export * from './legacy-site';
export * from './mysql-props';
