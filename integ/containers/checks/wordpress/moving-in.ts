import assert from 'node:assert/strict';
import { EDITOR, WordPressScene } from './scene';
import { pathOnSite, SITE, WordPressUser } from '../../stage/wordpress-user';
import { haveDeclaredEnvironment } from '../declared';

/** What a unit may write: where nginx and PHP-FPM keep their sockets is a volume, which does not show among the changes. */
const MOUNT_POINTS = /^\/(tmp|var|var\/lib|var\/lib\/wordpress|var\/lib\/wordpress\/wp-content(\/uploads)?|run)$/;

/** It runs as declared, is installed through the edge, and whoever logs in is known by both units. */
export async function checkMovingIn({ report, workload, stage, edge, editor }: WordPressScene): Promise<void> {
  report.heading('WordPress as declared');
  await report.check('both units have the declared environment and nothing else', () => haveDeclaredEnvironment(stage.units, workload, ['DB_PASSWORD', 'COOKIE_KEY']));
  await report.check('they run as the declared user, and write to the declared folders alone', async () => {
    assert.ok(workload.readOnly);
    assert.deepEqual(workload.writableFolders, ['/tmp']);
    for (const unit of stage.units) {
      assert.match(await unit.sh('id'), /^uid=33\S* gid=33/);
      assert.match(await unit.sh('touch /var/lib/wordpress/wp-content/plugins/x 2>&1 || true'), /Read-only file system/);
    }
  });
  await report.check('it is installed through the edge', () => install(editor));
  await report.check('all links are those of the visitor: by HTTPS, with the name that he asked for', () => checkLinks(editor));
  await report.check('whoever logs in is known by both units', async () => {
    const login = await editor.logIn(EDITOR.name, EDITOR.password);
    assert.equal(login.status, 302, login.body.slice(0, 500));
    assert.equal(login.headers.get('location'), `${SITE}/wp-admin/`);
    assert.ok(login.headers.getSetCookie().some(cookie => /^wordpress_sec_.*; secure/i.test(cookie)), 'the login\'s cookie travels in clear');
    const served = await Promise.all([1, 2, 3, 4].map(() => dashboard(editor)));
    assert.deepEqual([...new Set(served)].sort(), stage.units.map(({ hostName }) => hostName).sort());
    assert.match((await WordPressUser.from('198.51.100.99', edge).get('/wp-admin/')).headers.get('location') ?? '', /wp-login\.php/);
  });
  await report.check('a folder is redirected to with its slash, and not to the port of a unit', async () => {
    const { status, headers } = await editor.get('/wp-admin');
    assert.equal(status, 301);
    assert.equal(pathOnSite(headers.get('location') ?? ''), '/wp-admin/');
  });
  await report.check('no unit has written to its own disk', async () => {
    for (const unit of stage.units) assert.deepEqual((await unit.written()).filter(path => !MOUNT_POINTS.test(path)), []);
  });
}

async function install(editor: WordPressUser): Promise<string> {
  const first = await editor.get('/');
  assert.equal(first.headers.get('location'), `${SITE}/wp-admin/install.php`);
  assert.equal((await editor.follow(first)).status, 200);
  const done = await editor.submit('/wp-admin/install.php?step=2', {
    weblog_title: 'A site',
    user_name: EDITOR.name,
    admin_password: EDITOR.password,
    admin_password2: EDITOR.password,
    admin_email: 'ada@example.com',
    blog_public: '0',
    Submit: 'Install WordPress',
  });
  assert.equal(done.status, 200);
  assert.match(done.body, /Success!/, done.body.slice(0, 1000));
  return first.headers.get('location') ?? '';
}

async function checkLinks(editor: WordPressUser): Promise<string> {
  const { status, body } = await editor.open('/');
  assert.equal(status, 200);
  const links = [...body.matchAll(/(?:href|src)=["'](?<link>https?:[^"']+)/g)].map(({ groups }) => groups?.link ?? '')
    .filter(link => link.includes(new URL(SITE).hostname));
  assert.ok(links.length > 5, `only ${links.length} links`);
  assert.deepEqual(links.filter(link => !link.startsWith(`${SITE}/`) && link !== SITE), []);
  return `${links.length} links`;
}

/** Opens the dashboard and says who served it. */
export async function dashboard(editor: WordPressUser): Promise<string> {
  const { status, body, servedBy } = await editor.get('/wp-admin/');
  assert.equal(status, 200);
  assert.match(body, /<h1>Dashboard<\/h1>/);
  return servedBy;
}
