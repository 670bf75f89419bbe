import { spawnSync } from 'node:child_process';
import { Size } from 'aws-cdk-lib';
import { fileOf, instances, userDataOf } from '../support/instances';
import { once } from '../support/platform';

const standard = once(() => userDataOf(instances()));
const NGINX = '/etc/nginx/nginx.conf';

/** What one of nginx's maps makes of values, by the lines that stand in the rendered file: the last word of the one that fits. */
function mapped(variable: string, value: string): string {
  const [, body] = new RegExp(`map \\$\\w+ \\$${variable} \\{([^]*?)\\n\\}`).exec(fileOf(standard(), NGINX))!;
  const lines = body.trim().split(/;\s*/).filter(line => line !== '').map(line => line.split(/\s+(?=\S+$)/));
  for (const [key, result] of lines) {
    const pattern = /^'?~\*(.*?)'?$/.exec(key)?.[1];
    const found = pattern === undefined ? null : new RegExp(pattern, 'i').exec(value);
    if (found !== null) return result.replace('$1', found[1]);
  }
  return (lines.find(([key]) => key === value) ?? lines.find(([key]) => key === 'default') ?? ['', ''])[1];
}

/** The last value that PHP is given under a name: PHP-FPM takes that one. */
function given(name: string): string | undefined {
  return [...fileOf(standard(), '/etc/nginx/application-fastcgi.conf').matchAll(/^fastcgi_param (\S+) (.+);$/gm)]
    .filter(([, param]) => param === name).pop()?.[2];
}

