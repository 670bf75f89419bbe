import { spawnSync } from 'child_process';
import { readFileSync } from 'fs';
import { join } from 'path';
import { RELEASE_CODE } from '../../src/storage/private/site/release-code';

interface Step {
  readonly event?: object;
  /** Objects that somebody else puts first. */
  readonly upload?: { readonly [key: string]: string };
  readonly day?: number;
  /** A key at which S3 breaks. */
  readonly failAt?: string;
  /** What somebody else writes just before the function does. */
  readonly beforeState?: { readonly [key: string]: string };
  readonly environment?: { readonly [name: string]: string };
}

interface Outcome {
  readonly answer?: { readonly [name: string]: unknown };
  readonly error?: string;
  readonly sent: { readonly status: string; readonly reason?: string }[];
  readonly calls: string[];
  readonly live: { readonly [key: string]: string };
}

const ENVIRONMENT = { BUCKET: 'site', ROOT: '/frontend', DISTRIBUTION: 'E1', HASHED: '["assets/"]', KEPT_DAYS: '30' };

function run(steps: Step[]): { steps: Outcome[]; stored: { [key: string]: { ContentType: string; CacheControl: string } } } {
  const { stdout, stderr, status } = spawnSync('python3', ['-c', readFileSync(join(__dirname, 'site-runner.py'), 'utf8')], {
    input: JSON.stringify({ code: RELEASE_CODE, environment: ENVIRONMENT, steps }), encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as ReturnType<typeof run>;
}

function upload(name: string, files: { [path: string]: string }): { [key: string]: string } {
  return Object.fromEntries(Object.entries(files).map(([path, body]) => [`builds/${name}/${path}`, body]));
}

const release = (name: string) => ({ event: { release: name } });
const V1 = upload('v1', { 'index.html': 'one', 'assets/app-1.js': 'a1', 'assets/vendor.js': 'v', 'logo.svg': 'old logo' });
const V2 = upload('v2', { 'index.html': 'two', 'assets/app-2.js': 'a2', 'assets/vendor.js': 'v', 'logo.svg': 'new logo' });
const FIRST = { event: { RequestType: 'Create', ResourceProperties: { Page: 'nothing yet' } } };
const renewed = ({ calls }: Outcome) => calls.find(call => call.startsWith('renew'));
const last = <T>(all: T[]) => all[all.length - 1];

describe('a site before its first release', () => {
  test('says so, and answers the deployment', () => {
    const [first] = run([FIRST]).steps;
    expect(first.sent).toEqual([{ status: 'SUCCESS', reason: null }]);
    expect(first.live).toEqual({ 'live/frontend/index.html': 'nothing yet' });
  });

  test('leaves what is there as it is, whatever a deployment does: what a team released stays', () => {
    const { steps } = run([FIRST, { upload: V1, ...release('v1') }, { event: { ...FIRST.event, RequestType: 'Update' } }, { event: { ...FIRST.event, RequestType: 'Delete' } }]);
    expect(steps.slice(2).map(({ live }) => live['live/frontend/index.html'])).toEqual(['one', 'one']);
    expect(steps.slice(2).map(({ sent }) => sent[0].status)).toEqual(['SUCCESS', 'SUCCESS']);
  });

  test('is moved with its release when its path changes', () => {
    const { steps } = run([FIRST, { upload: V1, ...release('v1') }, { environment: { ROOT: '/app' }, event: { ...FIRST.event, RequestType: 'Update' } }]);
    expect(Object.keys(steps[2].live)).toEqual(['live/app/assets/app-1.js', 'live/app/assets/vendor.js', 'live/app/index.html', 'live/app/logo.svg']);
  });
});

describe('a release', () => {
  const both = () => run([FIRST, { upload: V1, ...release('v1') }, { upload: V2, ...release('v2') }]);

  test('puts new files first, then its record, what changed, and the first document at last', () => {
    expect(both().steps[2].calls).toEqual([
      'put live/frontend/assets/app-2.js', 'put state.json', 'put live/frontend/logo.svg', 'put live/frontend/index.html',
      'renew E1 /frontend/index.html /frontend/logo.svg', 'put state.json',
    ]);
  });

  test('keeps the files of the one before, for who has a page of it open', () => {
    expect(both().steps[2].live).toEqual({
      'live/frontend/assets/app-1.js': 'a1',
      'live/frontend/assets/app-2.js': 'a2',
      'live/frontend/assets/vendor.js': 'v',
      'live/frontend/index.html': 'two',
      'live/frontend/logo.svg': 'new logo',
    });
  });

  test('renews at the edge what changed alone', () => {
    expect(both().steps[2].answer).toEqual({ current: 'v2', new: 1, changed: 2, invalidated: ['index.html', 'logo.svg'], forgotten: [] });
    expect(run([{ upload: V1, ...release('v1') }, release('v1')]).steps[1].calls).toEqual(['put state.json', 'put state.json']);
  });

  test('has browsers keep for a year what is named by its content, and ask again for the rest', () => {
    const { stored } = both();
    expect(stored['live/frontend/assets/app-2.js']).toEqual({ ContentType: 'text/javascript; charset=utf-8', CacheControl: 'public, max-age=31536000, immutable' });
    expect(stored['live/frontend/index.html']).toEqual({ ContentType: 'text/html; charset=utf-8', CacheControl: 'public, max-age=0, s-maxage=300, must-revalidate' });
    expect(stored['live/frontend/logo.svg']).toEqual({ ContentType: 'image/svg+xml', CacheControl: 'public, max-age=0, s-maxage=300, must-revalidate' });
  });

  test('says what is released, and changes nothing', () => {
    const asked = last(run([{ upload: V1, ...release('v1') }, { event: {} }]).steps);
    expect(asked).toMatchObject({ answer: { current: 'v1', history: ['v1'] }, calls: [] });
    expect(run([{ event: {} }]).steps[0].answer).toEqual({ current: null, history: [] });
  });

  test('takes a document away that the site has no more', () => {
    const { steps } = run([{ upload: upload('v1', { 'index.html': '1', 'about/index.html': 'a' }), ...release('v1') }, { upload: upload('v2', { 'index.html': '2' }), ...release('v2') }]);
    expect(steps[1].live).toEqual({ 'live/frontend/index.html': '2' });
    expect(renewed(steps[1])).toBe('renew E1 /frontend/about/index.html /frontend/index.html');
  });

  test('has paths renewed as addresses have them', () => {
    const { steps } = run([{ upload: upload('v1', { 'index.html': '1', 'a b/ü.txt': '1' }), ...release('v1') }, { upload: upload('v2', { 'index.html': '1', 'a b/ü.txt': '2' }), ...release('v2') }]);
    expect(renewed(steps[1])).toBe('renew E1 /frontend/a%20b/%C3%BC.txt');
  });
});

describe('a release is taken back', () => {
  const back = () => run([FIRST, { upload: V1, ...release('v1') }, { upload: V2, ...release('v2') }, { event: { takeBack: true } }]);

  test('in one step, and the later files stay for who has got them', () => {
    const { steps: [,,, step] } = back();
    expect(step.answer).toMatchObject({ current: 'v1', new: 0, changed: 2 });
    expect(step.live).toMatchObject({ 'live/frontend/index.html': 'one', 'live/frontend/logo.svg': 'old logo', 'live/frontend/assets/app-2.js': 'a2' });
  });

  test('as often as there is one before', () => {
    const { steps } = run([{ upload: V1, ...release('v1') }, { event: { takeBack: true } }]);
    expect(steps[1]).toMatchObject({ error: 'there is no release before this one: release another build', calls: [] });
  });

  test('and may be made again', () => {
    const { steps } = run([{ upload: V1, ...release('v1') }, { upload: V2, ...release('v2') }, { event: { takeBack: true } }, release('v2'), { event: { takeBack: true } }]);
    expect(steps.map(({ live }) => live['live/frontend/index.html'])).toEqual(['one', 'two', 'one', 'two', 'one']);
  });
});

describe('a release that cannot be is refused before anybody sees any of it', () => {
  const seen = { 'live/frontend/index.html': 'one' };

  test.each<[what: string, step: Step, message: string]>([
    ['no document', { upload: upload('v2', { 'dist/index.html': 'two' }), ...release('v2') },
      'build \'v2\' has no index.html at its top: upload what the build wrote, not its folder, to s3://site/builds/v2/'],
    ['no build', release('v9'), 'build \'v9\' has no index.html at its top: upload what the build wrote, not its folder, to s3://site/builds/v9/'],
    ['a name that is a path', release('../v1'), 'a release is named by at most 100 letters, digits, dots, dashes and underscores, got \'../v1\''],
    ['another content under a name that browsers keep', { upload: upload('v2', { 'index.html': 'two', 'assets/vendor.js': 'other' }), ...release('v2') },
      'browsers keep assets/vendor.js for a year, and build \'v2\' has another content under the same name: have the build name files by their content, or move these out of assets/'],
  ])('%s', (_, step, message) => {
    const outcome = last(run([{ upload: V1, ...release('v1') }, step]).steps);
    expect(outcome).toMatchObject({ error: message, calls: [] });
    expect(outcome.live).toMatchObject(seen);
  });

  test('another release at the same time', () => {
    const { steps } = run([{ upload: V1, ...release('v1') }, { upload: V2, ...release('v2'), beforeState: { 'state.json': '{"history": ["v1", "v3"], "until": {}, "served": "v3", "back": false}' } }]);
    expect(steps[1].error).toBe('another release was made at the same time: look at it, then run this one again');
    expect(steps[1].live).toMatchObject(seen);
    expect(steps[1].calls).toEqual(['put live/frontend/assets/app-2.js']);
  });
});

describe('a release that breaks', () => {
  test.each(['live/frontend/assets/app-2.js', 'state.json', 'live/frontend/logo.svg', 'live/frontend/index.html'])('at %s leaves the old first document, and is mended by running it again', failAt => {
    const { steps } = run([{ upload: V1, ...release('v1') }, { upload: V2, ...release('v2'), failAt }, release('v2'), { event: { takeBack: true } }]);
    expect(steps[1]).toMatchObject({ error: `broke at ${failAt}`, live: { 'live/frontend/index.html': 'one' } });
    expect(steps[2].live).toMatchObject({ 'live/frontend/index.html': 'two', 'live/frontend/logo.svg': 'new logo', 'live/frontend/assets/app-2.js': 'a2' });
    expect(steps[3].live).toMatchObject({ 'live/frontend/index.html': 'one' });
  });

  test.each(['live/frontend/logo.svg', 'live/frontend/index.html'])('on its way back at %s is ended by asking again, and not taken back further', failAt => {
    const V0 = upload('v0', { 'index.html': 'zero', 'logo.svg': 'older logo' });
    const { steps } = run([{ upload: V0, ...release('v0') }, { upload: V1, ...release('v1') }, { upload: V2, ...release('v2') }, { event: { takeBack: true }, failAt }, { event: {} }, { event: { takeBack: true } }]);
    expect(steps[4].answer).toMatchObject({ current: 'v2', history: ['v0', 'v1'] });
    expect(steps[5].live).toMatchObject({ 'live/frontend/index.html': 'one', 'live/frontend/logo.svg': 'old logo' });
  });

  test('is taken back as any other', () => {
    const { steps } = run([{ upload: V1, ...release('v1') }, { upload: V2, ...release('v2'), failAt: 'live/frontend/index.html' }, { event: { takeBack: true } }]);
    expect(steps[2]).toMatchObject({ answer: { current: 'v1' }, live: { 'live/frontend/index.html': 'one', 'live/frontend/logo.svg': 'old logo' } });
  });

  test('tells a deployment why', () => {
    const { steps } = run([{ ...FIRST, failAt: 'live/frontend/index.html' }]);
    expect(steps[0].sent).toEqual([{ status: 'FAILED', reason: 'broke at live/frontend/index.html' }]);
  });
});

describe('files of earlier releases', () => {
  const V3 = upload('v3', { 'index.html': 'three' });
  const after = (day: number) => last(run([{ upload: V1, ...release('v1') }, { day: 1, upload: V2, ...release('v2') }, { day, upload: V3, ...release('v3') }]).steps);

  test('stay for the time that is said, counted from when they were replaced', () => {
    expect(Object.keys(after(30).live)).toContain('live/frontend/assets/app-1.js');
    expect(after(30).answer?.forgotten).toEqual([]);
  });

  test('go then, with their build, and those of the one before stay whatever its age', () => {
    const { live, answer, calls } = after(31);
    expect(answer?.forgotten).toEqual(['v1']);
    expect(Object.keys(live)).toEqual(['live/frontend/assets/app-2.js', 'live/frontend/assets/vendor.js', 'live/frontend/index.html', 'live/frontend/logo.svg']);
    expect(calls).toEqual(expect.arrayContaining(['delete builds/v1/index.html', 'delete live/frontend/assets/app-1.js']));
    expect(calls.filter(call => call.includes('v2'))).toEqual([]);
  });

  test('of one that was taken back stay as long', () => {
    const { steps } = run([{ upload: V1, ...release('v1') }, { upload: V2, ...release('v2') }, { event: { takeBack: true } }, { day: 40, upload: V3, ...release('v3') }]);
    expect(last(steps)).toMatchObject({ answer: { forgotten: ['v2'] } });
    expect(Object.keys(last(steps).live)).toContain('live/frontend/assets/app-1.js');
  });
});
