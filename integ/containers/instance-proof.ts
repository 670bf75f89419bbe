import { obtainBase } from './engine/base-image';
import { Cleanup } from './engine/cleanup';
import { obtainEngine } from './engine/container-engine';
import { Report, timed } from './report';
import { runProof } from './run-proof';
import { INSTANCE, Machine } from './stage/machine';
import { instances, userDataOf } from '../../test/support/instances';

/** Holds what a shell, JSON and an environment file each would read otherwise. */
const SECRET = JSON.stringify({ username: 'shop', password: 'p$HOME`"\\w' });
const WITHIN = Machine.WITHIN;
/** Seconds that the load balancer waits for the answer to a health check. */
const CHECK_TIMEOUT = 4;

async function expectText(actual: Promise<string>, ...patterns: RegExp[]): Promise<void> {
  const text = await actual;
  const missed = patterns.filter(pattern => !pattern.test(text));
  if (missed.length > 0) throw new Error(`expected ${missed.join(' and ')} in:\n${text}`);
}

async function prove(cleanup: Cleanup): Promise<boolean> {
  const engine = await obtainEngine(cleanup);
  console.log(`Containers run on ${engine.description}`);
  const base = await timed('got the base image', () => obtainBase(engine, cleanup));
  const image = `container-proof/instance:${process.pid}`;
  await timed('built the machine', () => engine.docker.build({ tag: image, folder: INSTANCE, base }));
  cleanup.add('the image', () => engine.docker.do(['rmi', '--force', image]));
  const place = { name: `instance-${process.pid}`, image, network: 'none' };
  cleanup.add('the machine', () => engine.docker.remove([place.name]));
  const machine = await Machine.start(engine.docker, place, userDataOf(instances()), SECRET);
  const report = new Report();
  await checkStart(machine, report);
  await checkAnswers(machine, report);
  await checkLoadShedding(machine, report);
  return report.close();
}

async function checkStart(machine: Machine, report: Report): Promise<void> {
  report.heading('The user data');
  await report.check('has an instance replaced when its code cannot be fetched', async () => {
    await expectText(machine.sh('touch /tmp/no-archive; bash /tmp/user-data > /dev/null 2>&1; echo "ended with $?"; cat /tmp/calls'),
      /ended with 1/, /complete-lifecycle-action .*ABANDON/, /cfn-signal --exit-code 1/);
  });
  await report.check('installs, starts and reports the instance as ready', async () => {
    await expectText(machine.sh('rm /tmp/no-archive /tmp/calls; bash /tmp/user-data 2>&1; echo "ended with $?"; cat /tmp/calls'),
      /configuration file .* test is successful/, /ended with 0/, /complete-lifecycle-action .*CONTINUE/, /cfn-signal --exit-code 0/);
  });
  await report.check('keeps secrets in memory, for root alone', async () => {
    await expectText(machine.sh('su nginx --shell /bin/sh --command "cat /run/application/environment" 2>&1 || true'), /Permission denied/);
    await expectText(machine.sh('grep --recursive --files-with-matches "p.HOME" /etc /var /usr/local || echo nowhere'), /^nowhere/);
  });
}

async function checkAnswers(machine: Machine, report: Report): Promise<void> {
  report.heading('nginx and PHP-FPM');
  await report.check('answer a path without a file by index.php, with variables and secrets as they were given', async () => {
    const answer = JSON.parse((await machine.sh(`curl --silent '${WITHIN}/orders/7?a=1'`))) as { [name: string]: string };
    await expectText(Promise.resolve(JSON.stringify([answer.path, answer.host, answer.user, answer.token === SECRET])), /^\["\/orders\/7\?a=1","db","shop",true\]$/);
  });
  await report.check('run scripts, serve files, and hide dotfiles and versions', async () => {
    await expectText(machine.get('/report.php'), /^HTTP\/1.1 200/, /report$/);
    await expectText(machine.get('/static/shop.css'), /^HTTP\/1.1 200/, /Content-Type: text\/css/);
    await expectText(machine.get('/.env'), /^HTTP\/1.1 404/);
    await expectText(machine.get('/missing.php'), /^HTTP\/1.1 404/);
    await expectText(machine.get('/'), /^(?![^]*X-Powered-By)(?![^]*nginx\/)/);
  });
  await report.check('know that the viewer speaks HTTPS', () => expectText(machine.get('/', '--header', 'CloudFront-Forwarded-Proto: https'), /"https":"on"/));
  await report.check('know the visitor by CloudFront, of either address family, whatever the visitor wrote', async () => {
    const headers = (address: string) => [
      'Host: shop.example.com', `CloudFront-Viewer-Address: ${address}`, 'CloudFront-Forwarded-Proto: https', 'X-Forwarded-Proto: http', 'X-Forwarded-For: 192.0.2.6',
    ].flatMap(each => ['--header', each]);
    await expectText(machine.get('/', ...headers('198.51.100.10:46532')), /"visitor":"198.51.100.10","site":"shop.example.com:443"/);
    await expectText(machine.get('/', ...headers('2001:db8::7:46532')), /"visitor":"2001:db8::7"/);
    await expectText(machine.get('/'), /"visitor":"127.0.0.1"/);
  });
  await report.check('redirect to a folder by its path alone', () => expectText(machine.get('/static'), /^HTTP\/1.1 301/, /\nLocation: \/static\/\r/));
  await report.check('serve a content management system as it expects: its folders, scripts and plain links', () => checkContentManagement(machine));
  await report.check('answer the health check without the application', () => expectText(machine.get('/healthz'), /^HTTP\/1.1 200/, /pong$/));
  await report.check('log the path that was asked for, without its query', async () => {
    await expectText(machine.sh('tail -n 20 /var/log/nginx/access.log'), /"path":"\/orders\/7","status":200,"duration_ms":\d+,"upstream_ms":\d+,/);
  });
}

