import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { AuroraMysqlEngineVersion, AuroraPostgresEngineVersion, MysqlEngineVersion, PostgresEngineVersion } from 'aws-cdk-lib/aws-rds';
import { boundDatabase } from './support';
import { Database, IDatabase } from '../../src';
import { resources } from '../support/template';

/** The default of each release of the library, in their order. */
const DEFAULTS: { [engine: string]: string[] } =
  JSON.parse(readFileSync(path.join(__dirname, '..', 'contract', 'default-versions.json'), 'utf8'));

type Choice = [name: string, choice: () => IDatabase, instances: number];

const BY_DEFAULT: Choice[] = [
  ['aurora-mysql', () => Database.auroraMysql(), 2],
  ['aurora-mysql', () => Database.auroraMysqlProvisioned(), 2],
  ['aurora-postgresql', () => Database.auroraPostgresql(), 2],
  ['aurora-postgresql', () => Database.auroraPostgresqlProvisioned(), 2],
  ['mysql', () => Database.rdsMysql({ readReplica: true }), 2],
  ['postgres', () => Database.rdsPostgresql(), 1],
];
/** Versions of which AWS chooses the last number. */
const BY_AWS: Choice[] = [
  ['aurora-mysql', () => Database.auroraMysql({ version: AuroraMysqlEngineVersion.of('8.0', '8.0') }), 2],
  ['aurora-postgresql', () => Database.auroraPostgresql({ version: AuroraPostgresEngineVersion.of('17', '17') }), 2],
  ['mysql', () => Database.rdsMysql({ version: MysqlEngineVersion.of('8.4', '8.4'), readReplica: true }), 2],
  ['postgres', () => Database.rdsPostgresql({ version: PostgresEngineVersion.VER_17 }), 1],
];

function upgradesOf(choice: () => IDatabase): unknown[] {
  return resources(boundDatabase(choice()).template, 'AWS::RDS::DBInstance').map(({ Properties }) => Properties.AutoMinorVersionUpgrade);
}

describe('minor versions', () => {
  test.each(BY_DEFAULT)('come with a deployment, since RDS refuses to go back to the one that the template names: %s', (_, choice, instances) => {
    expect(upgradesOf(choice)).toEqual(Array.from({ length: instances }, () => false));
  });

  test.each(BY_AWS)('come from AWS where the version leaves them open: %s', (_, choice, instances) => {
    expect(upgradesOf(choice)).toEqual(Array.from({ length: instances }, () => true));
  });
});

/** A version as numbers, the last of which may be Aurora's own. */
const numbers = (version: string) => version.match(/\d+/g)!.map(Number);

/** Whether a version may follow another: a later one of the same major version, which is as many of its numbers. */
function follows(before: number[], after: number[], major: number): boolean {
  const changed = after.findIndex((number, index) => number !== before[index]);
  return changed >= major && after[changed] > before[changed];
}

describe('the default version', () => {
  test.each(BY_DEFAULT)('is the last that is written down: %s', (engine, choice) => {
    const { template } = boundDatabase(choice());
    const [{ Properties }] = [...resources(template, 'AWS::RDS::DBCluster'), ...resources(template, 'AWS::RDS::DBInstance')];
    expect([Properties.Engine, Properties.EngineVersion]).toEqual([engine, DEFAULTS[engine].at(-1)]);
  });

  test.each([['aurora-mysql', 3], ['aurora-postgresql', 1], ['mysql', 2], ['postgres', 1]])(
    'never goes back, and never to another major version, which RDS would have to be allowed: %s', (engine, major) => {
      const all = DEFAULTS[engine].map(numbers);
      expect(all.slice(1).filter((version, index) => !follows(all[index], version, major))).toEqual([]);
    });

  test.each([
    [[17, 7], [17, 9], 1, true], [[17, 9], [17, 7], 1, false], [[17, 9], [18, 1], 1, false],
    [[8, 4, 8], [8, 4, 10], 2, true], [[8, 4, 8], [8, 5, 1], 2, false],
    [[8, 0, 3, 10, 3], [8, 0, 3, 11, 0], 3, true], [[8, 0, 3, 10, 3], [8, 0, 4, 0, 0], 3, false],
  ])('%j to %j with %i numbers of the major version: %s', (before, after, major, expected) => {
    expect(follows(before, after, major)).toBe(expected);
  });
});
