import { Size } from 'aws-cdk-lib';
import { DatabaseMigration, MysqlMigrationProps, MysqlSslMode } from '../../src/migration';
import { testRefusals } from '../support/refusals';

describe('DatabaseMigration.fromMysql', () => {
  const attempt = (props: Partial<MysqlMigrationProps>) => () => DatabaseMigration.fromMysql({ sourceSecret: undefined!, sourceDatabase: 'shop', ...props });

  testRefusals([
    ['a pattern for a database', attempt({ sourceDatabase: 'shop%' }),
      '[DatabaseMigration.fromMysql] \'sourceDatabase\' must be the name of one database, got "shop%": give it as SHOW DATABASES does'],
    ['the server\'s own database', attempt({ sourceDatabase: 'mysql' }),
      '[DatabaseMigration.fromMysql] \'sourceDatabase\' must not be one of MySQL\'s own, got "mysql": it holds the source\'s accounts; make users by SQL'],
    ['a port that is none', attempt({ sourcePort: 0 }),
      '[DatabaseMigration.fromMysql] \'sourcePort\' must be a whole number between 1 and 65535, got 0: give the port that the source listens on'],
    ['an address without its length', attempt({ sourceCidr: '203.0.113.7' }),
      '[DatabaseMigration.fromMysql] \'sourceCidr\' must be IPv4 addresses in CIDR notation, got "203.0.113.7": give such as \'203.0.113.7/32\''],
    ['a path in place of a certificate', attempt({ sourceCertificate: './ca.pem' }),
      '[DatabaseMigration.fromMysql] \'sourceCertificate\' must be a certificate in PEM, which begins with \'-----BEGIN CERTIFICATE-----\': give the file\'s content, not its path'],
    ['the same for the database', attempt({ targetCertificate: './ca.pem' }),
      '[DatabaseMigration.fromMysql] \'targetCertificate\' must be a certificate in PEM, which begins with \'-----BEGIN CERTIFICATE-----\': give the file\'s content, not its path'],
    ['verification by nothing', attempt({ sourceSslMode: MysqlSslMode.VERIFY_CA }),
      '[DatabaseMigration.fromMysql] \'sourceSslMode\' verify-ca needs \'sourceCertificate\': give the authority\'s certificate, which DMS verifies the source by'],
    ['no table at all', attempt({ tables: [] }),
      '[DatabaseMigration.fromMysql] \'tables\' must name tables, got []: leave it out, or give names such as \'orders\' or \'log_%\''],
    ['an excluded table without a name', attempt({ excludedTables: [''] }),
      '[DatabaseMigration.fromMysql] \'excludedTables\' must name tables, got [""]: leave it out, or give names such as \'orders\' or \'log_%\''],
    ['values larger than limited mode takes', attempt({ maxLobSize: Size.mebibytes(101) }),
      '[DatabaseMigration.fromMysql] \'maxLobSize\' must be between 1 KiB and 100 MiB, got 103424 KiB: leave it out for larger values, which then arrive whole'],
    ['a class of EC2', attempt({ replicationInstanceClass: 'r6i.large' }),
      '[DatabaseMigration.fromMysql] \'replicationInstanceClass\' must be a class of DMS, got "r6i.large": give such as \'dms.r6i.large\''],
    ['too little storage', attempt({ allocatedStorageGib: 4 }),
      '[DatabaseMigration.fromMysql] \'allocatedStorageGib\' must be a whole number between 5 and 6144, got 4: a replication instance has 5 to 6,144 GiB'],
  ]);
});
