import assert from 'node:assert/strict';
import { eventually, pause } from '../engine/command';
import { Browser } from '../stage/browser';
import { Database } from '../stage/database';
import { Scene, SHOPPER } from './scene';

const APRON = '3';
/** As the task definition's `stopTimeout`. */
const STOP_SECONDS = 30;
const SLOW_SECONDS = 5;

/** A container that is asked to stop answers what it has begun. */
export async function checkDraining({ report, stage }: Scene): Promise<void> {
  const [shop] = stage.shops;
  report.heading('Stopping');
  await report.check('SIGTERM lets a checkout under way finish, takes no new request, and ends with 0', async () => {
    const visitor = new Browser(shop.address);
    await visitor.logIn(SHOPPER.name, SHOPPER.password);
    await visitor.post('/cart', { product: APRON, quantity: '1' });
    const orders = await stage.database.number('SELECT COUNT(*) FROM orders');
    const lock = holdRow(stage.database);
    await eventually('The row is locked', 10, () => isLocked(stage.database));
    let answered = false;
    const checkout = visitor.post('/checkout', {}).finally(() => { answered = true; });
    await eventually('The checkout waits for the row', 10, () => someoneWaits(stage.database));
    const stopped = shop.stop(STOP_SECONDS);
    await eventually('The shop takes no new connection', 3, () => refuses(shop.address));
    assert.ok(!answered, 'the checkout was answered before the shop was asked to stop');
    assert.equal((await checkout).status, 303);
    await lock;
    assert.equal(await stopped, 0);
    assert.equal(await stage.database.number('SELECT COUNT(*) FROM orders'), orders + 1);
    return 'the order is in the database';
  });
}

/** Keeps the apron's row to itself for a while, as a slow query would. */
function holdRow(database: Database): Promise<string> {
  return database.change(`BEGIN; SELECT id FROM products WHERE id = ${APRON} FOR UPDATE; DO SLEEP(${SLOW_SECONDS}); ROLLBACK`);
}

async function isLocked(database: Database): Promise<boolean> {
  return await database.number(`SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE 'DO SLEEP(${SLOW_SECONDS})'`) > 0;
}

async function someoneWaits(database: Database): Promise<boolean> {
  return await database.number('SELECT COUNT(*) FROM information_schema.INNODB_TRX WHERE trx_state = \'LOCK WAIT\'') > 0;
}

async function refuses(address: string): Promise<boolean> {
  await pause(100);
  return fetch(`${address}/healthz`, { signal: AbortSignal.timeout(1000) }).then(() => false, () => true);
}
