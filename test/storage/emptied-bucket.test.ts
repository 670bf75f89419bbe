import { execFileSync } from 'node:child_process';
import { EnvironmentProfile, Media } from '../../src';
import { AccessLogs } from '../../src/storage/private/access-logs';
import { bound } from '../support/blocks';
import { once } from '../support/platform';
import { resources } from '../support/template';

const TAG = { Key: 'cdk-platform-patterns:empty-on-deletion', Value: 'true' };

const development = once(() => bound((scope, context) => Media.bucket().bind(scope, {
  ...context, subnets: {}, accessLogs: new AccessLogs(scope, 'AccessLogs', context.profile, context.encryptionKey).bucket,
}), EnvironmentProfile.development()));

/** Stands in for the SDK and CloudFormation's answer module: prints what the function does. */
const STAND_INS = `
import json, sys, types

class ClientError(Exception):
    def __init__(self, code):
        self.response = {'Error': {'Code': code}}

class S3:
    def __init__(self, tags):
        self.tags = tags
    def get_bucket_tagging(self, Bucket):
        if isinstance(self.tags, str):
            raise ClientError(self.tags)
        return {'TagSet': self.tags}
    def Bucket(self, name):
        delete = lambda: print('emptied ' + name)
        return types.SimpleNamespace(object_versions=types.SimpleNamespace(delete=delete))

given = json.load(sys.stdin)
s3 = S3(given['tags'])
sys.modules['boto3'] = types.SimpleNamespace(client=lambda service: s3, resource=lambda service: s3)
sys.modules['botocore'] = types.ModuleType('botocore')
sys.modules['botocore.exceptions'] = types.SimpleNamespace(ClientError=ClientError)
sys.modules['cfnresponse'] = types.SimpleNamespace(
    SUCCESS='success', FAILED='failed', send=lambda event, context, status, *rest, **more: print(status))
scope = {}
exec(given['code'], scope)
scope['handler']({'RequestType': given['request'], 'ResourceProperties': {'Bucket': 'media'}}, None)
`;

function run(request: string, tags: unknown): string[] {
  const [{ Properties }] = resources(development().template, 'AWS::Lambda::Function');
  const { ZipFile: code } = Properties.Code as { ZipFile: string };
  return execFileSync('python3', ['-c', STAND_INS], { input: JSON.stringify({ request, tags, code }), encoding: 'utf8' }).trim().split('\n');
}

describe('the function that empties a bucket', () => {
  test('empties it when it is deleted with its stack', () => {
    expect(run('Delete', [TAG])).toEqual(['emptied media', 'success']);
  });

  test.each([
    ['has lost the tag, since its stack now keeps data', [{ Key: 'Owner', Value: 'Storefront' }]],
    ['has no tags at all', 'NoSuchTagSet'],
    ['is gone', 'NoSuchBucket'],
  ])('leaves it alone when it %s', (_, tags) => {
    expect(run('Delete', tags)).toEqual(['success']);
  });

  test.each(['Create', 'Update'])('leaves it alone on %s', request => {
    expect(run(request, [TAG])).toEqual(['success']);
  });

  test('fails the deletion when it cannot tell', () => {
    expect(run('Delete', 'AccessDenied').at(-1)).toBe('failed');
  });

  test('is told by a tag that the bucket carries in development alone', () => {
    const tagged = resources(development().template, 'AWS::S3::Bucket').map(({ Properties }) => Properties.Tags);
    expect(tagged).toEqual([expect.arrayContaining([TAG]), expect.arrayContaining([TAG])]);
  });
});
