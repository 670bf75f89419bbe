import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import { Act, GO_LIVE_CODE } from '../../src/compute/function/private/go-live';

const RUNNER = path.join(__dirname, 'function-runner.py');

interface Seen {
  readonly status: string;
  readonly id: string;
  readonly reason: string | null;
  readonly version: string;
  /** Code and settings. */
  readonly live: [string, string];
  readonly targets: string[];
  readonly provisioned: boolean;
}

type Properties = { readonly [name: string]: string };

function run(...steps: object[]): { seen: Seen[]; calls: string[] } {
  const input = JSON.stringify({ code: GO_LIVE_CODE, steps });
  return JSON.parse(execFileSync('python3', [RUNNER], { input, encoding: 'utf8' })) as { seen: Seen[]; calls: string[] };
}

const properties = (code: string, settings: string): Properties => ({ Act: Act.GO_LIVE, Function: 'shop', Alias: 'live', Code: code, Settings: settings });
const event = (RequestType: string, ResourceProperties: Properties, OldResourceProperties?: Properties) =>
  ({ event: { RequestType, ResourceProperties, OldResourceProperties } });

/** What CloudFormation does: it changes the function, and then asks. */
const create = (code: string, settings: string) => ({ stack: [code, settings], ...event('Create', properties(code, settings)) });
const deploy = ([was, before]: [string, string], [is, after]: [string, string], latest = is) =>
  ({ stack: [latest, after], ...event('Update', properties(is, after), properties(was, before)) });
const last = ({ seen }: { seen: Seen[] }) => seen.at(-1)!;

describe('what leads requests to a version', () => {
  test('fits into a template', () => {
    expect(GO_LIVE_CODE.length).toBeLessThanOrEqual(4096);
  });

  test('publishes the first one', () => {
    expect(last(run(create('A', 'one')))).toMatchObject({ status: 'success', version: '1', live: ['A', 'one'] });
  });

  test('publishes code that comes with a deployment', () => {
    expect(last(run(create('A', 'one'), deploy(['A', 'one'], ['B', 'one'])))).toMatchObject({ version: '2', live: ['B', 'one'] });
  });

  test('gives the code that is live the settings of a deployment', () => {
    expect(last(run(create('A', 'one'), deploy(['A', 'one'], ['A', 'two'])))).toMatchObject({ version: '2', live: ['A', 'two'] });
  });

  test('waits until a version can answer before requests are led to it', () => {
    const { calls } = run(create('A', 'one'));
    expect(calls).toEqual(['function_updated_v2', 'publish_version', 'published_version_active', 'update_alias']);
  });

  test('leaves a version alone that has all settings already', () => {
    const { seen, calls } = run(create('A', 'one'), deploy(['A', 'one'], ['A', 'one']));
    expect(seen.at(-1)).toMatchObject({ status: 'success', version: '1' });
    expect(calls.filter(call => call === 'publish_version')).toHaveLength(1);
  });

  const TAKEN_BACK = [create('A', 'one'), deploy(['A', 'one'], ['B', 'one']), { lead: '1' }];

  test('does not take back that a team took a version back: the platform\'s new settings come with the code that is live', () => {
    expect(last(run(...TAKEN_BACK, deploy(['B', 'one'], ['B', 'two'])))).toMatchObject({ status: 'success', version: '3', live: ['A', 'two'] });
  });

  test('does so for an image, too', () => {
    const images = [create('image:A', 'one'), deploy(['image:A', 'one'], ['image:B', 'one']), { lead: '1' }, deploy(['image:B', 'one'], ['image:B', 'two'])];
    expect(last(run(...images))).toMatchObject({ status: 'success', live: ['image:A', 'two'] });
  });

  test('brings the next code live all the same', () => {
    expect(last(run(...TAKEN_BACK, deploy(['B', 'one'], ['C', 'one'])))).toMatchObject({ live: ['C', 'one'] });
  });

  test('lets no code go live that was uploaded by hand', () => {
    const [uploaded, deployed] = [{ upload: 'X' }, deploy(['A', 'one'], ['A', 'two'], 'X')];
    expect(last(run(create('A', 'one'), uploaded, deployed))).toMatchObject({ live: ['A', 'two'] });
  });

  test.each(['update_function_code', 'publish_version', 'published_version_active', 'update_alias'])(
    'leaves what is live alone when %s fails, and finds its way from there', name => {
      const failed = run(...TAKEN_BACK, { fail: { [name]: ['AccessDeniedException'] } }, deploy(['B', 'one'], ['B', 'two']));
      expect(last(failed)).toMatchObject({ status: 'failed', reason: 'AccessDeniedException', version: '1', live: ['A', 'one'] });
      const again = { event: deploy(['B', 'one'], ['B', 'two']).event };
      const { seen } = run(...TAKEN_BACK, { fail: { [name]: ['AccessDeniedException'] } }, deploy(['B', 'one'], ['B', 'two']), again);
      expect(seen.at(-1)).toMatchObject({ status: 'success', live: ['A', 'two'] });
    });

  test('lets CloudFormation roll back after a failure: the version that is live has the old settings', () => {
    const { seen } = run(...TAKEN_BACK, { fail: { update_alias: ['AccessDeniedException', 'AccessDeniedException'] } },
      deploy(['B', 'one'], ['B', 'two']), deploy(['B', 'two'], ['B', 'one']));
    expect(seen.at(-1)).toMatchObject({ status: 'success', version: '1', live: ['A', 'one'] });
  });

  test('goes back to the code before when another resource of the stack failed after it', () => {
    expect(last(run(create('A', 'one'), deploy(['A', 'one'], ['B', 'two']), deploy(['B', 'two'], ['A', 'one'])))).toMatchObject({ live: ['A', 'one'] });
  });

  test('waits while something else changes the function, or has moved the alias meanwhile', () => {
    const { seen, calls } = run(create('A', 'one'), { fail: { publish_version: ['ResourceConflictException'], update_alias: ['PreconditionFailedException'] } },
      deploy(['A', 'one'], ['A', 'two']));
    expect(seen.at(-1)).toMatchObject({ status: 'success', live: ['A', 'two'] });
    expect(calls.filter(call => call === 'sleep')).toHaveLength(2);
  });

  test('gives up after ten minutes', () => {
    const busy = { fail: { publish_version: Array.from({ length: 2000 }, () => 'ResourceConflictException') } };
    expect(last(run(create('A', 'one'), busy, deploy(['A', 'one'], ['A', 'two'])))).toMatchObject({ status: 'failed', version: '1' });
  });

  test('leaves all versions to the function itself when it is deleted', () => {
    const { seen, calls } = run(create('A', 'one'), event('Delete', properties('A', 'one')));
    expect(seen.at(-1)).toMatchObject({ status: 'success', version: '1' });
    expect(calls.at(-1)).toBe('update_alias');
  });

  test('has one id whatever is deployed, so that CloudFormation deletes nothing', () => {
    expect(new Set(run(...TAKEN_BACK, deploy(['B', 'one'], ['C', 'two'])).seen.map(({ id }) => id)).size).toBe(1);
  });
});

