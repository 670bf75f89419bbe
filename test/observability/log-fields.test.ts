import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { nginxConf } from '../../src/compute/instances/private/web-server';
import { LOG_FIELDS } from '../../src/core/private/log-fields';

const SHOP = path.join(__dirname, '..', '..', 'integ', 'apps', 'php-shop');
const shop = (file: string) => readFileSync(path.join(SHOP, file), 'utf8');
const INSTANCE = nginxConf({
  port: 8080, healthCheckPath: '/healthz', pingsPhp: true, root: '/var/www/app/public', folders: {}, workerMemoryMiB: 64, maxUploadMiB: 16, phpIni: {},
});

/** What stands for each variable of nginx in an example line. */
const VALUES: { [variable: string]: string } = {
  time_iso8601: '2026-11-25T16:00:00+00:00',
  http_x_amzn_trace_id: 'Root=1-67891233-abcdef012345678912345678',
  shop_request_id: 'Root=1-67891233-abcdef012345678912345678',
  request_method: 'GET',
  path: '/cart',
  uri: '/cart',
  status: '200',
  duration_ms: '12',
  upstream_ms: 'null',
  bytes_sent: '512',
  http_user_agent: 'Mozilla/5.0',
};

/** An example of what the access log of a configuration holds. */
function exampleOf(conf: string): { [field: string]: unknown } {
  const [, format] = /log_format json escape=json ([^;]+);/.exec(conf)!;
  const line = [...format.matchAll(/'([^']*)'/g)].map(([, part]) => part).join('').replace(/\$(\w+)/g, (_, name: string) => VALUES[name] ?? `unknown ${name}`);
  return JSON.parse(line) as { [field: string]: unknown };
}

function documented(on: 'access' | 'application'): string[] {
  return Object.entries(LOG_FIELDS).filter(([, field]) => field.on === on || field.on === 'both').map(([name]) => name).sort();
}

/** What nginx makes of a text by the patterns of a map, the first that matches. */
function mapped(conf: string, source: string, value: string): string | undefined {
  const [, body] = new RegExp(`map \\$${source} \\$\\w+ \\{([^}]*)\\}`).exec(conf)!;
  const rules = [...body.matchAll(/~(\S+) (\S+);/g)];
  const [, pattern, result] = rules.find(([, each]) => new RegExp(each).test(value)) ?? [];
  return pattern === undefined ? /default (\S+);/.exec(body)?.[1] : value.replace(new RegExp(`^.*?${pattern.replace('^', '')}`), result);
}

describe.each([['an instance', INSTANCE], ['the sample shop', shop('docker/nginx.conf')]])('the access log of %s', (_, conf) => {
  test('is JSON with the documented fields, numbers as numbers', () => {
    const example = exampleOf(conf);
    expect(Object.keys(example).sort()).toEqual(documented('access'));
    expect(example).toMatchObject({ path: '/cart', status: 200, duration_ms: 12, upstream_ms: null, bytes: 512 });
  });

  test('holds no query, no address and no cookie', () => {
    const [, format] = /log_format json ([^;]+);/.exec(conf)!;
    expect(format).not.toMatch(/\$(args|request\b|request_uri|remote_addr|remote_user|http_x_forwarded_for|http_cookie|http_referer|http_authorization)/);
  });

  test.each([['0.000', '0'], ['0.005', '5'], ['0.050', '50'], ['0.999', '999'], ['1.005', '1005'], ['60.000', '60000']])('has %s s as %s ms', (seconds, milliseconds) => {
    expect(mapped(conf, 'request_time', seconds)).toBe(milliseconds);
    expect(mapped(conf, 'upstream_response_time', seconds)).toBe(milliseconds);
  });

  test('has the time of the application that answered last, and null without one', () => {
    expect(mapped(conf, 'upstream_response_time', '0.001, 10.020')).toBe('10020');
    expect(mapped(conf, 'upstream_response_time', '1.000 : 0.004')).toBe('4');
    expect(mapped(conf, 'upstream_response_time', '')).toBe('null');
  });
});

describe('the lines of the sample shop', () => {
  const log = shop('src/Log.php');

  test('have the documented fields', () => {
    const fields = [...log.matchAll(/'(\w+)' =>/g)].map(([, name]) => name);
    expect([...new Set(fields)].sort()).toEqual(documented('application'));
  });

  test('hold nothing of a request but its id, its method and its path, and no arguments', () => {
    expect([...new Set([...log.matchAll(/\$_(\w+)(?:\['(\w+)'\])?/g)].map(([, source, name]) => `${source} ${name}`))].sort())
      .toEqual(['SERVER HTTP_X_AMZN_TRACE_ID', 'SERVER REQUEST_ID', 'SERVER REQUEST_METHOD', 'SERVER REQUEST_URI']);
    expect(log).not.toMatch(/getTrace/);
    expect(shop('docker/php.ini')).toContain('zend.exception_ignore_args = On');
  });

  test('are the only ones: nothing else writes to the error log', () => {
    ['src/Application.php', 'src/Health.php', 'src/Session.php', 'src/Database.php'].forEach(file => expect(shop(file)).not.toContain('error_log('));
  });
});
