import assert from 'node:assert/strict';
import { haveDeclaredEnvironment } from './declared';
import { Scene } from './scene';
import { Shopper } from '../stage/shopper';

const KETTLE = 1;

/** The shops run as declared, and what they sell is what the database says. */
export async function checkCatalogue({ report, workload, stage, edge }: Scene): Promise<void> {
  report.heading('The shop as declared');
  await report.check('both shops have the declared environment and nothing else', () =>
    haveDeclaredEnvironment(stage.shops, workload, ['DB_USER', 'DB_PASSWORD', 'SESSION_PASSWORD']));
  await report.check('both shops reach the database and the session store under their declared names', async () => {
    for (const { address } of stage.shops) {
      const health = await new Shopper(address).get('/healthz?deep=1');
      assert.deepEqual(JSON.parse(health.body), { status: 'ok', database: true, sessions: true });
    }
    return `${workload.environment.DB_HOST}:${workload.environment.DB_PORT}`;
  });
  await report.check('the catalogue comes from the database', async () => {
    const visitor = new Shopper(edge.address);
    assert.equal(await priceOn(visitor), '$49.00');
    await stage.database.change(`UPDATE products SET price_cents = 123456 WHERE id = ${KETTLE}`);
    assert.equal(await priceOn(visitor), '$1,234.56');
    return 'a row changed, and the page with it';
  });
}

async function priceOn(visitor: Shopper): Promise<string | undefined> {
  const { body } = await visitor.get('/');
  const item = body.split('<li ').find(part => part.startsWith(`id="product-${KETTLE}"`)) ?? '';
  return /class="price">(?<price>[^<]+)</.exec(item)?.groups?.price;
}
