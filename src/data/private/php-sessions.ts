import { Fn } from 'aws-cdk-lib';

/**
 * Configuration by which PHP keeps its sessions in Valkey or Redis, as the text of an ini file. PHP puts variables of its
 * environment in the place of `${…}` when it reads the file, so that no password stands in the text.
 *
 * The handler is that of phpredis (its documentation, "PHP Session handler" and "Session locking"); the password needs no
 * encoding, since it is made of letters and digits.
 */
export function phpSessionIni(host: string, port: string): string {
  const options = {
    'timeout': '3',
    'read_timeout': '3',
    'prefix': 'session:',
    'auth[user]': variable('SESSION_USER'),
    'auth[pass]': variable('SESSION_PASSWORD'),
  };
  const query = Object.entries(options).map(([name, value]) => `${name}=${value}`).join('&');
  const text = Object.entries({
    'session.save_handler': 'redis',
    'session.save_path': `"tls://\${Host}:\${Port}?${query}"`,
    // Two requests of one session, on whichever units, take turns: neither loses what the other has put in.
    'redis.session.locking_enabled': '1',
    // A page that is slower than its lock loses what it put into the session: as long as a unit has to answer when it goes.
    'redis.session.lock_expire': '30',
    // Whoever waits (20 ms, 1600 times) outlasts the lock of a unit that died with it in hand.
    'redis.session.lock_wait_time': '20000',
    'redis.session.lock_retries': '1600',
    // Two hours without a request end a session.
    'session.gc_maxlifetime': '7200',
    // An id that nobody issued is not taken; scripts and other sites do not see the cookie, and viewers use HTTPS alone.
    'session.use_strict_mode': '1',
    'session.cookie_httponly': '1',
    'session.cookie_samesite': 'Lax',
    'session.cookie_secure': '1',
  }).map(([name, value]) => `${name} = ${value}\n`).join('');
  return Fn.sub(text, { Host: host, Port: port });
}

/** A variable of PHP's: CloudFormation, which has the same notation, leaves one with an exclamation mark alone and takes that off. */
function variable(name: string): string {
  return `\${!${name}}`;
}
