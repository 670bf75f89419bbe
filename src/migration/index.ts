export * from './contract';
export * from './database-migration';
export * from './mysql-props';
