import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { parse } from 'yaml';
import { inRepository, TEAMS } from './repositories';

interface Job {
  readonly permissions?: { readonly [name: string]: string };
  readonly uses?: string;
  readonly needs?: string;
  readonly environment?: string;
  readonly with?: { readonly [name: string]: unknown };
  readonly steps?: { readonly uses?: string; readonly run?: string }[];
}
interface Workflow { readonly permissions: object; readonly jobs: { readonly [name: string]: Job } }

const workflowsOf = (team: typeof TEAMS[number]) => inRepository(team, folder => {
  const at = path.join(folder, '.github', 'workflows');
  return Object.fromEntries(readdirSync(at).map(file => [file, parse(readFileSync(path.join(at, file), 'utf8')) as Workflow]));
});

describe.each(TEAMS)('the workflows of a team with a %s', team => {
  const workflows = workflowsOf(team);
  const jobs = Object.values(workflows).flatMap(({ jobs: all }) => Object.entries(all));
  const steps = (job: Job) => (job.steps ?? []).flatMap(({ uses, run }) => [uses ?? '', run ?? '']);

  // No linter tells of it: without the permission GitHub gives no token, and with it any step may take the role.
  test('may ask GitHub for a token where a role is taken, and nowhere else', () => {
    const taking = jobs.filter(([, job]) => job.uses === './.github/workflows/release-to.yml' || steps(job).some(step => step.includes('configure-aws-credentials')));
    expect(taking.map(([name]) => name).sort()).toEqual(['development', 'production', 'release', 'take-back']);
    expect(jobs.map(([name, { permissions }]) => [name, permissions?.['id-token']]).sort())
      .toEqual([['build', undefined], ['development', 'write'], ['production', 'write'], ['release', 'write'], ['take-back', 'write']]);
    Object.values(workflows).forEach(({ permissions }) => expect(permissions).toEqual({}));
  });

  test('release what was built once, to development first, then where somebody approves', () => {
    const { build, development, production } = workflows['release.yml'].jobs;
    expect(steps(build).filter(step => step.includes('upload-artifact'))).toHaveLength(1);
    expect([development.needs, production.needs]).toEqual(['build', 'development']);
    expect([development.with!.environment, production.with!.environment]).toEqual(['development', 'production']);
    expect(development.with!.what).toBe(production.with!.what);
    // The name of the environment is what the role trusts, and what an approval hangs on.
    expect(workflows['release-to.yml'].jobs.release.environment).toBe('${{ inputs.environment }}');
  });

  test('name each action by its commit', () => {
    const used = jobs.flatMap(([, job]) => steps(job)).filter(step => /^[\w-]+\/[\w-]+@/.test(step));
    expect(used.length).toBeGreaterThan(4);
    expect(used.filter(step => !/@[0-9a-f]{40}$/.test(step))).toEqual([]);
  });
});

/** Programs that say what they are called with, and answer as the platform's would. */
const PROGRAMS = {
  aws: `#!/usr/bin/env bash
echo "aws $*" >> "$CALLS"
case "$1 $2" in
  'ssm get-parameter') echo "$PLACE" ;;
  'lambda invoke')
    cat "$(sed 's/.*fileb:\\/\\/\\([^ ]*\\).*/\\1/' <<< "$*")" >> "$CALLS"; echo >> "$CALLS"
    head -n 1 "$ANSWERS" > "\${@: -1}"; sed -i 1d "$ANSWERS"
    echo "$FAILED" ;;
  'ecr describe-images') exit "$KNOWN" ;;
  'ecr get-login-password') echo secret ;;
  'autoscaling start-instance-refresh') echo refresh-1 ;;
  'autoscaling describe-instance-refreshes') head -n 1 "$ANSWERS"; sed -i 1d "$ANSWERS" ;;
esac`,
  docker: `#!/usr/bin/env bash
echo "docker $*" >> "$CALLS"
case $1 in
  load) echo 'Loaded image: api:abc' ;;
  login) cat > "$CALLS.secret" ;;
esac`,
};

interface Run {
  readonly place: object;
  readonly args: string[];
  readonly answers?: unknown[];
  /** What the command line says of an error of the function. */
  readonly failed?: string;
  /** Whether the repository has the image already. */
  readonly known?: boolean;
}

function release({ place, args, answers = [], failed = 'None', known = false }: Run): { status: number | null; calls: string[]; output: string } {
  return inRepository('site', folder => {
    const bin = mkdtempSync(path.join(tmpdir(), 'programs-'));
    try {
      for (const [name, text] of Object.entries(PROGRAMS)) {
        writeFileSync(path.join(bin, name), text);
        chmodSync(path.join(bin, name), 0o755);
      }
      mkdirSync(path.join(folder, 'dist'));
      ['dist/index.html', 'image.tar', 'api.zip'].forEach(file => writeFileSync(path.join(folder, file), 'built'));
      const [calls, told] = ['calls', 'answers'].map(name => path.join(bin, name));
      writeFileSync(calls, '');
      writeFileSync(told, answers.map(answer => `${typeof answer === 'string' ? answer : JSON.stringify(answer)}\n`).join(''));
      const env = {
        PATH: `${bin}:${process.env.PATH}`,
        HOME: bin,
        CALLS: calls,
        ANSWERS: told,
        PLACE: JSON.stringify(place),
        FAILED: failed,
        KNOWN: known ? '0' : '254',
        RELEASE_PARAMETER: '/releases/Portal',
        RELEASE_PAUSE: '0',
      };
      const { status, stdout, stderr } = spawnSync('./release.sh', args, { cwd: folder, env, encoding: 'utf8' });
      const made = readFileSync(calls, 'utf8').trim().split('\n').slice(1);
      return { status, calls: made.map(call => call.replace(/ --payload.*/, '')), output: stdout + stderr };
    } finally {
      rmSync(bin, { recursive: true, force: true });
    }
  });
}

