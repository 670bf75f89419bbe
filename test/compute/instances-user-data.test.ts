import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { AccessPoint, FileSystem } from 'aws-cdk-lib/aws-efs';
import { BindContext, IAttachable, Tier } from '../../src';
import { ENVIRONMENT_SCRIPT } from '../../src/compute/instances/private/environment';
import { fileOf, instances, rawUserDataOf, userDataOf } from '../support/instances';
import { once } from '../support/platform';
import { only, resources } from '../support/template';

const SESSION_INI = 'session.save_handler = redis\nsession.save_path = "tls://cache:6379?auth=${SESSION_PASSWORD}"';

const standard = once(() => instances());
const full = once(() => instances({
  capacity: { steps: [{ fromCpuPercent: 75, addPercent: 100 }] },
  attachments: context => [media(context)],
  props: {
    environment: { DB_USER: 'me', GREETING: 'it\'s "50 $" `now`\\\nEND-OF-FILE' },
    packages: ['php8.3-gd'],
    php: { version: '8.3', extensions: [] },
    documentRoot: '.',
    healthCheckPath: '/up.php?deep=1',
  },
}));

/** A media library on a file system, and sessions that tell PHP where they are kept. */
function media({ vpc, encryptionKey }: BindContext): IAttachable {
  const fileSystem = new FileSystem(encryptionKey, 'Files', { vpc });
  return {
    environment: { MEDIA_BASE_URL: '/media', SESSION_PHP_INI: SESSION_INI },
    secrets: {},
    mount: { fileSystem, accessPoint: new AccessPoint(encryptionKey, 'Folder', { fileSystem }), path: '/mnt/media' },
    attachTo: () => {},
    monitorWith: () => {},
    describe: () => ({ id: 'Media', construct: fileSystem, title: 'Media', purpose: 'Test', tier: Tier.DATA }),
  };
}

