export type { AuroraMysqlProps } from './aurora-mysql';
export * from './database';
export type { DynamoDbSessionsProps } from './dynamodb-sessions';
export type { RdsMysqlProps } from './rds-mysql';
export * from './sessions';
export type { ValkeyNodesProps } from './valkey-nodes';
export type { ValkeyServerlessProps } from './valkey-serverless';
