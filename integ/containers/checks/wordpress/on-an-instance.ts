import assert from 'node:assert/strict';
import { dashboard } from './moving-in';
import { WordPressScene } from './scene';
import { pathOnSite, SITE, WordPressUser } from '../../stage/wordpress-user';

/** The same application behind the nginx and the PHP-FPM that the library renders for instances, on the same database. */
export async function checkOnAnInstance({ report, stage, editor }: WordPressScene): Promise<void> {
  report.heading('On an instance');
  let address = '';
  await report.check('the user data of an instance starts it', async () => {
    address = await (await stage.anInstance()).address();
  });
  await report.check('whoever has logged in on a container is known', async () => {
    await dashboard(editor.at(address));
  });
  await report.check('folders, links and redirects are those of the visitor', async () => {
    const visitor = editor.at(address);
    const folder = await visitor.get('/wp-admin');
    assert.equal(folder.status, 301);
    assert.equal(pathOnSite(folder.headers.get('location') ?? ''), '/wp-admin/');
    const stranger = await WordPressUser.from('198.51.100.40', address).at(address).get('/wp-admin/');
    assert.ok(stranger.headers.get('location')?.startsWith(`${SITE}/wp-login.php`), String(stranger.headers.get('location')));
    const page = await visitor.open('/');
    assert.equal(page.status, 200);
    assert.ok(page.body.includes(`href="${SITE}/`) && !page.body.includes(':8080'), 'links to a unit');
  });
}
