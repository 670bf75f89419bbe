import { Stack } from 'aws-cdk-lib';
import { phpSessionIni } from '../../src/data/private/php-sessions';

/** The text as CloudFormation hands it over. */
function deployed(): string {
  const { 'Fn::Sub': [text, values] } = new Stack().resolve(phpSessionIni('cache.example.com', '6379')) as { 'Fn::Sub': [string, { [name: string]: string }] };
  return text.replace(/\$\{(\w+)\}/g, (_, name: string) => values[name]).replace(/\$\{!/g, '${');
}

/** As PHP reads it: a variable of the environment in the place of `${…}`, and quotes off. */
function read(environment: { [name: string]: string }): { [name: string]: string } {
  const lines = deployed().trimEnd().split('\n').map(line => line.split(' = '));
  return Object.fromEntries(lines.map(([name, value]) => [
    name, value.replace(/\$\{(\w+)\}/g, (_, variable: string) => environment[variable]).replace(/^"(.*)"$/, '$1'),
  ]));
}

describe('the session configuration of PHP', () => {
  const ini = read({ SESSION_USER: 'app', SESSION_PASSWORD: 'secret' });

  test('keeps sessions in the store, by TLS, as the store\'s user', () => {
    expect(ini['session.save_handler']).toBe('redis');
    const path = new URL(ini['session.save_path']);
    expect([path.protocol, path.hostname, path.port]).toEqual(['tls:', 'cache.example.com', '6379']);
    expect(Object.fromEntries(path.searchParams)).toEqual({
      'timeout': '3', 'read_timeout': '3', 'prefix': 'session:', 'auth[user]': 'app', 'auth[pass]': 'secret',
    });
  });

  test('lets requests of one session take turns, and outlast a unit that died with the lock', () => {
    expect(ini['redis.session.locking_enabled']).toBe('1');
    const waited = Number(ini['redis.session.lock_wait_time']) * Number(ini['redis.session.lock_retries']) / 1e6;
    expect(waited).toBeGreaterThan(Number(ini['redis.session.lock_expire']));
  });

  test('closes the cookie to scripts, other sites and plain HTTP, and takes no id that nobody issued', () => {
    expect(ini).toMatchObject({
      'session.use_strict_mode': '1', 'session.cookie_httponly': '1', 'session.cookie_samesite': 'Lax', 'session.cookie_secure': '1',
    });
  });

  test('holds no password', () => {
    expect(deployed()).toContain('${SESSION_PASSWORD}');
    expect(deployed()).not.toMatch(/auth\[pass\]=[^$]/);
  });

  test('has each line of an ini file end', () => {
    expect(deployed()).toMatch(/^(\S+ = \S+\n)+$/);
  });
});