describe('what puts the function behind the balancer', () => {
  const target = (Target: string): Properties => ({ Act: Act.REGISTER, TargetGroup: 'group', Target });

  test('registers it, and takes it out again', () => {
    const { seen } = run(event('Create', target('alias')), event('Delete', target('alias')));
    expect(seen.map(({ status, targets }) => [status, targets])).toEqual([['success', ['alias']], ['success', []]]);
  });

  test('registers another one under another id, so that CloudFormation takes the first out afterwards', () => {
    const { seen } = run(event('Create', target('alias')), event('Update', target('other'), target('alias')), event('Delete', target('alias')));
    expect(seen.at(-1)!.targets).toEqual(['other']);
    expect(seen[1].id).not.toBe(seen[0].id);
  });
});

describe('what takes back the executions that stand ready', () => {
  const ready: Properties = { Act: Act.STAND_READY, Function: 'shop', Alias: 'live' };

  test('does so when nothing scales them any more, and at no other time', () => {
    const { seen } = run(event('Create', ready), event('Update', ready, ready), event('Delete', ready));
    expect(seen.map(({ status, provisioned }) => [status, provisioned])).toEqual([['success', true], ['success', true], ['success', false]]);
  });

  test.each(['ResourceNotFoundException', 'ProvisionedConcurrencyConfigNotFoundException'])('is content when there are none: %s', code => {
    expect(last(run({ fail: { delete_provisioned_concurrency_config: [code] } }, event('Delete', ready)))).toMatchObject({ status: 'success' });
  });

  test('fails the deletion when it cannot tell', () => {
    expect(last(run({ fail: { delete_provisioned_concurrency_config: ['AccessDeniedException'] } }, event('Delete', ready)))).toMatchObject({ status: 'failed' });
  });
});
