import { execFileSync } from 'node:child_process';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CHOICES } from './choices';
import { boundDatabase } from './support';
import { Database, EnvironmentProfile, IDatabase } from '../../src';
import { once } from '../support/platform';
import { resources, text } from '../support/template';

/** Stands in for the SDK and CloudFormation's answer module: prints what the function does. */
const STAND_INS = `
import json, sys, types

class Exists(Exception): pass

class Logs:
    exceptions = types.SimpleNamespace(ResourceAlreadyExistsException=Exists)
    def __getattr__(self, action):
        def call(logGroupName, **more):
            if given['fails'] == 'denied':
                raise Exception('denied')
            if action == given['fails']:
                raise Exists()
            print(action, logGroupName, *more.values())
        return call

given = json.load(sys.stdin)
sys.modules['boto3'] = types.SimpleNamespace(client=lambda service: Logs())
sys.modules['cfnresponse'] = types.SimpleNamespace(
    SUCCESS='success', FAILED='failed', send=lambda event, context, status, *rest, **more: print(status))
scope = {}
exec(given['code'], scope)
scope['handler']({'RequestType': given['request'], 'ResourceProperties': given['properties']}, None)
`;

const customResource = (database: IDatabase, profile: EnvironmentProfile) => {
  const { template } = boundDatabase(database, {}, profile);
  const [resource] = resources(template, 'Custom::ExportedLogs');
  const code = resources(template, 'AWS::Lambda::Function').map(({ Properties }) => (Properties.Code as { ZipFile: string }).ZipFile)
    .find(source => source.includes('associate_kms_key'))!;
  return { resource, code };
};
const production = once(() => customResource(Database.auroraMysql(), EnvironmentProfile.production()));
const development = once(() => customResource(Database.rdsMysql(), EnvironmentProfile.development()));

type Made = ReturnType<typeof customResource>;

function run({ resource, code }: Made, request: string, more: { fails?: string; properties?: object } = {}): string[] {
  const properties = { ...resource.Properties, KeyArn: 'key', LogGroups: ['/aws/rds/x/error'], ...more.properties };
  const input = JSON.stringify({ request, code, properties, fails: more.fails ?? '' });
  return execFileSync('python3', ['-c', STAND_INS], { input, encoding: 'utf8' }).trim().split('\n');
}

describe('the logs that RDS exports', () => {
  test.each([['Create'], ['Update']])('are encrypted and kept as long as the profile says, on %s', request => {
    expect(run(production(), request)).toEqual([
      'create_log_group /aws/rds/x/error', 'associate_kms_key /aws/rds/x/error key', 'put_retention_policy /aws/rds/x/error 365', 'success',
    ]);
  });

  test('are taken over where RDS was first', () => {
    expect(run(production(), 'Create', { fails: 'create_log_group' })).toEqual([
      'associate_kms_key /aws/rds/x/error key', 'put_retention_policy /aws/rds/x/error 365', 'success',
    ]);
  });

  test('are kept for ever by a profile that says so', () => {
    expect(run(production(), 'Update', { properties: { RetentionDays: String(RetentionDays.INFINITE) } })).toContain('delete_retention_policy /aws/rds/x/error');
  });

  test('stay when the database goes, which writes until then and would make them again, without a key', () => {
    expect(run(production(), 'Delete')).toEqual(['success']);
    expect(run(development(), 'Delete')).toEqual(['success']);
  });

  test('fail the deployment when it may not', () => {
    expect(run(production(), 'Create', { fails: 'denied' }).at(-1)).toBe('failed');
  });

  test.each(CHOICES)('are all that $name writes', ({ make, store, exportedLogs }) => {
    const { template } = boundDatabase(make());
    template.hasResourceProperties(store, { EnableCloudwatchLogsExports: exportedLogs });
    const names = (resources(template, 'Custom::ExportedLogs')[0].Properties.LogGroups as object[]).map(text);
    const kind = store === 'AWS::RDS::DBCluster' ? 'cluster' : 'instance';
    expect(names.map(name => name.split('/'))).toEqual(exportedLogs.map(log => ['', 'aws', 'rds', kind, expect.any(String), log]));
  });
});
