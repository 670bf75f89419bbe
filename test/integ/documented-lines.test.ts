import { readFileSync } from 'node:fs';
import { join } from 'node:path';

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
