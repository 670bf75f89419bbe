import assert from 'node:assert/strict';
import { Scene, SHOPPER } from './scene';
import { Database } from '../stage/database';
import { Shopper } from '../stage/shopper';

const MUG = '5';
const STRAINER = '4';
const BOARD = '2';

/** A container dies with nothing lost, and an order is written whole or not at all. */
export async function checkCartAndOrders(scene: Scene): Promise<void> {
  const { report, stage, edge } = scene;
  const visitor = new Shopper(edge.address);
  report.heading('Cart and orders');
  await report.check('the container that served the cart is killed, and the cart is on the other', async () => {
    await visitor.logIn(SHOPPER.name, SHOPPER.password);
    const added = await visitor.post('/cart', { product: MUG, quantity: '2' });
    assert.equal(added.status, 303);
    await stage.shopOf(added.servedBy).kill();
    const cart = await visitor.get('/cart');
    assert.notEqual(cart.servedBy, added.servedBy);
    assert.equal(quantityOf(MUG, cart.body), '2');
    return `${added.servedBy} killed, ${cart.servedBy} answers`;
  });
  await report.check('checkout writes the order, its lines and the stock', () => checkOut(visitor, stage.database));
  await report.check('a checkout that fails half way leaves no half order', () => failToCheckOut(visitor, stage.database));
  await Promise.all(stage.shops.map(shop => shop.restart()));
}

async function checkOut(visitor: Shopper, database: Database): Promise<string> {
  const before = await countsOf(database);
  const answer = await visitor.post('/checkout', {});
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.get('location'), '/orders');
  const after = await countsOf(database);
  assert.deepEqual(after, { orders: before.orders + 1, lines: before.lines + 1, stock: before.stock - 2 });
  const line = `order_lines WHERE order_id = (SELECT MAX(id) FROM orders) AND product_id = ${MUG}`;
  assert.equal(await database.number(`SELECT quantity * price_cents FROM ${line}`), 2 * 1800);
  assert.match((await visitor.get('/orders')).body, /\$36\.00/);
  assert.equal(quantityOf(MUG, (await visitor.get('/cart')).body), undefined, 'the cart is not empty');
  return '2 mugs';
}

async function failToCheckOut(visitor: Shopper, database: Database): Promise<string> {
  // A product of a higher number is taken from stock later, so the failure comes after rows were written.
  await visitor.post('/cart', { product: BOARD, quantity: '1' });
  await visitor.post('/cart', { product: STRAINER, quantity: '3' });
  await database.change(`UPDATE products SET stock = 2 WHERE id = ${STRAINER}`);
  const before = await countsOf(database);
  const nextId = await nextOrderId(database);
  const answer = await visitor.post('/checkout', {});
  assert.equal(answer.status, 409);
  assert.deepEqual(await countsOf(database), before);
  assert.equal(await nextOrderId(database), nextId + 1, 'no order was begun, so nothing could be left of it');
  assert.equal(quantityOf(BOARD, answer.body), '1', 'the cart is lost');
  return 'one order begun and rolled back, with its first line and its stock';
}

async function countsOf(database: Database): Promise<{ orders: number; lines: number; stock: number }> {
  return {
    orders: await database.number('SELECT COUNT(*) FROM orders'),
    lines: await database.number('SELECT COUNT(*) FROM order_lines'),
    stock: await database.number('SELECT SUM(stock) FROM products'),
  };
}

/** The number that the next order would get; it grows with an order that is rolled back, too. */
function nextOrderId(database: Database): Promise<number> {
  return database.number('SELECT AUTO_INCREMENT FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = \'orders\'');
}

function quantityOf(product: string, cart: string): string | undefined {
  const line = cart.split('<tr ').find(part => part.startsWith(`id="line-${product}"`)) ?? '';
  return /class="quantity">(?<quantity>\d+)</.exec(line)?.groups?.quantity;
}