const SITE = { kind: 'site', bucket: 'site-bucket', releaseFunction: 'site-release' };
const IMAGE = { kind: 'image', repository: '1.dkr.ecr.us-east-1.amazonaws.com/portal-api', releaseFunction: 'api-release', cluster: 'c', service: 's' };
const GROUP = { kind: 'instances', group: 'api-group', bucket: 'releases', key: 'api.zip' };
const INVOKED = (name: string) => `aws lambda invoke --function-name ${name} --cli-read-timeout 900`;
const served = { current: ['v2'], deployment: ['SUCCESSFUL'] };

describe('the command of the guide', () => {
  test('uploads a site\'s build below its name, and asks for it', () => {
    const { status, calls, output } = release({ place: SITE, args: ['dist', 'v2'], answers: [{ current: 'v2' }] });
    expect([status, output]).toEqual([0, '{\n  "current": "v2"\n}\n']);
    expect(calls).toEqual(['aws s3 cp --recursive --only-show-errors dist s3://site-bucket/builds/v2/', INVOKED('site-release'), '{"release":"v2"}']);
  });

  test('fails with what the function says', () => {
    const { status, output } = release({ place: SITE, args: ['dist', 'v2'], answers: [{ errorMessage: 'another release was made' }], failed: 'Unhandled' });
    expect([status, output]).toEqual([1, 'release.sh: another release was made\n']);
  });

  test('pushes an image by its name, asks for it, and waits until it serves', () => {
    const { status, calls } = release({ place: IMAGE, args: ['image.tar', 'v2'], answers: [{ deployment: ['IN_PROGRESS'] }, { deployment: ['IN_PROGRESS'] }, served] });
    expect(status).toBe(0);
    expect(calls).toEqual([
      'aws ecr describe-images --repository-name portal-api --image-ids imageTag=v2',
      'docker load --quiet --input image.tar',
      'aws ecr get-login-password',
      'docker login --username AWS --password-stdin 1.dkr.ecr.us-east-1.amazonaws.com',
      'docker tag api:abc 1.dkr.ecr.us-east-1.amazonaws.com/portal-api:v2',
      'docker push 1.dkr.ecr.us-east-1.amazonaws.com/portal-api:v2',
      INVOKED('api-release'), '{"release":"v2"}', INVOKED('api-release'), '{}', INVOKED('api-release'), '{}',
    ]);
  });

  test('pushes no image that is there', () => {
    const { status, calls } = release({ place: IMAGE, args: ['image.tar', 'v2'], answers: [served], known: true });
    expect([status, calls.filter(call => call.startsWith('docker'))]).toEqual([0, []]);
  });

  test('fails where a deployment was taken back while it waited', () => {
    const { status, output } = release({ place: IMAGE, args: ['image.tar', 'v2'], answers: [{ deployment: ['PENDING'] }, { deployment: ['ROLLBACK_SUCCESSFUL'] }] });
    expect([status, output.trim().split('\n').pop()]).toEqual([1, 'release.sh: the deployment was taken back: what ran before runs']);
  });

  test.each([['Successful', 0], ['Failed', 1], ['Cancelled', 1], ['RollbackSuccessful', 1]])('puts an archive, renews the instances, and ends as that does: %s', (state, code) => {
    const { status, calls } = release({ place: GROUP, args: ['api.zip', 'v2'], answers: ['Pending', 'InProgress', state] });
    expect(status).toBe(code);
    expect(calls.slice(0, 2)).toEqual([
      'aws s3 cp --only-show-errors api.zip s3://releases/api.zip',
      'aws autoscaling start-instance-refresh --auto-scaling-group-name api-group --query InstanceRefreshId --output text',
    ]);
    expect(calls).toHaveLength(5);
  });

  test('leads a function\'s requests to another version', () => {
    const { status, calls } = release({ place: { kind: 'function', function: 'api', alias: 'live' }, args: ['12', 'v2'] });
    expect([status, calls]).toEqual([0, ['aws lambda update-alias --function-name api --name live --function-version 12']]);
  });

  test.each([[SITE, 'site-release', { current: 'v1' }], [IMAGE, 'api-release', served]])('takes back, and says what is live', (place, name, answer) => {
    expect(release({ place, args: ['--take-back'], answers: [answer] })).toMatchObject({ status: 0, calls: [INVOKED(name), '{"takeBack":true}'] });
    expect(release({ place, args: ['--status'], answers: [answer] })).toMatchObject({ status: 0, calls: [INVOKED(name), '{}'] });
  });

  test.each<[string, Run, string]>([
    ['a folder without a first document', { place: SITE, args: ['.', 'v2'] }, 'there is no index.html in .: give the folder that the build wrote'],
    ['a parameter that does not say where to', { place: { ...GROUP, bucket: undefined }, args: ['api.zip', 'v2'] }, '/releases/Portal says nothing of its bucket'],
    ['no name', { place: SITE, args: ['dist'] }, 'give what is released and what it is called, got: dist'],
    ['a way back of instances', { place: GROUP, args: ['--take-back'] }, '--take-back is not known of the kind \'instances\': release what was live before by its own name'],
    ['an image of the template', { place: { kind: 'service' }, args: ['image.tar', 'v2'] },
      'what is of the kind \'service\' is released with its stack: give it ReleasedImage.byTeam() in the platform'],
  ])('refuses %s, before anything is done', (_, run, message) => {
    const { status, output, calls } = release(run);
    expect([status, output.split('\n').filter(line => line.startsWith('release.sh')), calls]).toEqual([1, [`release.sh: ${message}`], []]);
  });
});
