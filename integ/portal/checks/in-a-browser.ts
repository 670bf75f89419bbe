import assert from 'node:assert/strict';
import { Page } from 'playwright-core';
import { Scene } from '../scene';

/** What somebody does who opens the portal. */
export async function checkInABrowser({ report, browser, viewer, units }: Scene): Promise<void> {
  report.heading('In a browser');
  const page = await openPage({ browser });
  const site = `http://${viewer.host}/frontend/`;
  await report.check('the list is shown, and a new item is made', async () => {
    await page.goto(site);
    await page.getByText('New item').click();
    await page.getByLabel('Title').fill('First item');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'First item' }).waitFor();
    assert.match(page.url(), /\/frontend\/items\/1$/);
  });
  await report.check('the page of the item is the same after a reload, and by its address alone', async () => {
    await page.reload();
    await page.getByRole('heading', { name: 'First item' }).waitFor();
    const other = await openPage({ browser });
    await other.goto(`${site}items/1`);
    await other.getByRole('heading', { name: 'First item' }).waitFor();
    await other.close();
  });
  await report.check('a unit of the API is killed, and nobody notices', async () => {
    await units[0].kill();
    for (let time = 0; time < 10; time++) {
      const { status, headers } = await viewer.ask('/backend/items');
      assert.deepEqual([status, headers['x-unit']], [200, units[1].name]);
    }
    await page.goto(site);
    await page.getByText('First item').waitFor();
  });
  await page.close();
}

/** A page that says aloud what fails in it; the edge is told that its viewer speaks HTTPS, as the local AWS has no certificates. */
export async function openPage({ browser }: Pick<Scene, 'browser'>): Promise<Page> {
  const context = await browser.newContext({ extraHTTPHeaders: { 'x-forwarded-proto': 'https' } });
  return context.newPage();
}
