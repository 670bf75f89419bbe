import { once } from '../support/platform';
import { harmfulChanges, notRecorded, withNew } from './support/changes';
import { readList } from './support/lists';
import { StatefulResource, statefulResources } from './support/stateful';

const WHAT_TO_DO = 'A user\'s data is lost by such a change. Take it back; or, when it must be, write a decision record in docs/adr '
  + 'with the way that data takes, release a new major version, delete the entry in test/contract/stateful-resources.json '
  + 'and run `npx projen contract:record`.';

const recorded = once(() => readList<StatefulResource[]>('stateful-resources.json'));
const present = once(statefulResources);

describe('the stateful resources of a platform', () => {
  test('stay as they are recorded', () => {
    const changes = harmfulChanges(recorded(), present());
    if (changes.length > 0) throw new Error(`${changes.join('\n')}\n\n${WHAT_TO_DO}`);
  });

  test('are recorded, every one', () => {
    const missing = notRecorded(recorded(), present());
    if (missing.length > 0) {
      throw new Error(`${missing.join('\n')}\n\nNew stateful resources: run \`npx projen contract:record\` and commit the list; from then on they may not change.`);
    }
  });

  test('are in every variant, with stores of each kind', () => {
    const types = new Set(present().map(({ type }) => type));
    expect([...types].sort()).toEqual(expect.arrayContaining([
      'AWS::Backup::BackupVault', 'AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::ServerlessCache', 'AWS::KMS::Key', 'AWS::Logs::LogGroup',
      'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::S3::Bucket', 'AWS::SecretsManager::Secret',
    ]));
  });
});

describe('a change of a recorded resource', () => {
  const database: StatefulResource = {
    path: 'Shop/Database/Resource', type: 'AWS::RDS::DBCluster', logicalId: 'ShopDatabase1', fixed: { DatabaseName: 'app' }, variants: ['default'],
  };

  test.each<[string, StatefulResource[], string]>([
    ['that takes it away', [], 'is gone from the template: its data is deleted, or left behind without an owner'],
    ['of its path', [{ ...database, path: 'Shop/Data/Resource' }], 'is gone from the template: its data is deleted, or left behind without an owner'],
    ['that takes it from one variant', [{ ...database, variants: ['other'] }], 'is gone from the template: its data is deleted, or left behind without an owner'],
    ['of its logical id', [{ ...database, logicalId: 'ShopDatabase2' }], 'has the logical id ShopDatabase2 instead of ShopDatabase1: a new, empty resource'],
    ['of its type', [{ ...database, type: 'AWS::RDS::DBInstance' }], 'became AWS::RDS::DBInstance: a new, empty resource'],
    ['of a property that replaces it', [{ ...database, fixed: { DatabaseName: 'shop' } }], 'is replaced, since DatabaseName changes from "app" to "shop"'],
    ['by a new property that replaces it', [{ ...database, fixed: { DatabaseName: 'app', KmsKeyId: 'key' } }], 'is replaced, since KmsKeyId changes from undefined to "key"'],
  ])('%s is found, and recording does not hide it', (_, after, message) => {
    const found = [`AWS::RDS::DBCluster Shop/Database/Resource (default) ${message}`];
    expect(harmfulChanges([database], after)).toEqual(found);
    expect(harmfulChanges(withNew([database], after), after)).toEqual(found);
  });

  test('that adds another is no harm, but has to be recorded', () => {
    const added = { ...database, path: 'Shop/Other/Resource', logicalId: 'ShopOther' };
    expect(harmfulChanges([database], [database, added])).toEqual([]);
    expect(notRecorded([database], [database, added])).toEqual(['AWS::RDS::DBCluster Shop/Other/Resource (default)']);
    expect(withNew([database], [database, added])).toEqual([database, added]);
  });
});
