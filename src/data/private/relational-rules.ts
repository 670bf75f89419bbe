import { Token } from 'aws-cdk-lib';
import { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { Engine } from './engines/contract';
import { Rule, validate, wholeBetween } from '../../core/private/validation';
import { DatabaseContext } from '../contract';
import { RelationalDatabaseProps } from '../relational-database-props';

/** An engine, in one of its versions. */
export interface Release {
  readonly engine: Engine;
  readonly release: { readonly engineVersion?: { readonly majorVersion?: string } };
}

/** A server, as far as a proxy before it is concerned. */
export interface BehindProxy {
  readonly engine: Engine;
  readonly majorVersion?: string;
  readonly replica?: CfnDBInstance;
}

/** Rules that every engine has. */
const RULES: Rule<RelationalDatabaseProps>[] = [
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
];

/** Rules of {@link RelationalDatabaseProps}, for one release of an engine. */
export function relationalRules({ engine, release }: Release): Rule<RelationalDatabaseProps>[] {
  const majorVersion = release.engineVersion?.majorVersion;
  const { name, longest, proxy: { inWords } } = engine;
  return [
    ({ databaseName }) => databaseName === undefined || isName(databaseName, longest.databaseName) ? undefined
      : `'databaseName' must ${startsWithLetter(longest.databaseName)}, got ${JSON.stringify(databaseName)}: choose another name, such as 'shop'`,
    ...RULES,
    ({ snapshot }) => snapshot === undefined || isName(snapshot.username, longest.username) ? undefined
      : `'snapshot.username' must ${startsWithLetter(longest.username)}, got ${JSON.stringify(snapshot.username)}: give the master user of the database that the snapshot was taken of`,
    ({ proxy, iamAuthentication }) => (proxy === true || iamAuthentication === true) && !hasProxy(engine, majorVersion)
      ? `'version' must be one that RDS Proxy speaks to (${inWords}), got ${name} ${majorVersion}: choose another, or leave 'proxy' and 'iamAuthentication' out`
      : undefined,
  ];
}

/** Whether RDS Proxy stands before the database: as it is said, or else as the traffic needs it and it can. */
export function usesProxy(server: BehindProxy, props: RelationalDatabaseProps, { capacity }: DatabaseContext): boolean {
  const canHaveOne = hasProxy(server.engine, server.majorVersion) && !alternates(props) && server.replica === undefined;
  return props.proxy ?? (props.iamAuthentication === true || (capacity.proxy && canHaveOne));
}

/** Refuses a database that would turn away what a function opens at its peak, where no proxy pools it. */
export function refuseTooMany(scope: Construct, { capacity }: DatabaseContext, proxy: boolean): void {
  validate(scope.node.path, { ...capacity, proxy }, [
    ({ connections, needsProxy }) => needsProxy !== true || proxy ? undefined
      : `'proxy' must be on where the executions of a function open ${connections} connections at the peak, got a database without one, which takes fewer: leave 'proxy' out, with a version and a 'rotation' that RDS Proxy goes with and no 'readReplica'; or run the application on containers`,
  ]);
}

/** Refuses to put a database where the internet begins, whatever its security group says. */
export function refusePublicSubnets(scope: Construct, { vpc, subnets }: DatabaseContext): void {
  validate(scope.node.path, vpc.selectSubnets(subnets), [
    ({ hasPublic, subnets: selected }) => hasPublic
      ? `'subnets' must not be public for a database, got ${selected.map(({ node }) => node.path).join(', ')}: give subnets without a route to an internet gateway`
      : undefined,
  ]);
}

function alternates({ rotation }: RelationalDatabaseProps): boolean {
  return rotation?.alternatingSecret !== undefined;
}

function hasProxy({ proxy }: Engine, majorVersion = ''): boolean {
  return Token.isUnresolved(majorVersion) || proxy.versions.test(majorVersion);
}

function isName(name: string, longest: number): boolean {
  return Token.isUnresolved(name) || (/^[A-Za-z][A-Za-z0-9_]*$/.test(name) && name.length <= longest);
}

function startsWithLetter(longest: number): string {
  return `begin with a letter and hold up to ${longest} letters, digits and underscores`;
}