/** Of what WordPress looks at, all that the web server decides. */
async function checkContentManagement(machine: Machine): Promise<void> {
  const viewer = ['Host: shop.example.com', 'CloudFront-Viewer-Address: 198.51.100.10:46532', 'CloudFront-Forwarded-Proto: https']
    .flatMap(each => ['--header', each]);
  await expectText(machine.get('/wp-admin', ...viewer), /^HTTP\/1.1 301/, /\nLocation: \/wp-admin\/\r/);
  await expectText(machine.get('/wp-admin/', ...viewer), /^HTTP\/1.1 200/, /"script":"\\\/wp-admin\\\/index.php","https":"on"/, /"site":"shop.example.com:443"/);
  await expectText(machine.get('/2026/11/a-post/?preview=1', ...viewer), /^HTTP\/1.1 200/, /"path":"[^"]*a-post[^"]*\?preview=1","script":"\\\/index.php"/);
}

async function checkLoadShedding(machine: Machine, report: Report): Promise<void> {
  report.heading('Under more load than there are processes');
  // Sized by hand: how many processes there are follows from the machine that the proof runs on.
  const limits = 's/pm.max_children = .*/pm.max_children = 4/; s/limit_conn everyone .*/limit_conn everyone 16;/; s/limit_conn newcomers .*/limit_conn newcomers 8;/';
  await machine.sh(`sed -i '${limits}' /etc/nginx/nginx.conf /etc/php-fpm.d/www.conf; pkill php-fpm; sleep 1; nginx -s reload; systemctl restart php-fpm nginx 2> /dev/null; sleep 1`);
  await machine.sh(`nohup ab -q -t 60 -n 10000000 -c 60 ${WITHIN}/slow > /tmp/newcomers 2>&1 & sleep 2`);
  await report.check('others are turned away at once, and told when to come back', async () => {
    await expectText(machine.sh(`for i in {1..5}; do curl --silent --include ${WITHIN}/slow; done`), /HTTP\/1.1 503/, /Retry-After: 5/);
  });
  await report.check('those already in are answered, every one', () =>
    expectText(machine.sh(`ab -q -n 12 -c 4 -C session=1 ${WITHIN}/slow`), /Complete requests: +12/, /^(?![^]*Non-2xx)/));
  await report.check('the health check is answered in time while no process of PHP is left for pages', () => checkHealthWithoutWorkers(machine));
  await report.check('PHP-FPM is stopped as its unit says, and answers all that it has begun', () => checkStop(machine));
}

/** systemd sends the signal of the unit to the first process. */
async function checkStop(machine: Machine): Promise<void> {
  // What the crowd has asked for is still being done.
  await machine.sh('pkill ab; sleep 8');
  const stop = 'kill -s "$(sed -n s/^KillSignal=SIG//p /etc/systemd/system/php-fpm.service.d/application.conf)" "$(pgrep --full "php-fpm: maste[r]")"';
  const page = `curl --silent --output /dev/null --write-out '%{http_code}\\n' --cookie session=1 ${WITHIN}/slow`;
  const said = await machine.sh(`for i in {1..4}; do ${page} & done; sleep 0.5; ${stop}; wait; sleep 1; pgrep --full 'php-fpm: (maste|poo)[rl]' || echo all ended`);
  await expectText(Promise.resolve(said), /^(200\n){4}all ended/);
}

/** The processes for pages are stopped, shorter than PHP-FPM watches a slow page; the crowd is still at the door. */
async function checkHealthWithoutWorkers(machine: Machine): Promise<void> {
  const signal = (name: string) => machine.sh(`pkill --signal ${name} --full 'pool ww[w]'`);
  await signal('STOP');
  try {
    await expectText(machine.sh(`curl --silent --max-time 2 --cookie session=1 ${WITHIN}/ || echo "page: $?"`), /^page: 28/);
    const checks = `for i in {1..3}; do curl --silent --include --max-time ${CHECK_TIMEOUT} ${WITHIN}/healthz || echo 'no answer'; done`;
    await expectText(machine.sh(checks), /^HTTP\/1.1 200/, /^(?![^]*no answer)(?![^]*HTTP\/1.1 [^2])/);
  } finally {
    await signal('CONT');
  }
}

void runProof(prove);
