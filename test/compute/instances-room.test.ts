import { spawnSync } from 'node:child_process';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ApplicationSecret, Compute, InstanceCode, InstancesProps, Media, Sessions, Tracing } from '../../src';
import { fileOf, instances, rawUserDataOf, userDataOf } from '../support/instances';
import { addPlatform, eastStack, once } from '../support/platform';

const standard = once(() => instances());

describe('what user data has room for', () => {
  /** A whole platform with all that takes room, and the given besides. */
  const crowded = (props: Partial<InstancesProps>, stackName?: string) => {
    const stack = eastStack('Stack', { stackName });
    addPlatform(stack, {
      media: Media.fileSystem(),
      sessions: Sessions.valkeyNodes(),
      compute: Compute.instances({
        code: InstanceCode.fromBucket(Bucket.fromBucketName(stack, 'Releases', 'releases'), 'shop-1.zip', 'v1'),
        tracing: Tracing.openTelemetry(),
        ...props,
      }),
    });
    return Template.fromStack(stack);
  };
  const words = (length: number) => Array.from({ length }, (_, index) => index.toString(36)).join('').slice(0, length);
  const manySecrets = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`KEY_${index}`, ApplicationSecret.generated()]));

  test.each([
    ['a short name', undefined], ['a stack\'s name of 128 characters', `S${'x'.repeat(127)}`],
  ])('has room for variables of 2,500 characters and ten secrets beside those of a whole platform, with tracing: %s', (_, stackName) => {
    const raw = rawUserDataOf({ template: crowded({ environment: { TEXT: words(2500) }, secrets: manySecrets }, stackName) });
    // What is known at deployment alone: ARNs, addresses and names.
    expect(raw.replace(/\$\{\w{9,}(\.\w+)*\}/g, 'x'.repeat(128)).length).toBeLessThan(16 * 1024);
  });

  test('is refused when EC2 would refuse it, and says what takes how much', () => {
    const attempt = (length: number) => () => crowded({ environment: { TEXT: words(length) }, packages: ['git'], php: { ini: { 'date.timezone': 'UTC' } } });
    expect(attempt(4000)).not.toThrow();
    expect(attempt(9000)).toThrow(/^\[Stack\/Shop\/Compute\/Instances\] user data must have at most 16384 characters, got \d{5}, 12005 of 'environment', 0 of 'secrets', 3 of 'packages', 19 of 'php\.ini': keep large settings in a file of the code, and several secrets in the fields of one that the application reads$/);
  });

  test('is refused with more packages than it takes', () => {
    const packages = Array.from({ length: 1000 }, (_, index) => `php8.4-${index}`);
    expect(() => crowded({ packages })).toThrow(/got \d{5}, 0 of 'environment', 0 of 'secrets', 10889 of 'packages', 0 of 'php\.ini': keep large/);
  });

  test('is the same on every machine, and packed into much less', () => {
    const raw = rawUserDataOf(standard());
    expect(raw.length).toBeLessThan(0.8 * userDataOf(standard()).length);
    const [, pack] = /END-OF-PACK'[^\n]*\n([^]*?)\nEND-OF-PACK/.exec(raw)!;
    // No time and no system in the head of the pack (RFC 1952: MTIME 0, XFL 2, OS).
    expect([...Buffer.from(pack, 'base64').subarray(0, 10)]).toEqual([31, 139, 8, 0, 0, 0, 0, 0, 2, 3]);
  });

  test('writes the packed files as they are', () => {
    const raw = rawUserDataOf(standard());
    const [pack] = /^packed=[^]*?^eval "\$packed"$/m.exec(raw)!;
    const local = pack.replace('eval "$packed"', 'printf \'%s\\n\' "$packed"');
    const { stdout, status } = spawnSync('bash', ['-c', `set -euo pipefail\n${local}`], { encoding: 'utf8' });
    expect(status).toBe(0);
    expect(fileOf(stdout, '/etc/nginx/nginx.conf')).toBe(fileOf(userDataOf(standard()), '/etc/nginx/nginx.conf'));
    const broken = local.replace('H4sI', 'AAAA');
    expect(spawnSync('bash', ['-c', `set -euo pipefail\n${broken}\necho on`], { encoding: 'utf8' })).toMatchObject({ stdout: '', status: 1 });
  });
});
