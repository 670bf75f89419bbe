import assert from 'node:assert/strict';
import { dashboard } from './moving-in';
import { photo } from './photo';
import { WordPressScene } from './scene';
import { pathOnSite, SITE, WordPressUser } from '../../stage/wordpress-user';
import { ask } from '../../web';

const KIBIBYTE = 1024;

/** What is uploaded and written is there for everyone, whichever unit took it, and while one of them dies. */
export async function checkWriting(scene: WordPressScene): Promise<void> {
  const { report, editor, stage } = scene;
  report.heading('Uploads and posts');
  await report.check('an image of more than 2 MB is uploaded, and each unit and the edge have it, with its smaller copies', () => checkUpload(scene));
  await report.check('a post with 17 KB of HTML is saved and shown as it was written', () => checkLongPost(scene));
  await report.check('a unit is killed: the login goes on, uploads are there, and another is taken', async () => {
    const { unit, other } = stage.pairOf(await dashboard(editor));
    await unit.kill();
    assert.deepEqual([await dashboard(editor), await dashboard(editor)], [other.hostName, other.hostName]);
    const file = await upload(editor, 'after.png', photo(80, 60));
    await unit.restart();
    assert.equal((await ask(unit.address + file)).status, 200, 'the unit that was away has not what was uploaded meanwhile');
    return `${unit.hostName} killed, ${other.hostName} answers`;
  });
}

async function upload(editor: WordPressUser, name: string, content: Buffer): Promise<string> {
  const { source_url: link } = await editor.call('POST', '/wp/v2/media', content, { 'content-type': 'image/png', 'content-disposition': `attachment; filename="${name}"` }) as { source_url: string };
  assert.ok(link.startsWith(`${SITE}/wp-content/uploads/`), link);
  return pathOnSite(link);
}

async function checkUpload({ editor, edge, stage, distribution, workload }: WordPressScene): Promise<string> {
  const content = photo(1200, 900);
  assert.ok(content.length > 2 * KIBIBYTE * KIBIBYTE, `${content.length} bytes`);
  const path = await upload(editor, 'cat.png', content);
  const page = await editor.call('GET', '/wp/v2/media') as { media_details: { sizes: Record<string, { source_url: string }> } }[];
  const copies = Object.values(page[0].media_details.sizes).map(({ source_url: link }) => pathOnSite(link)).filter(each => each !== path);
  assert.ok(copies.length > 0, 'no smaller copies');
  for (const file of [path, ...copies]) {
    for (const address of [edge, ...stage.units.map(unit => unit.address)]) {
      const answer = await ask(address + file);
      assert.equal(answer.status, 200, `${address}${file}`);
      assert.equal(answer.headers.get('content-type'), 'image/png');
      if (file === path) assert.ok(content.equals(answer.body), 'other bytes than those that were sent');
    }
  }
  const { forwarding } = distribution.behaviourFor(path);
  assert.ok(!forwarding.cookie('wordpress_logged_in_x'), 'each visitor has a copy of his own at the edge');
  assert.deepEqual(workload.sharedFolders.map(folder => folder.path), [workload.environment.MEDIA_PATH]);
  return `${path}, ${(content.length / KIBIBYTE / KIBIBYTE).toFixed(1)} MiB, ${copies.length} copies`;
}

async function checkLongPost({ editor, edge }: WordPressScene): Promise<string> {
  const paragraphs = Array.from({ length: 150 }, (_, number) =>
    `<p style="color: red" class="paragraph-${number}"><a href="/?a=1&amp;b=${number}">SELECT</a> a table or <em>DROP</em> it; it's number ${number}.</p>`);
  const content = `<table><tr><td>A table</td></tr></table>${paragraphs.join('\n')}<!-- the end -->`;
  assert.ok(content.length > 17 * KIBIBYTE, `${content.length} characters`);
  const { id } = await editor.call('POST', '/wp/v2/posts', { title: 'A long one', content, status: 'publish' }) as { id: number };
  const saved = await editor.call('GET', `/wp/v2/posts/${id}&context=edit`) as { content: { raw: string } };
  assert.equal(saved.content.raw, content);
  const { status, body } = await WordPressUser.from('198.51.100.20', edge).open(`/?p=${id}`);
  assert.equal(status, 200);
  for (const number of [0, paragraphs.length - 1]) assert.ok(body.includes(`class="paragraph-${number}"`), `paragraph ${number} is not shown`);
  return `${(content.length / KIBIBYTE).toFixed(1)} KiB`;
}