describe('what PHP is told of the visitor', () => {
  test('is the address that CloudFront saw, without its port, and never one that the visitor may write', () => {
    expect(given('REMOTE_ADDR')).toBe('$viewer_address');
    expect(fileOf(standard(), NGINX)).toContain('map $http_cloudfront_viewer_address $viewer_address {');
    expect(standard()).not.toMatch(/x_forwarded_for|X-Forwarded-For/i);
  });

  test.each([
    ['198.51.100.10:46532', '198.51.100.10'],
    ['2001:db8:0:0:0:0:2:1:46532', '2001:db8:0:0:0:0:2:1'],
    ['2001:DB8::1:443', '2001:DB8::1'],
    ['2001:db8:::443', '2001:db8::'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['', '$remote_addr'],
    ['198.51.100.10, 203.0.113.9:1', '$remote_addr'],
  ])('of %j the address is %s', (header, address) => {
    expect(mapped('viewer_address', header)).toBe(address);
  });

  test('is the protocol by CloudFront, and without CloudFront that of the load balancer', () => {
    expect(fileOf(standard(), NGINX)).toContain('map $http_cloudfront_forwarded_proto $viewer_proto {');
    expect(fileOf(standard(), NGINX)).toContain('map $http_x_forwarded_proto $balancer_proto {');
    expect(['https', 'http', ''].map(value => mapped('viewer_proto', value))).toEqual(['https', 'http', '$balancer_proto']);
    expect(['https', 'http', ''].map(value => mapped('balancer_proto', value))).toEqual(['https', '$scheme', '$scheme']);
    expect(['https', 'http'].map(value => mapped('viewer_https', value))).toEqual(['on', '']);
    expect(['https', 'http'].map(value => mapped('viewer_port', value))).toEqual(['443', '$server_port']);
    expect(['HTTPS', 'REQUEST_SCHEME', 'SERVER_PORT', 'HTTP_X_FORWARDED_PROTO', 'HTTP_X_FORWARDED_PORT'].map(given))
      .toEqual(['$viewer_https if_not_empty', '$viewer_proto', '$viewer_port', '$viewer_proto', '$viewer_port']);
  });

  test('is the name that the visitor asked for', () => {
    expect(given('SERVER_NAME')).toBe('$host');
  });

  test('is set after what nginx sets by itself', () => {
    expect(fileOf(standard(), '/etc/nginx/application-fastcgi.conf')).toMatch(/^include \/etc\/nginx\/fastcgi_params;\n/);
  });
});

test('a folder without its slash is redirected to by its path alone', () => {
  expect(fileOf(standard(), NGINX).split('\nserver {')[1]).toContain('\nabsolute_redirect off;\n');
});

describe('the largest upload', () => {
  /** What nginx takes, and what PHP does, of the given props. */
  const limits = (maxUpload?: Size) => {
    const script = userDataOf(instances({ props: { php: { maxUpload } } }));
    const pool = fileOf(script, '/etc/php-fpm.d/www.conf');
    return [
      /client_max_body_size (.+);/.exec(fileOf(script, NGINX)), /^php_admin_value\[upload_max_filesize\] = (.+)$/m.exec(pool),
      /^php_admin_value\[post_max_size\] = (.+)$/m.exec(pool),
    ].map(found => found?.[1]);
  };

  test.each([
    ['16 MiB by default', undefined, ['17m', '16M', '17M']],
    ['as it is given', Size.mebibytes(200), ['201m', '200M', '201M']],
    ['in another unit', Size.gibibytes(2), ['2049m', '2048M', '2049M']],
  ])('is one number for nginx and PHP, with room for the form: %s', (_, maxUpload, expected) => {
    expect(limits(maxUpload)).toEqual(expected);
  });
});

describe('settings of php.ini', () => {
  test('are written as they are given, to the file that PHP reads last', () => {
    const ini = { 'date.timezone': 'America/Sao_Paulo', 'error_reporting': 'E_ALL & ~E_DEPRECATED', 'redis.session.lock_expire': '"60"' };
    const script = userDataOf(instances({ props: { php: { ini } } }));
    expect(fileOf(script, '/etc/php.d/95-user.ini')).toBe(
      'date.timezone = America/Sao_Paulo\nerror_reporting = E_ALL & ~E_DEPRECATED\nredis.session.lock_expire = "60"');
    const read = [...script.matchAll(/\/etc\/php\.d\/(\d\d-\w+\.ini)/g)].map(([, name]) => name);
    expect(read).toContain('90-session.ini');
    expect(read.sort().pop()).toBe('95-user.ini');
  });

  test('are no file when there are none', () => {
    expect(standard()).not.toContain('95-user.ini');
  });
});

describe('the health check', () => {
  /** The pool for health checks, as the instance makes it of the one for pages. */
  function healthPool(script: string): string[] {
    const [, edit] = /^sed '(.+)' \/etc\/php-fpm\.d\/www\.conf > \/etc\/php-fpm\.d\/health\.conf$/m.exec(script)!;
    const { stdout, stderr } = spawnSync('sed', [edit], { input: `${fileOf(script, '/etc/php-fpm.d/www.conf')}\n`, encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout.split('\n');
  }

  test('is answered by PHP-FPM itself by default, by the pool for health checks alone', () => {
    expect(healthPool(standard())).toContain('ping.path = /healthz');
    expect(fileOf(standard(), '/etc/php-fpm.d/www.conf')).not.toContain('ping.path');
    const location = fileOf(standard(), NGINX).split('location = /healthz {')[1].split('}')[0];
    expect(location).toContain('fastcgi_pass unix:/run/php-fpm/health.sock;');
  });

  test('then looks once, before anything is started, whether the application is there and is PHP', () => {
    const [before, after] = standard().split("\nphp -l '/var/www/app/public/index.php' > /dev/null\n");
    expect(before).toContain('trap - ERR');
    expect(before).toContain('chmod -R a+rX,go-w /var/www/app');
    expect(after).toContain('systemctl restart php-fpm nginx');
  });

  test.each(['/healthz', '/up.php?deep=1'])('is the page of the application that is given: %s', healthCheckPath => {
    const script = userDataOf(instances({ props: { healthCheckPath } }));
    expect(healthPool(script)).toContain('[health]');
    expect(script).not.toMatch(/ping\.path|php -l/);
  });
});
