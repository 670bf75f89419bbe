import assert from 'node:assert/strict';
import { COOKIE, Scene, SHOPPER } from './scene';
import { SessionStore } from '../stage/session-store';
import { Shopper } from '../stage/shopper';
import { SessionStage } from '../stage/stage';
import { Unit } from '../stage/unit';

const MUG = '5';
/** Adds one, and says what became of it. */
const PAGE = `session_id('ID'); try { $begun = session_start(); $_SESSION['count'] = ($_SESSION['count'] ?? 0) + 1; $kept = session_write_close();
  echo json_encode([$begun, $kept, http_response_code()]); } catch (RedisException $refused) { echo get_class($refused), ' ', $refused->getMessage(); }`;
/** Half a second, in place of the 32 that the platform configures. */
const IMPATIENT = { 'redis.session.lock_retries': '25' };

/** What a store that takes nothing makes of a page: an exception, or with phpredis 5.3.7 the end of the process, which prints nothing. */
const REFUSED = /OOM|^$/;

/** What becomes of sessions when a lock is held, the store is full, or its node is gone. */
export async function checkSessionFaults({ report, stage }: Scene): Promise<void> {
  const { sessions, shops: [shop], sessionStages } = stage;
  report.heading('Sessions under stress');
  await report.check('a page waits for the page that has its session\'s lock, and loses nothing', () => waitForLock(shop, sessions));
  await report.check('a lock outlives its page by 30 s at the most, also where PHP has no time limit', async () => {
    const id = await newSession(shop);
    await shop.php(`session_id('${id}'); session_start(); posix_kill(getmypid(), 9);`, { max_execution_time: '0' });
    const milliseconds = Number(await sessions.command(['PTTL', lockOf(id)]));
    assert.ok(milliseconds > 0 && milliseconds <= 30_000, `${milliseconds} ms`);
    return `${milliseconds} ms`;
  });
  await report.check('without its lock a page goes on and loses what it wrote; by the documented lines it answers 503', () => goOnWithoutLock(shop, sessions));
  await report.check('a page that is slower than its lock loses what it wrote, and the log tells', () => outlastLock(shop, sessions));
  // On nodes alone: what is put into that store is in nobody else's way.
  const [nodes] = sessionStages.filter(({ store }) => store !== sessions);
  await report.check('a full store lets those go that were used longest ago, and takes others', () => fill(nodes));
  await report.check('a store that takes nothing any more is an error, after the wait for the lock', () => overfill(nodes));
  await report.check('while the node is gone no page pretends to have a session, and all is well when there is another', () => lose(nodes));
}

function lockOf(id: string): string {
  return `session:${id}_LOCK`;
}

function newSession(shop: Unit): Promise<string> {
  return shop.php('session_start(); $_SESSION[\'count\'] = 0; echo session_id();');
}

function countOf(store: SessionStore, id: string): Promise<string> {
  return store.command(['GET', `session:${id}`]).then(text => text.trim());
}

async function waitForLock(shop: Unit, sessions: SessionStore): Promise<string> {
  const visitor = new Shopper(shop.address);
  await visitor.get('/login');
  const begun = Date.now();
  await sessions.command(['SET', lockOf(visitor.cookie(COOKIE) ?? ''), 'another page', 'PX', '2500']);
  assert.equal((await visitor.post('/cart', { product: MUG, quantity: '1' })).status, 303);
  const seconds = (Date.now() - begun) / 1000;
  assert.ok(seconds > 2, `answered after ${seconds} s`);
  assert.match((await visitor.get('/cart')).body, new RegExp(`id="line-${MUG}"`));
  return `${seconds.toFixed(1)} s`;
}

