import { Duration } from 'aws-cdk-lib';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { harmfulChanges } from './support/changes';
import { elasticWeb } from './support/elastic-web';
import { StatefulResource, statefulResourcesOf } from './support/stateful';
import { Database, IDatabase, RelationalDatabaseProps, PasswordRotation } from '../../src';
import { eastStack } from '../support/platform';

const known = new Map<() => IDatabase, StatefulResource[]>();

/** What a platform with the database keeps; synthesized once for each way to make one. */
function stateOf(database: () => IDatabase): StatefulResource[] {
  const state = known.get(database) ?? statefulResourcesOf(elasticWeb({ name: 'platform', props: () => ({ database: database() }) }))
    .map(resource => ({ ...resource, variants: ['platform'] }));
  known.set(database, state);
  return state;
}

const SERVERLESS = () => Database.auroraMysql();
const PROVISIONED = () => Database.auroraMysqlProvisioned();
const RDS = () => Database.rdsMysql();

const alternating = () => PasswordRotation.alternatingUsers({
  secret: Secret.fromSecretCompleteArn(eastStack(), 'Web', 'arn:aws:secretsmanager:us-east-1:111111111111:secret:web-abcdef'),
  automaticallyAfter: Duration.days(7),
});

/** What a user may turn on and off while the database holds data. */
const OPTIONS: [what: string, props: () => RelationalDatabaseProps][] = [
  ['a proxy', () => ({ proxy: true })],
  ['tokens', () => ({ iamAuthentication: true })],
  ['a password that RDS manages', () => ({ rotation: PasswordRotation.managed() })],
  ['alternating users', () => ({ rotation: alternating() })],
  ['TLS alone', () => ({ requireTls: true })],
];

/** From one database to another, which must find the data of the first. */
const CHANGES: [what: string, from: () => IDatabase, to: () => IDatabase][] = [
  ['serverless becomes instances', SERVERLESS, PROVISIONED],
  ['instances change their type', PROVISIONED, () => Database.auroraMysqlProvisioned({ instanceType: new InstanceType('r8g.4xlarge') })],
  ['an RDS instance changes its type', RDS, () => Database.rdsMysql({ instanceType: new InstanceType('r8g.4xlarge'), allocatedStorageGib: 500 })],
  ['serverless gets other bounds', SERVERLESS, () => Database.auroraMysql({ minAcu: 8, maxAcu: 200 })],
  ['a reader joins', SERVERLESS, () => Database.auroraMysql({ readers: 2 })],
  ['serverless PostgreSQL becomes instances', () => Database.auroraPostgresql(), () => Database.auroraPostgresqlProvisioned()],
  ...OPTIONS.flatMap(([what, props]): typeof CHANGES => [
    [`serverless gets ${what}`, SERVERLESS, () => Database.auroraMysql(props())],
    [`instances get ${what}`, PROVISIONED, () => Database.auroraMysqlProvisioned(props())],
    [`RDS gets ${what}`, RDS, () => Database.rdsMysql(props())],
  ]),
];

describe('a change that replaces nothing which keeps data', () => {
  test.each(CHANGES)('%s, and back', (_, from, to) => {
    const [before, after] = [stateOf(from), stateOf(to)];
    expect(before.length).toBeGreaterThan(5);
    expect(harmfulChanges(before, after)).toEqual([]);
    // On the way back only what was added goes: the log of a proxy, which is kept, or a reader, which is a copy.
    expect(harmfulChanges(after, before).filter(change => !/Proxy\/Logs|Reader2/.test(change))).toEqual([]);
  });
});

describe('a change that makes another database', () => {
  test.each<[what: string, to: () => IDatabase, harm: RegExp]>([
    ['Aurora becomes RDS', RDS, /DBCluster .* is gone/],
    ['the database gets another name', () => Database.auroraMysql({ databaseName: 'shop' }), /DBCluster .* is replaced, since DatabaseName/],
    ['MySQL becomes PostgreSQL', () => Database.auroraPostgresql(), /DBCluster .* is gone/],
    ['a snapshot is given', () => Database.auroraMysql({ snapshot: { snapshotIdentifier: 's', username: 'app' } }), /DBCluster .* is replaced, since SnapshotIdentifier/],
  ])('%s', (_, to, harm) => {
    expect(harmfulChanges(stateOf(SERVERLESS), stateOf(to))).toContainEqual(expect.stringMatching(harm));
  });
});
