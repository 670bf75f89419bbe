import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandsIn, mistakesIn } from '../contract/support/aws-commands';
import { fileOf, instances, userDataOf } from '../support/instances';

const ROOT = join(__dirname, '..', '..');
const APPLICATIONS = ['php-shop', 'wordpress'];

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** The lines of a configuration, without indentation, comments and gaps. */
function linesOf(text: string): string[] {
  return text.split('\n').map(line => line.replace(/\s+#.*$/, '').trim()).filter(line => line !== '' && !line.startsWith('#'));
}

/** What the contract with the application says to nginx. */
function documentedLines(): string[] {
  const [, section = ''] = read('docs/elastic-web-platform.md').split('### Who the visitor is');
  return [...section.split('\n## ')[0].matchAll(/```nginx\n(?<text>[^]*?)```/g)].flatMap(({ groups }) => linesOf(groups?.text ?? ''));
}

describe('the lines of the contract that say who the visitor is', () => {
  it('are there for nginx', () => {
    expect(documentedLines()).toEqual(expect.arrayContaining(['fastcgi_param REMOTE_ADDR $viewer_address;', 'absolute_redirect off;']));
  });

  it.each(APPLICATIONS)('are what %s is run with in the proofs', application => {
    const folder = `integ/apps/${application}/docker`;
    const used = linesOf(`${read(`${folder}/nginx.conf`)}\n${read(`${folder}/fastcgi.conf`)}`);
    expect(documentedLines().filter(line => !used.includes(line))).toEqual([]);
  });
});

describe('the lines for a page without its session\'s lock', () => {
  it('are those that the proof runs', () => {
    const [, section = ''] = read('docs/media-and-sessions.md').split('### A page without its lock');
    const documented = /```php\n(?<text>[^]*?)```/.exec(section)?.groups?.text ?? '';
    expect(documented).toContain('http_response_code(503);');
    expect(read('integ/apps/php-shop/docker/session-lock.php')).toContain(documented);
  });
});

describe('the lines that run a command on an instance', () => {
  const [, section = ''] = read('docs/compute-instances.md').split('## A task once, and by the clock');
  const [text] = section.split('\n## ');
  const userData = () => userDataOf(instances());
  const unit = (name: string) => fileOf(userData(), `/etc/systemd/system/${name}`);

  it('run it as the user, in the folder and with the environment of the pages', () => {
    const [, command = ''] = /^sudo systemd-run ([^]*?)\n```/m.exec(text) ?? [];
    const [user, folder, environment] = [/--uid=(\S+)/, /--working-directory=(\S+)/, /--property=(\S+)/].map(option => option.exec(command)?.[1]);
    expect(linesOf(fileOf(userData(), '/etc/php-fpm.d/www.conf'))).toContain(`user = ${user}`);
    expect(userData()).toContain(`--directory ${folder} `);
    expect(linesOf(unit('php-fpm.service.d/application.conf'))).toContain(environment);
    expect(unit('application-environment.service')).toContain('ExecStart=/usr/local/sbin/application-environment');
    expect(text).toContain('\nsudo systemctl start application-environment ');
  });

  it('are in the unit of the timer, too', () => {
    const [, file = ''] = /```ini\n(# \/etc\/systemd\/system\/clean-carts\.service\n[^]*?)```/.exec(text) ?? [];
    const pages = linesOf(unit('php-fpm.service.d/application.conf'));
    expect(linesOf(file)).toEqual(expect.arrayContaining(['User=nginx', 'WorkingDirectory=/var/www/app', ...pages.filter(line => /^(Requires|After|EnvironmentFile)=/.test(line))]));
  });
});

describe('the commands that run a task once', () => {
  const sections = [['docs/compute-fargate.md', '## A task once'], ['docs/compute-instances.md', '## A task once, and by the clock']];

  it.each(sections)('are what the AWS CLI knows: %s', (file, heading) => {
    const [, section = ''] = read(file).split(`${heading}\n`);
    const commands = commandsIn(section.split('\n## ')[0]);
    expect(commands.length).toBeGreaterThan(2);
    expect(commands.flatMap(mistakesIn)).toEqual([]);
  });
});