async function goOnWithoutLock(shop: Unit, sessions: SessionStore): Promise<void> {
  const id = await newSession(shop);
  const before = await countOf(sessions, id);
  await sessions.command(['SET', lockOf(id), 'another page', 'PX', '20000']);
  const page = PAGE.replace('ID', id);
  const silent = await shop.php(page, IMPATIENT);
  assert.match(silent, /Acquire of session lock was not successful/);
  assert.match(silent, /\[true,true,/);
  assert.equal(await countOf(sessions, id), before);
  const told = `register_shutdown_function(fn () => print(http_response_code())); ${page}`;
  const refused = await shop.php(told, { ...IMPATIENT, auto_prepend_file: '/app/docker/session-lock.php' });
  assert.match(refused, /^[^[]*503$/);
}

/** A second and a half, with a lock that lasts one in place of the 30 that the platform configures. */
async function outlastLock(shop: Unit, sessions: SessionStore): Promise<void> {
  const id = await newSession(shop);
  const before = await countOf(sessions, id);
  const page = PAGE.replace('ID', id).replace('$kept =', 'usleep(1_500_000); $kept =');
  assert.match(await shop.php(page, { 'redis.session.lock_expire': '1' }), /Failed to refresh session lock/);
  assert.equal(await countOf(sessions, id), before);
}

async function fill({ shops: [shop], store }: SessionStage): Promise<string> {
  const used = Number(/used_memory:(?<bytes>\d+)/.exec(await store.look(['INFO', 'memory']))?.groups?.bytes);
  // The policy of ElastiCache's own parameter groups.
  await store.look(['CONFIG', 'SET', 'maxmemory', String(used + 2_000_000), 'maxmemory-policy', 'volatile-lru']);
  for (let batch = 0; batch < 40; batch++) {
    const script = 'for i = 1, 100 do redis.call("SETEX", "session:old" .. ARGV[1] .. "-" .. i, 7200, string.rep("x", 1000)) end';
    await store.look(['EVAL', script, '0', String(batch)]);
  }
  const visitor = new Shopper(shop.address);
  assert.equal((await visitor.logIn(SHOPPER.name, SHOPPER.password)).status, 303);
  assert.match((await visitor.get('/orders')).body, /Log out ada/);
  const evicted = Number(/evicted_keys:(?<count>\d+)/.exec(await store.look(['INFO', 'stats']))?.groups?.count);
  assert.ok(evicted > 0, 'nothing went');
  return `${evicted} of 4000 went`;
}

async function overfill({ shops: [shop], store }: SessionStage): Promise<string> {
  const id = await newSession(shop);
  await store.look(['CONFIG', 'SET', 'maxmemory', '1', 'maxmemory-policy', 'noeviction']);
  try {
    const begun = Date.now();
    assert.match(await shop.php(PAGE.replace('ID', id), IMPATIENT), REFUSED);
    const seconds = (Date.now() - begun) / 1000;
    assert.ok(seconds > 0.5, `${seconds} s`);
    const newcomer = 'try { session_start(); } catch (RedisException $refused) { echo $refused->getMessage(); }';
    const begunAnew = Date.now();
    assert.match(await shop.php(newcomer, IMPATIENT), REFUSED);
    const anew = (Date.now() - begunAnew) / 1000;
    assert.ok(anew > 1.5, `${anew} s`);
    return `with 25 tries for the lock ${seconds.toFixed(1)} s, for a new session ${anew.toFixed(1)} s`;
  } finally {
    await store.look(['CONFIG', 'SET', 'maxmemory', '0']);
    await store.look(['FLUSHALL']);
  }
}

async function lose({ shops: [shop], store }: SessionStage): Promise<string> {
  const visitor = new Shopper(shop.address);
  await visitor.logIn(SHOPPER.name, SHOPPER.password);
  await store.kill();
  const begun = Date.now();
  const { status, body } = await visitor.get('/orders');
  const seconds = (Date.now() - begun) / 1000;
  assert.equal(status, 500);
  assert.match(body, /has a problem/);
  await store.isBack();
  assert.equal((await visitor.get('/orders')).status, 303, 'the session has outlived its only node');
  assert.equal((await new Shopper(shop.address).logIn(SHOPPER.name, SHOPPER.password)).status, 303);
  return `500 after ${seconds.toFixed(1)} s`;
}
