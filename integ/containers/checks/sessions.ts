import assert from 'node:assert/strict';
import { COOKIE, Scene, SHOPPER } from './scene';
import { Shopper } from '../stage/shopper';


/** A session belongs to no container. */
export async function checkSessions({ report, stage, edge, distribution }: Scene): Promise<void> {
  const [first, second] = stage.shops;
  report.heading('Sessions');
  await report.check('a login on one container is valid on the other', async () => {
    const visitor = new Shopper(first.address);
    const login = await visitor.logIn(SHOPPER.name, SHOPPER.password);
    assert.equal(login.status, 303);
    assert.equal(login.servedBy, first.hostName);
    const elsewhere = await visitor.at(second.address).get('/orders');
    assert.equal(elsewhere.servedBy, second.hostName);
    assert.equal(elsewhere.status, 200);
    assert.match(elsewhere.body, /Log out ada/);
    assert.equal((await new Shopper(second.address).get('/orders')).status, 303, 'a stranger has orders too');
  });
  await report.check('a wrong password and a form without the session\'s token are refused', async () => {
    assert.equal((await new Shopper(first.address).logIn(SHOPPER.name, 'wrong')).status, 401);
    assert.equal((await new Shopper(first.address).post('/login', { ...SHOPPER, csrf: 'forged' })).status, 403);
  });
  await report.check('a login changes the session\'s id, and an id that nobody issued is not taken', async () => {
    const visitor = new Shopper(first.address, { cookies: new Map([[COOKIE, 'planted'.padEnd(32, '0')]]) });
    await visitor.get('/login');
    const before = visitor.cookie(COOKIE);
    assert.ok(before !== undefined && !before.startsWith('planted'));
    await visitor.logIn(SHOPPER.name, SHOPPER.password);
    assert.notEqual(visitor.cookie(COOKIE), before);
    const old = new Shopper(first.address, { cookies: new Map([[COOKIE, before]]) });
    assert.equal((await old.get('/orders')).status, 303, 'the old id is logged in');
  });
  await report.check('the session cookie is closed to scripts and other sites, and secure for an HTTPS viewer', async () => {
    assert.ok(distribution.behaviourFor('/').httpsOnly, 'viewers may come by plain HTTP');
    const [cookie] = (await new Shopper(edge.address).get('/')).headers.getSetCookie();
    for (const attribute of ['httponly', 'secure', 'samesite=lax']) assert.ok(cookie.toLowerCase().includes(attribute), cookie);
  });
}