let folder: string;
beforeEach(() => { folder = mkdtempSync(path.join(tmpdir(), 'instances-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the user data', () => {
  test.each([['by default', standard], ['with everything', full]])('is valid shell, within what EC2 takes: %s', (_, bound) => {
    const script = userDataOf(bound());
    const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    // 16 KiB before encoding (EC2 user guide); what is known at deployment alone may be longer than its name here.
    expect(rawUserDataOf(bound()).length).toBeLessThan(11_000);
    expect(spawnSync('bash', ['-n'], { input: fileOf(script, '/usr/local/sbin/application-ready'), encoding: 'utf8' }).status).toBe(0);
    expect(script).not.toContain('undefined');
  });

  test('names secrets, and holds none', () => {
    const [{ id }] = resources(standard().template, 'AWS::SecretsManager::Secret');
    expect(fileOf(userDataOf(standard()), '/etc/application/secrets').split('\n'))
      .toEqual([`DB_USER \${${id}} ${Buffer.from('username').toString('base64')}`, `TOKEN \${${id}} -`]);
    expect(userDataOf(standard())).not.toContain('resolve:secretsmanager');
  });

  test('lets a variable of the user win, over a secret too', () => {
    const names = (name: string) => fileOf(userDataOf(full()), name).split('\n').map(line => line.split(' ')[0]);
    expect(names('/etc/application/variables')).toEqual(['DB_HOST', 'DB_PORT', 'MEDIA_BASE_URL', 'SESSION_PHP_INI', 'DB_USER', 'GREETING']);
    expect(names('/etc/application/secrets')).toEqual(['TOKEN']);
  });

  test('installs what the image lacks: PHP of the version, extensions, and what is asked for', () => {
    expect(userDataOf(standard()))
      .toContain('for package in nginx php8.4-fpm php8.4-cli php8.4-mysqlnd php8.4-mbstring php8.4-xml php8.4-opcache amazon-cloudwatch-agent amazon-ssm-agent; do');
    expect(userDataOf(standard())).toContain('pecl install redis-6.2.0');
    expect(userDataOf(full())).toContain('php8.3-opcache amazon-cloudwatch-agent amazon-ssm-agent amazon-efs-utils php8.3-gd; do');
    expect(userDataOf(full())).not.toContain('pecl');
  });

  test('mounts a file system by TLS and IAM, at every start, and serves it at its path', () => {
    const files = only(full().template, 'AWS::EFS::FileSystem').id;
    const point = only(full().template, 'AWS::EFS::AccessPoint').id;
    expect(userDataOf(full())).toContain(`echo '\${${files}} /mnt/media efs _netdev,noresvport,tls,iam,accesspoint=\${${point}} 0 0' >> /etc/fstab`);
    expect(fileOf(userDataOf(full()), '/etc/nginx/nginx.conf')).toContain('location ^~ /media/ {\nalias /mnt/media/;');
    expect(only(full().template, 'AWS::AutoScaling::AutoScalingGroup').DependsOn)
      .toEqual(expect.arrayContaining(resources(full().template, 'AWS::EFS::MountTarget').map(({ id }) => id)));
  });

  test('lets the health check pass without a limit, by the script that it names', () => {
    const health = (bound: typeof full) => fileOf(userDataOf(bound()), '/etc/nginx/nginx.conf').split('location = ')[1].split('}')[0];
    expect(health(standard)).toMatch(/^\/healthz \{[^]*SCRIPT_FILENAME \$document_root\/index\.php;/);
    expect(health(full)).toMatch(/^\/up\.php \{[^]*SCRIPT_FILENAME \$document_root\/up\.php;/);
    expect(health(full)).not.toContain('limit_conn');
    expect(fileOf(userDataOf(full()), '/usr/local/sbin/application-ready')).toContain('http://127.0.0.1:8080/up.php?deep=1');
  });

  test('keeps processes of PHP for health checks alone', () => {
    const nginx = fileOf(userDataOf(full()), '/etc/nginx/nginx.conf');
    const passes = nginx.split('location ').flatMap(each => (/^(.+) \{[^]*fastcgi_pass unix:(.+);/.exec(each) ?? []).slice(1));
    expect(passes).toEqual(['= /up.php', '/run/php-fpm/health.sock', '~ \\.php$', '/run/php-fpm/www.sock']);
    expect(fileOf(userDataOf(full()), '/etc/nginx/application-fastcgi.conf')).not.toContain('fastcgi_pass');
    const [, edit] = /^sed '(.+)' \/etc\/php-fpm\.d\/www\.conf > \/etc\/php-fpm\.d\/health\.conf$/m.exec(userDataOf(full()))!;
    const pool = fileOf(userDataOf(full()), '/etc/php-fpm.d/www.conf');
    const health = spawnSync('sed', [edit], { input: pool, encoding: 'utf8' }).stdout.split('\n');
    expect(health.filter(line => !pool.split('\n').includes(line))).toEqual([
      '[health]', 'listen = /run/php-fpm/health.sock', 'listen.backlog = 16', 'pm.max_children = 2', 'request_terminate_timeout = 10s',
    ]);
    expect(health.join('\n')).not.toMatch(/@|www/);
  });

  test('tells the agent to report memory and disk of the group, and each log', () => {
    const agent = JSON.parse(fileOf(userDataOf(standard()), '/etc/application/agent.json'));
    expect(agent.metrics.metrics_collected.mem).toEqual({ measurement: ['mem_used_percent'], append_dimensions: { AutoScalingGroupName: 'Stack-Slot-Instances' } });
    expect(agent.metrics.metrics_collected.disk.resources).toEqual(['/']);
    expect(agent.metrics.metrics_collected.cpu).toBeUndefined();
    const logs = only(standard().template, 'AWS::Logs::LogGroup').id;
    expect(agent.logs.logs_collected.files.collect_list).toHaveLength(6);
    expect(agent.logs.logs_collected.files.collect_list[0]).toEqual(
      { file_path: '/var/log/nginx/access.log', log_group_name: '@LOGS@', log_stream_name: '{instance_id}/nginx-access' });
    const [, edit] = /^sed -i '(.+)' \/etc\/application\/agent\.json$/m.exec(userDataOf(standard()))!;
    const edited = spawnSync('sed', [edit], { input: fileOf(userDataOf(standard()), '/etc/application/agent.json'), encoding: 'utf8' }).stdout;
    expect(edited.split(`"log_group_name":"\${${logs}}"`)).toHaveLength(7);
    expect(agent.traces).toBeUndefined();
  });
});

describe('a stop', () => {
  it.each(['nginx', 'php-fpm'])('lets %s finish what is under way: it is not sent SIGTERM, and its workers are told by it', unit => {
    const lines = fileOf(userDataOf(standard()), `/etc/systemd/system/${unit}.service.d/application.conf`).split('\n');
    expect(lines).toEqual(expect.arrayContaining(['KillSignal=SIGQUIT', 'KillMode=mixed', 'TimeoutStopSec=30']));
  });

  it('is that of nginx first: PHP-FPM answers what nginx has begun', () => {
    expect(fileOf(userDataOf(standard()), '/etc/systemd/system/nginx.service.d/application.conf')).toContain('[Unit]\nAfter=php-fpm.service\n');
  });
});

describe('CPU', () => {
  test('is reported every 10 seconds where steps are decided by it, in the name of the group', () => {
    const { metrics } = JSON.parse(fileOf(userDataOf(full()), '/etc/application/agent.json'));
    expect([metrics.namespace, metrics.force_flush_interval]).toEqual(['CWAgent', 10]);
    expect(metrics.metrics_collected.cpu).toEqual({
      measurement: ['cpu_usage_active'],
      totalcpu: true,
      metrics_collection_interval: 10,
      append_dimensions: { AutoScalingGroupName: 'Stack-Slot-Instances' },
    });
  });

  /** What the script that runs at the end of every start asks of systemd; the instance is on its way to that state. */
  function startedOnTheWayTo(state: string, ...args: string[]): string {
    const stand = (name: string, text: string) => writeFileSync(path.join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    stand('curl', `case "$*" in *target-lifecycle-state) echo ${state} ;; *) echo i-1 ;; esac`);
    stand('aws', ':');
    stand('systemctl', `echo "$@" >> ${folder}/calls`);
    writeFileSync(path.join(folder, 'calls'), '');
    spawnSync('bash', ['-s', ...args], {
      input: fileOf(userDataOf(full()), '/usr/local/sbin/application-ready'), env: { PATH: `${folder}:${process.env.PATH}` },
    });
    return readFileSync(path.join(folder, 'calls'), 'utf8').trim();
  }

  test('is reported by instances that serve alone: those that boot, or enter the warm pool, would tell of a load that is none', () => {
    expect(userDataOf(full())).toContain('amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -c file');
    expect(userDataOf(full())).not.toMatch(/systemctl enable .*amazon-cloudwatch-agent/);
    expect(startedOnTheWayTo('InService')).toBe('start amazon-cloudwatch-agent');
    expect(startedOnTheWayTo('Warmed:Stopped')).toBe('');
  });

  test('comes with the logs of an instance that failed, wherever it was to go', () => {
    expect(startedOnTheWayTo('Warmed:Stopped', 'failed')).toBe('start amazon-cloudwatch-agent');
  });
});

describe('the limits of an instance', () => {
  test.each([
    ['2 GiB and 1 processor: by the processor', 1850, 1, [16, 64, 32]],
    ['4 GiB and 8 processors: by the memory', 3800, 8, [51, 204, 102]],
    ['half a GiB: two at the least', 450, 1, [2, 8, 4]],
  ])('follow from its size: %s', (_, memory, processors, [children, everyone, newcomers]) => {
    const [, script] = /^(memory=[^]*?)^sed /m.exec(userDataOf(standard()))!;
    const local = script.replace('/proc/meminfo', path.join(folder, 'meminfo')).replace('$(nproc)', String(processors));
    writeFileSync(path.join(folder, 'meminfo'), `MemTotal:       ${memory * 1024} kB\n`);
    const { stdout } = spawnSync('bash', ['-c', `${local}\necho $children $(( children * 4 )) $(( children * 2 ))`], { encoding: 'utf8' });
    expect(stdout.trim()).toBe(`${children} ${everyone} ${newcomers}`);
    expect(userDataOf(standard())).toContain('s/@EVERYONE@/$(( children * 4 ))/; s/@NEWCOMERS@/$(( children * 2 ))/');
  });
});

describe('the environment of PHP', () => {
  /** Python itself: a version manager's stand-in for it would put other programs before the one below. */
  const python = once(() => spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).stdout.trim());

  /** Runs the script with a stand-in for the AWS CLI, which answers any secret with this text. */
  function run(userData: string, secret: string): { environment: string; ini: string; mode: string; calls: string[] } {
    const file = (name: string) => path.join(folder, name);
    ['variables', 'secrets'].forEach(name => writeFileSync(file(name), `${fileOf(userData, `/etc/application/${name}`)}\n`));
    mkdirSync(file('bin'));
    writeFileSync(file('bin/aws'), `#!/bin/sh\necho "$@" >> ${file('calls')}\ncat ${file('answer')}\n`);
    chmodSync(file('bin/aws'), 0o755);
    writeFileSync(file('answer'), JSON.stringify({ SecretString: secret }));
    writeFileSync(file('ini'), '');
    const { status, stderr } = spawnSync(python(), ['-'], {
      input: ENVIRONMENT_SCRIPT,
      encoding: 'utf8',
      env: {
        PATH: `${file('bin')}:${process.env.PATH}`,
        APPLICATION_FOLDER: folder,
        APPLICATION_ENVIRONMENT: file('run/environment'),
        APPLICATION_SESSION_INI: file('ini'),
      },
    });
    expect([status, stderr]).toEqual([0, '']);
    return {
      environment: readFileSync(file('run/environment'), 'utf8'),
      ini: readFileSync(file('ini'), 'utf8'),
      mode: statSync(file('run/environment')).mode.toString(8).slice(-3),
      calls: readFileSync(file('calls'), 'utf8').trim().split('\n'),
    };
  }

  test('holds variables as they were given and secrets as they are now, for root alone', () => {
    const { environment, mode, calls } = run(userDataOf(full()), '{"username":"shop","password":"p"}');
    // What systemd reads in double quotes and a POSIX shell reads there is the same.
    const shown = spawnSync('sh', ['-c', `${environment}\nprintf '%s|%s|%s' "$DB_HOST" "$GREETING" "$TOKEN"`], { encoding: 'utf8' });
    expect(shown.stdout).toBe('db|it\'s "50 $" `now`\\\nEND-OF-FILE|{"username":"shop","password":"p"}');
    expect(mode).toBe('600');
    expect(calls).toHaveLength(1);
  });

  test('takes a field of a secret, and fetches each secret once', () => {
    const { environment, calls } = run(userDataOf(standard()), '{"username":"shop"}');
    expect(environment).toContain('DB_USER="shop"\n');
    expect(calls).toHaveLength(1);
  });

  test('brings the settings of PHP for sessions to PHP', () => {
    expect(run(userDataOf(full()), '{}').ini).toBe(`${SESSION_INI}\n`);
    rmSync(path.join(folder, 'bin'), { recursive: true });
    expect(run(userDataOf(standard()), '{"username":"x"}').ini).toBe('');
  });
});
