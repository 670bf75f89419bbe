import { Template } from 'aws-cdk-lib/assertions';
import { AGENT, fromMysql, migrated } from './support';
import { Media, Reachability } from '../../src';
import { FileMigration } from '../../src/migration';
import { once } from '../support/platform';

const template = once((): Template => migrated(
  stack => ({
    database: fromMysql(stack),
    files: FileMigration.fromNfs({ serverHostname: 'files.example.com', subdirectory: '/srv/images', agentArns: [AGENT] }),
  }),
  () => ({ media: Media.fileSystem() })).template);

const findings = (json: object) => Reachability.analyzeTemplate(JSON.stringify(json)).map(({ ruleName, witness }) => `${ruleName}: ${witness}`);

test('a migration is declared to reach the database and the file system, and opens them to nobody else', () => {
  expect(findings(template().toJSON())).toEqual([]);
});

test('another machine in the group of the replication would be found', () => {
  const json = template().toJSON();
  const group = Object.keys(json.Resources).find(id => json.Resources[id].Properties?.GroupDescription === 'Database migration')!;
  json.Resources.Stranger = { Type: 'AWS::EC2::Instance', Properties: { SecurityGroupIds: [{ 'Fn::GetAtt': [group, 'GroupId'] }] } };
  expect(findings(json)).toEqual([expect.stringMatching(/^reachability-undeclared-workload: .*Stranger/)]);
});
