import assert from 'node:assert/strict';
import { COOKIE, Scene } from './scene';
import { Shopper } from '../stage/shopper';

/** What a shop may write: nginx and PHP-FPM keep their socket, pid and (empty) spool folders there, and their configuration. */
const EXPECTED_FILES = /^\/tmp(\/(nginx-[a-z]+|nginx\.pid|php-fpm\.sock|conf\.d(\/session\.ini)?))?$/;

/** Sessions travel by TLS and rest in the store alone. */
export async function checkSessionTransport({ report, workload, stage }: Scene): Promise<void> {
  report.heading('Session traffic');
  await report.check('the session store has one port, and that one speaks TLS only', async () => {
    const port = Number(workload.environment.SESSION_PORT);
    assert.deepEqual(await stage.sessions.listeningPorts(), [port]);
    assert.equal((await stage.sessions.command(['PING'])).trim(), 'PONG');
    assert.doesNotMatch(await stage.sessions.speakPlainly(), /PONG|NOAUTH/);
    return `${port}: PONG by TLS, refused without`;
  });
  await report.check('a shop verifies the store: one that does not trust its authority gets no session', async () => {
    const shop = await stage.startDistrustfulShop();
    const health = JSON.parse((await new Shopper(shop.address).get('/healthz?deep=1')).body) as Record<string, unknown>;
    assert.deepEqual(health, { status: 'degraded', database: true, sessions: false });
    assert.match(await shop.logs(), /certificate verify failed/);
  });
  await report.check('sessions are in the store, each with an end', async () => {
    const visitor = new Shopper(stage.shops[0].address);
    await visitor.get('/');
    const key = `session:${visitor.cookie(COOKIE)}`;
    const seconds = Number(await stage.sessions.command(['TTL', key]));
    assert.ok(seconds > 0 && seconds <= 7200, `${key} lives ${seconds} s`);
    return `${seconds} s`;
  });
  await report.check('no shop has written a session, or anything else that matters, to its disk', async () => {
    for (const shop of stage.shops) {
      const unexpected = (await shop.written()).filter(path => !EXPECTED_FILES.test(path));
      assert.deepEqual(unexpected, []);
      // A file system in memory does not show among the changes.
      assert.deepEqual(await shop.find(['/tmp', '/var', '/dev/shm', '/run'], ['-name', 'sess_*']), []);
    }
  });
}
