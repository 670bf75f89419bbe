import { AuroraMysqlEngineVersion, MysqlEngineVersion } from 'aws-cdk-lib/aws-rds';
import { Database, IDatabase, MysqlDatabaseProps } from '../../src';

/** Every MySQL choice: what holds for one holds for each. */
export interface MysqlChoice {
  readonly name: string;
  readonly title: string;
  /** The type that keeps the data. */
  readonly store: string;
  /** Where it answers. */
  readonly endpoint: string;
  readonly make: (props?: MysqlDatabaseProps) => IDatabase;
  /** The same with a version that RDS Proxy does not speak to, 5.6. */
  readonly old: (props?: MysqlDatabaseProps) => IDatabase;
}

const OLD_AURORA = AuroraMysqlEngineVersion.of('5.6.mysql_aurora.1.23.4', '5.6');

export const MYSQL_CHOICES: MysqlChoice[] = [
  {
    name: 'auroraMysql',
    title: 'Aurora MySQL',
    store: 'AWS::RDS::DBCluster',
    endpoint: 'Endpoint.Address',
    make: props => Database.auroraMysql(props),
    old: props => Database.auroraMysql({ ...props, version: OLD_AURORA }),
  },
  {
    name: 'auroraMysqlProvisioned',
    title: 'Aurora MySQL',
    store: 'AWS::RDS::DBCluster',
    endpoint: 'Endpoint.Address',
    make: props => Database.auroraMysqlProvisioned(props),
    old: props => Database.auroraMysqlProvisioned({ ...props, version: OLD_AURORA }),
  },
  {
    name: 'rdsMysql',
    title: 'RDS MySQL',
    store: 'AWS::RDS::DBInstance',
    endpoint: 'Endpoint.Address',
    make: props => Database.rdsMysql(props),
    old: props => Database.rdsMysql({ ...props, version: MysqlEngineVersion.of('5.6.51', '5.6') }),
  },
];
