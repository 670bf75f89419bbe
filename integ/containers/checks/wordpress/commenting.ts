import assert from 'node:assert/strict';
import { WordPressScene } from './scene';
import { Page } from '../../stage/browser';
import { WordPressUser } from '../../stage/wordpress-user';

const FIRST = '198.51.100.30';
const SECOND = '2001:db8::30';
const FORGED = '203.0.113.9';
const POST = '1';

/** WordPress takes one comment in 15 seconds from an address: it shows whom it takes for whom. */
export async function checkCommenting({ report, edge, editor }: WordPressScene): Promise<void> {
  report.heading('Visitors');
  await report.check('a second visitor may comment right after the first, and the first may not at once again, whatever address he writes', async () => {
    const forged = { 'x-forwarded-for': FORGED, 'cloudfront-viewer-address': `${FORGED}:1` };
    assert.equal((await comment(WordPressUser.from(FIRST, edge), 'The first')).status, 302);
    assert.equal((await comment(WordPressUser.from(SECOND, edge), 'The second')).status, 302);
    const again = await comment(WordPressUser.from(FIRST, edge, forged), 'Once more');
    assert.equal(again.status, 429, again.body.slice(0, 300));
    assert.match(again.body, /too quickly/);
  });
  await report.check('comments are kept with the addresses of those who wrote them', async () => {
    const kept = await editor.call('GET', '/wp/v2/comments&context=edit&status=hold') as { author_ip: string; content: { raw: string } }[];
    const addresses = Object.fromEntries(kept.map(({ author_ip: address, content }) => [content.raw, address]));
    assert.deepEqual(addresses, { 'The first': FIRST, 'The second': SECOND });
    return Object.values(addresses).join(', ');
  });
}

/** With another address of e-mail each time: WordPress looks at that, too. */
function comment(visitor: WordPressUser, text: string): Promise<Page> {
  const email = `${text.toLowerCase().replace(/ /g, '-')}@example.com`;
  return visitor.submit('/wp-comments-post.php', { comment: text, author: text, email, comment_post_ID: POST, comment_parent: '0' });
}
