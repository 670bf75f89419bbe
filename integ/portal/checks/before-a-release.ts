import assert from 'node:assert/strict';
import { Scene } from '../scene';

/** What is there as soon as the platform is: the API, and a site that says that it has nothing to show. */
export async function checkBeforeARelease({ report, viewer }: Scene): Promise<void> {
  report.heading('Before the first release');
  await report.check('the site says so', async () => {
    const { status, body } = await viewer.ask('/frontend/');
    assert.equal(status, 200);
    assert.match(body, /Nothing here yet/);
  });
  await report.check('the first address leads to it', async () => {
    const { status, headers } = await viewer.ask('/?from=mail');
    assert.deepEqual([status, headers.location], [302, '/frontend/?from=mail']);
  });
  await report.check('the API answers', async () => {
    const { status, body } = await viewer.ask('/backend/items');
    assert.deepEqual([status, JSON.parse(body)], [200, []]);
  });
}
