import { spawnSync } from 'child_process';
import { readFileSync } from 'fs';
import { join } from 'path';
import { RELEASE_CODE } from '../../src/compute/fargate/private/released/release-code';

interface Step {
  readonly event?: object;
  /** Images that the team's pipeline puts there first, by their tags. */
  readonly push?: string[];
  /** How a deployment of the platform's own ended, which began before; with the first one there is a service. */
  readonly platform?: string;
  /** How deployments end from here on; an image that the tag is put on just before one begins; a registry that sends something else. */
  readonly state?: { readonly outcome?: string; readonly meanwhile?: string; readonly forged?: true };
  /** Deployments take longer than a function runs. */
  readonly lasts?: true;
}

interface Outcome {
  readonly answer?: { readonly [name: string]: unknown };
  readonly error?: string;
  readonly sent: { readonly status: string; readonly reason: string | null }[];
  readonly calls: string[];
  /** Which image is behind each tag of the platform's. */
  readonly tags: { readonly [tag: string]: string };
  readonly first: { readonly architecture: string; readonly command: string[]; readonly files: { readonly [path: string]: string } };
}

function run(...steps: Step[]): Outcome[] {
  const { stdout, stderr, status } = spawnSync('python3', ['-c', readFileSync(join(__dirname, 'image-runner.py'), 'utf8')], {
    input: JSON.stringify({ code: RELEASE_CODE, steps }), encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Outcome[];
}

const asked = (properties: object = {}, RequestType = 'Create') => ({ event: { RequestType, ResourceProperties: { Port: '8080', Path: '/healthz', Architecture: 'arm64', ...properties } } });
const release = (name: string) => ({ event: { release: name } });
const BACK = { event: { takeBack: true } };
const FIRST: Step[] = [asked(), { platform: 'SUCCESSFUL' }];
const ONE: Step[] = [...FIRST, { push: ['v1'], ...release('v1') }];
const TWO: Step[] = [...ONE, { push: ['v2'], ...release('v2') }];
const last = (outcomes: Outcome[]) => outcomes[outcomes.length - 1];

describe('before the first release', () => {
  test('there is an image that is well, and says that nothing is released', () => {
    const [{ sent, tags, first }] = run(asked());
    expect(sent).toEqual([{ status: 'SUCCESS', reason: null }]);
    expect(tags).toEqual({ first: 'first', live: 'first' });
    expect(first.command).toEqual(['httpd', '-f', '-p', '8080', '-h', '/www', '-c', '/etc/httpd.conf']);
    expect(first.files).toEqual({
      'www/healthz': 'ok',
      'www/missing.json': '{"message": "Nothing has been released yet"}',
      'etc/httpd.conf': 'E404:/www/missing.json',
    });
  });

  test.each(['arm64', 'amd64'])('it is for the service\'s processor, %s', Architecture => {
    expect(run(asked({ Architecture }))[0].first.architecture).toBe(Architecture);
  });

  test.each([['/', 'www/index.html'], ['/health/', 'www/health/index.html'], ['/api/up?deep=1', 'www/api/up']])('it answers the health check %s', (Path, file) => {
    expect(run(asked({ Path }))[0].first.files).toHaveProperty([file], 'ok');
  });

  test('it follows what the service is asked by', () => {
    const [begun, , changed] = run(asked(), { platform: 'SUCCESSFUL' }, asked({ Port: '9000' }, 'Update'));
    expect(begun.calls).toEqual(['put first', 'put live']);
    expect([changed.calls, changed.first.command[3]]).toEqual([['put first', 'put live', 'deploy first'], '9000']);
  });
});

describe('a first image that cannot be', () => {
  test.each<[string, Step, RegExp]>([
    ['there is no base for the processor', asked({ Architecture: 'riscv64' }), /has no docker\/library\/busybox for riscv64$/],
    ['what comes is not what was asked for', { ...asked(), state: { forged: true } }, /sent is not sha256:\w{64}$/],
  ])('fails the deployment, and says why: %s', (_, step, reason) => {
    const [{ sent, tags }] = run(step);
    expect([sent, tags]).toEqual([[{ status: 'FAILED', reason: expect.stringMatching(reason) as string }], {}]);
  });
});

describe('a deployment of the platform', () => {
  test.each(['Update', 'Delete'])('takes back nothing that was released, at %s', RequestType => {
    const after = last(run(...ONE, asked({ Port: '9000' }, RequestType)));
    expect([after.tags.live, after.calls, after.sent[0].status]).toEqual(['v1', [], 'SUCCESS']);
  });

  test('takes back nothing that was pushed before it first came', () => {
    const [, { calls, sent, tags }] = run({ push: ['v1', 'live'] }, asked());
    expect([calls, sent[0].status, Object.keys(tags)]).toEqual([[], 'SUCCESS', ['live']]);
  });

  test('that ECS takes back leaves the tag as it is', () => {
    expect(last(run(...TWO, { platform: 'ROLLBACK_SUCCESSFUL' }, { event: { source: 'aws.ecs' } }))).toMatchObject({ calls: [], tags: { live: 'v2', previous: 'v1' } });
  });
});

describe('a release', () => {
  test('puts the tag on the image, then starts units of it, and waits until they serve', () => {
    expect(last(run(...TWO))).toMatchObject({
      calls: ['put previous', 'put live', 'deploy v2'],
      answer: { current: ['v2'], previous: ['v1'], deployment: ['SUCCESSFUL'] },
    });
  });

  test('of what is live already starts nothing', () => {
    expect(last(run(...ONE, release('v1')))).toMatchObject({ calls: [], answer: { current: ['v1'] } });
  });

  test('is taken back in one step, and that again', () => {
    const outcomes = run(...TWO, BACK, BACK).slice(-2);
    expect(outcomes.map(({ calls, tags }) => [calls, tags.live, tags.previous])).toEqual([
      [['put previous', 'put live', 'deploy v1'], 'v1', 'v2'], [['put previous', 'put live', 'deploy v2'], 'v2', 'v1'],
    ]);
  });

  test('cannot be taken back where there was none before', () => {
    expect(run(...FIRST, BACK)[2].error).toBe('there is no release before this one: release another image');
    expect(last(run(...ONE, BACK)).error).toBe('there is no release before this one: release another image');
  });

  test.each([
    ['v9', 'there is no image \'v9\' in shop: push it first'],
    ['a b', 'a release is named by the tag of an image, got \'a b\''],
  ])('of %s is refused, and changes nothing', (name, message) => {
    expect(last(run(...ONE, release(name)))).toMatchObject({ error: message, calls: [] });
  });

  test('is refused while a deployment is under way', () => {
    expect(last(run(...ONE, { platform: 'ROLLBACK_IN_PROGRESS', push: ['v2'], ...release('v2') }))).toMatchObject({
      error: 'a deployment is under way (ROLLBACK_IN_PROGRESS): look at it, then release again', calls: [], tags: { live: 'v1' },
    });
  });

  test('that takes longer than the function runs is followed by asking', () => {
    const [released, looked] = run(...ONE, { lasts: true, push: ['v2'], ...release('v2') }, { event: {} }).slice(-2);
    expect(released.answer).toMatchObject({ current: ['v2'], deployment: ['IN_PROGRESS'] });
    expect(looked).toMatchObject({ answer: { current: ['v2'] }, calls: [] });
  });

  test('fails where the tag was put back just before it began: what runs is the image before', () => {
    expect(last(run(...TWO, { state: { meanwhile: 'v2' }, push: ['v3'], ...release('v3') }))).toMatchObject({
      error: 'the tag was put back meanwhile, by the end of an earlier deployment: release again', tags: { live: 'v2' },
    });
  });

  test('before there is a service is what the service begins with', () => {
    expect(last(run(asked(), { push: ['v1'], ...release('v1') }))).toMatchObject({ calls: ['put previous', 'put live'], tags: { live: 'v1' } });
  });
});

describe('a release that ECS takes back', () => {
  const failing: Step[] = [...TWO, { state: { outcome: 'ROLLBACK_SUCCESSFUL' }, push: ['v3'], ...release('v3') }];

  test('fails with what ECS says, and the tag is on what runs', () => {
    expect(last(run(...failing))).toMatchObject({
      error: 'v3 was taken back (ROLLBACK_SUCCESSFUL): tasks failed to start', tags: { live: 'v2', previous: 'v1' },
    });
  });

  test('leaves the way back as it was', () => {
    expect(last(run(...failing, { state: { outcome: 'SUCCESSFUL' }, ...BACK }))).toMatchObject({ tags: { live: 'v1', previous: 'v2' } });
  });

  test.each([['ECS says so', { source: 'aws.ecs' }], ['somebody asks', {}]])('when nobody waits any more is settled when %s', (_, event) => {
    const settled = last(run(...TWO, { lasts: true, push: ['v3'], ...release('v3') }, { platform: 'ROLLBACK_SUCCESSFUL', event }));
    expect([settled.calls, settled.tags.live]).toEqual([['put live'], 'v2']);
  });
});
