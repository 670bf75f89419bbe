import assert from 'node:assert/strict';
import { openPage } from './in-a-browser';
import { Scene } from '../scene';

/** Releases while somebody has a page open. */
export async function checkReleases({ report, browser, viewer, team }: Scene, first: string[]): Promise<void> {
  report.heading('Releases while a page is open');
  const page = await openPage({ browser });
  const release = page.locator('#release');
  const script = first.find(file => /^assets\/index-.*\.js$/.test(file))!;
  await page.goto(`http://${viewer.host}/frontend/`);
  await page.getByText('New item').waitFor();

  await report.check('a second release is what the next page shows', async () => {
    await team.build('v2');
    const answer = await team.release('v2');
    assert.deepEqual([answer.current, answer.invalidated], ['v2', ['index.html']]);
    const next = await openPage({ browser });
    await next.goto(`http://${viewer.host}/frontend/`);
    await next.getByText('v2', { exact: true }).waitFor();
    await next.close();
  });
  await report.check('the open page still gets what it loads later, of its own release', async () => {
    const loaded = page.waitForResponse(answer => /\/assets\/create-.*\.js$/.test(answer.url()));
    await page.getByText('New item').click();
    assert.equal((await loaded).status(), 200);
    await page.getByLabel('Title').waitFor();
    assert.equal(await release.textContent(), 'v1');
    assert.equal((await viewer.ask(`/frontend/${script}`)).status, 200);
  });
  await report.check('it is taken back in one step', async () => {
    assert.equal((await team.takeBack()).current, 'v1');
    await page.reload();
    assert.equal(await release.textContent(), 'v1');
    assert.match((await viewer.ask('/frontend/')).body, new RegExp(script));
  });
  await report.check('a build without a first document is refused, and nobody sees any of it', async () => {
    await assert.rejects(team.release('v9'), /there is no index\.html in .*v9/);
    assert.match((await viewer.ask('/frontend/')).body, new RegExp(script));
  });
  await page.close();
}
