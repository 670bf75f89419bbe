import { App, Stack } from 'aws-cdk-lib';
import { AGENT, fromMysql, inZone } from './support';
import { Media } from '../../src';
import { CutOver, FileMigration, LegacySite, MigrationProps } from '../../src/migration';
import { addPlatform, eastStack, PlatformProps } from '../support/platform';

interface Resources {
  readonly [id: string]: { readonly Type: string; readonly Metadata?: unknown };
}

interface Synthesized {
  readonly Resources: Resources;
  readonly Outputs: { readonly [id: string]: unknown };
}

/** The template of a production platform with the migration, or without. */
function templateOf(props: PlatformProps, migration?: (stack: Stack) => MigrationProps) {
  const stack = eastStack();
  addPlatform(stack, { ...props, domain: inZone(stack), migration: migration?.(stack) });
  const { Resources: all, Outputs: outputs } = (stack.node.root as App).synth().getStackByName('Stack').template as Synthesized;
  return { all, outputs };
}

const properties = ({ Metadata: _, ...rest }: Resources[string]) => rest;

const differ = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b);

/** What removing the migration does to the rest of the template. */
function removing(migration: (stack: Stack) => MigrationProps, props: PlatformProps = {}) {
  const [before, after] = [templateOf(props, migration), templateOf(props)];
  const stays = Object.keys(after.all);
  return {
    goes: Object.keys(before.all).filter(id => !stays.includes(id)).map(id => [before.all[id].Type, id]),
    appears: stays.filter(id => !(id in before.all)),
    changes: stays.filter(id => id in before.all && differ(properties(before.all[id]), properties(after.all[id]))),
    changesMetadata: stays.filter(id => id in before.all && differ(before.all[id].Metadata, after.all[id].Metadata)).map(id => before.all[id].Type),
    outputs: Object.keys(before.outputs).filter(id => !(id in after.outputs)),
  };
}

describe('removing the migration of a database', () => {
  const removal = removing(stack => ({ database: fromMysql(stack) }));

  test('takes what it made out of the template, rules of security groups included', () => {
    const types = removal.goes.map(([type]) => type);
    expect(types).toEqual(expect.arrayContaining([
      'AWS::DMS::ReplicationInstance', 'AWS::DMS::ReplicationTask', 'AWS::EC2::SecurityGroupIngress', 'AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard',
    ]));
    // All of its own scope, but the rule that lets it into the database.
    expect(removal.goes.filter(([, id]) => !id.startsWith('ShopMigration')).map(([type]) => type)).toEqual(['AWS::EC2::SecurityGroupIngress']);
    expect(removal.outputs).toHaveLength(1);
  });

  test('touches nothing else: every other resource is the same to the byte', () => {
    expect(removal.appears).toEqual([]);
    expect(removal.changes).toEqual([]);
  });

  test('takes one name off the list of who reaches the database, which is metadata and reaches no API of AWS', () => {
    expect(removal.changesMetadata).toEqual(['AWS::RDS::DBCluster']);
  });
});

describe('removing the migration of files', () => {
  const files = () => FileMigration.fromNfs({ serverHostname: 'files.example.com', subdirectory: '/srv/images', agentArns: [AGENT] });

  test('into a bucket touches nothing else', () => {
    const removal = removing(() => ({ files: files() }));
    expect(removal.goes.map(([type]) => type)).toEqual(expect.arrayContaining(['AWS::DataSync::Task', 'AWS::DataSync::LocationS3']));
    expect(removal.goes.filter(([, id]) => !id.startsWith('ShopMigration'))).toEqual([]);
    expect([removal.appears, removal.changes, removal.changesMetadata]).toEqual([[], [], []]);
  });

  test('into a file system takes its rule along, and its name off the list of who reaches it', () => {
    const removal = removing(() => ({ files: files() }), { media: Media.fileSystem() });
    expect(removal.goes.filter(([, id]) => !id.startsWith('ShopMigration')).map(([type]) => type)).toEqual(['AWS::EC2::SecurityGroupIngress']);
    expect([removal.appears, removal.changes, removal.changesMetadata]).toEqual([[], [], ['AWS::EFS::FileSystem']]);
  });
});

describe('removing the cut-over', () => {
  const cutOver = (platformShare: number) => () => ({ cutOver: CutOver.weighted({ platformShare, legacy: LegacySite.addresses(['198.51.100.7']) }) });

  test('once the platform has every answer, touches nothing else', () => {
    const removal = removing(cutOver(100));
    expect(removal.goes.map(([type]) => type)).toEqual(expect.arrayContaining(['AWS::Route53::RecordSet', 'AWS::Route53::HealthCheck', 'AWS::CloudWatch::Alarm']));
    expect(removal.goes.map(([, id]) => id)).toContainEqual(expect.stringMatching(/^ShopMigrationCutOverWeightedPlatform\w*NoneHealthy/));
    expect(removal.goes.filter(([, id]) => !id.startsWith('ShopMigration'))).toEqual([]);
    expect([removal.appears, removal.changes, removal.changesMetadata]).toEqual([[], [], []]);
  });

  test('before, gives the platform the rest of the answers: its own records alone change', () => {
    const removal = removing(cutOver(20));
    expect(removal.changes).toEqual([expect.stringMatching(/^ShopContentDelivery\w*Ipv4/)]);
    expect(removal.appears).toEqual([expect.stringMatching(/^ShopContentDelivery\w*Ipv6/)]);
  });
});
