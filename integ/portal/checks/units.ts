import assert from 'node:assert/strict';
import { Scene } from '../scene';

/** A unit of the API goes while it is asked. */
export async function checkUnits({ report, viewer, units }: Scene, another: () => Promise<void>): Promise<void> {
  report.heading('Units');
  await report.check('one is replaced under load, and every request is answered', async () => {
    await another();
    const asked = Array.from({ length: 60 }, (_, index) => new Promise(later => setTimeout(later, index * 15)).then(() => viewer.ask('/backend/items')));
    await units[1].stop();
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    assert.deepEqual([...new Set(statuses)], [200]);
  });
  await report.check('the API says what it offers', async () => {
    const { status, body } = await viewer.ask('/backend/openapi.json');
    assert.equal(status, 200);
    assert.deepEqual(Object.keys((JSON.parse(body) as { paths: object }).paths).sort(), ['/backend/items', '/backend/items/{id}', '/backend/reports']);
  });
}
