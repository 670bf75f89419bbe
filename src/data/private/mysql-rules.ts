import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { matches, Rule, validate, wholeBetween } from '../../core/private/validation';
import { DatabaseContext } from '../contract';
import { MysqlDatabaseProps } from '../mysql-database-props';

/** MySQL versions that RDS Proxy speaks to (RDS and Aurora user guides, "Supported Regions and DB engines for RDS Proxy"). */
const WITH_PROXY = /^(5\.7|8\.)/;

/** Rules of {@link MysqlDatabaseProps}. */
const RULES: Rule<MysqlDatabaseProps>[] = [
  matches('databaseName', /^[A-Za-z][A-Za-z0-9_]{0,63}$/, 'must begin with a letter and hold up to 64 letters, digits and underscores',
    'choose another name, such as \'shop\''),
  wholeBetween('port', 1150, 65535, 'RDS takes ports between 1150 and 65535'),
  ({ iamAuthentication, proxy }) => iamAuthentication === true && proxy === false
    ? '\'iamAuthentication\' needs the proxy, got proxy false: leave \'proxy\' out; the database takes tokens too, from users that you create for it by SQL'
    : undefined,
  props => alternates(props) && props.proxy === true
    ? '\'rotation\' by alternating users cannot go through a proxy, got proxy true: a proxy knows a user by the name in the secret, which each rotation changes, so it refuses units that still have the other; leave \'proxy\' out, or choose PasswordRotation.managed()'
    : undefined,
  props => alternates(props) && props.iamAuthentication === true
    ? '\'rotation\' by alternating users is of no use with \'iamAuthentication\', got both: an application that shows tokens has no password; choose PasswordRotation.managed()'
    : undefined,
  ({ snapshot }) => snapshot === undefined || snapshot.snapshotIdentifier !== '' ? undefined
    : '\'snapshot.snapshotIdentifier\' must not be empty, got "": give the name or the ARN of a snapshot',
  ({ snapshot }) => snapshot === undefined || Token.isUnresolved(snapshot.username) || /^[A-Za-z][A-Za-z0-9_]{0,31}$/.test(snapshot.username) ? undefined
    : `'snapshot.username' must begin with a letter and hold up to 32 letters, digits and underscores, got ${JSON.stringify(snapshot.username)}: give the master user of the database that the snapshot was taken of`,
];

/**
 * Rules of {@link MysqlDatabaseProps}, for one engine.
 *
 * @param majorVersion the MySQL version that is to run, such as 8.0
 */
export function mysqlRules<P extends MysqlDatabaseProps>(majorVersion: (props: P) => string): Rule<P>[] {
  return [
    ...RULES,
    props => {
      const version = majorVersion(props);
      return (props.proxy === true || props.iamAuthentication === true) && !hasProxy(version)
        ? `'version' must be one that RDS Proxy speaks to (MySQL 5.7 or 8), got MySQL ${version}: choose another, or leave 'proxy' and 'iamAuthentication' out`
        : undefined;
    },
  ];
}

/** Whether RDS Proxy stands before the database: as it is said, or else as the traffic needs it and it can. */
export function usesProxy(props: MysqlDatabaseProps, { capacity }: DatabaseContext, majorVersion: string): boolean {
  return props.proxy ?? (props.iamAuthentication === true || (capacity.proxy && hasProxy(majorVersion) && !alternates(props)));
}

/** Refuses to put a database where the internet begins, whatever its security group says. */
export function refusePublicSubnets(scope: Construct, { vpc, subnets }: DatabaseContext): void {
  validate(scope.node.path, vpc.selectSubnets(subnets), [
    ({ hasPublic, subnets: selected }) => hasPublic
      ? `'subnets' must not be public for a database, got ${selected.map(({ node }) => node.path).join(', ')}: give subnets without a route to an internet gateway`
      : undefined,
  ]);
}

function alternates({ rotation }: MysqlDatabaseProps): boolean {
  return rotation?.alternatingSecret !== undefined;
}

function hasProxy(majorVersion: string): boolean {
  return Token.isUnresolved(majorVersion) || WITH_PROXY.test(majorVersion);
}
