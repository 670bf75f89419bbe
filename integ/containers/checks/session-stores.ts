import assert from 'node:assert/strict';
import { COOKIE, Scene, SHOPPER } from './scene';
import { Shopper } from '../stage/shopper';
import { SessionStage } from '../stage/stage';

/** What would be session configuration of the shop's own. */
const OWN_CONFIGURATION = 'ini_set\\(.(session|redis)|session\\.(save|cookie|use|gc|name)|redis\\.session|session_set_';

/** Sessions outlive their container in each kind of store, by the platform's configuration alone. */
export async function checkSessionStores({ report, stage }: Scene): Promise<void> {
  report.heading('Session stores');
  for (const each of stage.sessionStages) {
    await report.check(`with ${each.title}: a session outlives its container`, () => outlive(each));
    await report.check(`with ${each.title}: PHP reads the platform's configuration, which holds no password`, () => lookAtConfiguration(each));
  }
  await report.check('the shop has no session configuration of its own', async () => {
    const own = ['-type', 'f', '-exec', 'grep', '-lE', OWN_CONFIGURATION, '{}', ';'];
    assert.deepEqual(await stage.shops[0].find(['/app/src', '/app/public', '/app/docker'], own), []);
  });
}

async function outlive({ workload, store, shops: [first, second] }: SessionStage): Promise<string> {
  const visitor = new Shopper(first.address);
  assert.equal((await visitor.logIn(SHOPPER.name, SHOPPER.password)).status, 303);
  await first.kill();
  const elsewhere = await visitor.at(second.address).get('/orders');
  await first.restart();
  assert.equal(elsewhere.servedBy, second.hostName);
  assert.match(elsewhere.body, /Log out ada/);
  assert.equal((await store.command(['EXISTS', `session:${visitor.cookie(COOKIE)}`])).trim(), '1');
  return `user ${workload.environment.SESSION_USER}`;
}

async function lookAtConfiguration({ workload: { environment }, shops: [shop] }: SessionStage): Promise<void> {
  const { SESSION_PHP_INI, SESSION_PASSWORD } = environment;
  assert.equal(await shop.read('/tmp/conf.d/session.ini'), SESSION_PHP_INI);
  assert.ok(SESSION_PHP_INI.includes('${SESSION_PASSWORD}') && !SESSION_PHP_INI.includes(SESSION_PASSWORD));
}
