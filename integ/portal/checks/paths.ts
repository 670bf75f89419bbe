import assert from 'node:assert/strict';
import { Scene } from '../scene';

/** Which path gets which answer, by single requests. */
export async function checkPaths({ report, viewer }: Scene, files: string[]): Promise<void> {
  report.heading('Paths');
  const script = files.find(file => /^assets\/index-.*\.js$/.test(file))!;
  await report.check('a deep link is answered by the first document, one with a dot too', async () => {
    for (const path of ['/frontend/items/42', '/frontend/users/john.doe']) {
      const { status, body, headers } = await viewer.ask(path);
      assert.deepEqual([status, headers['content-type']], [200, 'text/html; charset=utf-8']);
      assert.match(body, /<main id="page">/);
    }
  });
  await report.check('an asset is kept for a year, and the first document asked for again', async () => {
    const [asset, document] = [await viewer.ask(`/frontend/${script}`), await viewer.ask('/frontend/')];
    assert.deepEqual([asset.status, asset.headers['cache-control']], [200, 'public, max-age=31536000, immutable']);
    assert.match(String(document.headers['cache-control']), /max-age=0, s-maxage=300/);
  });
  await report.check('a missing asset is a 404, and no document', async () => {
    const { status, body } = await viewer.ask('/frontend/assets/index-missing.js');
    assert.equal(status, 404);
    assert.doesNotMatch(body, /<main/);
  });
  await report.check('the API\'s 403 and 404 stay its own JSON', async () => {
    for (const [path, status, message] of [
      ['/backend/reports', 403, 'Not for you'], ['/backend/items/99', 404, 'There is no such item'], ['/backend/nothing', 404, 'There is nothing here'],
    ] as const) {
      const answer = await viewer.ask(path);
      assert.deepEqual([answer.status, JSON.parse(answer.body)], [status, { message }]);
    }
  });
  await report.check('what is neither is not found, as a page or as JSON', async () => {
    const page = await viewer.ask('/elsewhere', { headers: { accept: 'text/html' } });
    assert.deepEqual([page.status, page.headers['content-type']], [404, 'text/html; charset=utf-8']);
    const call = await viewer.ask('/elsewhere', { method: 'POST', headers: { accept: '*/*' } });
    assert.deepEqual([call.status, JSON.parse(call.body)], [404, { message: 'Not Found' }]);
  });
  await report.check('a site takes nothing', async () => {
    assert.equal((await viewer.ask('/frontend/items/42', { method: 'POST', body: 'x' })).status, 403);
  });
}
