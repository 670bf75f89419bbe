import assert from 'node:assert/strict';
import { Scene, SHOPPER } from './scene';
import { eventually, pause } from '../engine/command';
import { Database } from '../stage/database';
import { Shopper } from '../stage/shopper';
import { Unit } from '../stage/unit';

const APRON = '3';
const SLOW_SECONDS = 8;

/** A container that is asked to stop answers what it has begun. */
export async function checkDraining({ report, workload, stage: { shops: [shop, other], database } }: Scene): Promise<void> {
  report.heading('Stopping');
  await report.check('SIGTERM lets a checkout under way finish, takes no new request, and ends with 0', async () => {
    const visitor = new Shopper(shop.address);
    await visitor.logIn(SHOPPER.name, SHOPPER.password);
    await visitor.post('/cart', { product: APRON, quantity: '1' });
    const orders = await database.number('SELECT COUNT(*) FROM orders');
    const begun = Date.now();
    const { answer, exitCode } = await stopDuringCheckout(visitor, shop, database, workload.stopSeconds);
    const seconds = (Date.now() - begun) / 1000;
    assert.equal(answer, '303');
    assert.equal(exitCode, 0);
    assert.equal(await database.number('SELECT COUNT(*) FROM orders'), orders + 1);
    // What the request put into its session is in the store too, though it took longer than most.
    assert.doesNotMatch((await visitor.at(other.address).get('/cart')).body, new RegExp(`line-${APRON}"`), 'the cart is as before the checkout');
    assert.ok(seconds < workload.stopSeconds, `took ${seconds} s of ${workload.stopSeconds}`);
    return `the order is in the database, the cart is empty; ${seconds.toFixed(1)} of ${workload.stopSeconds} s`;
  });
}

/** Asks the shop to stop while a checkout waits in the database. */
async function stopDuringCheckout(
  visitor: Shopper, shop: Unit, database: Database, stopSeconds: number,
): Promise<{ answer: string; exitCode: number }> {
  const lock = holdRow(database);
  const begun: Promise<unknown>[] = [lock];
  try {
    await eventually('The row is locked', 10, () => isLocked(database));
    const checkout = visitor.post('/checkout', {})
      .then(({ status }) => `${status}`, (error: unknown) => `no answer: ${String(error)}`);
    begun.push(checkout);
    await eventually('The checkout waits for the row', 10, () => someoneWaits(database));
    const stopped = shop.stop(stopSeconds);
    begun.push(stopped);
    await eventually('The shop takes no new connection', 3, () => refuses(shop.address));
    assert.ok(await someoneWaits(database), 'the checkout was over before the shop was asked to stop');
    await lock;
    return { answer: await checkout, exitCode: await stopped };
  } finally {
    await Promise.allSettled(begun);
  }
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
