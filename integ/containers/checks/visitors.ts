import assert from 'node:assert/strict';
import { Scene } from './scene';
import { comingFrom } from '../stage/browser';
import { Shopper } from '../stage/shopper';

const SEEN = /id="visitor">(?<address>[^<]*) by (?<protocol>\w+)</;

/** The shop knows its visitors by what CloudFront says, not by the load balancer, and not by what they say themselves. */
export async function checkVisitors({ report, stage, edge }: Scene): Promise<void> {
  const seen = (headers: Record<string, string>, address = edge.address) => visitorSeen(new Shopper(address, { headers }));
  report.heading('Visitors');
  await report.check('two visitors are told apart by their addresses, of either family', async () => {
    assert.deepEqual(await seen(comingFrom('198.51.100.10')), { address: '198.51.100.10', protocol: 'https' });
    assert.deepEqual(await seen(comingFrom('2001:db8::7')), { address: '2001:db8::7', protocol: 'https' });
  });
  await report.check('what a visitor writes of himself is not believed', async () => {
    const forged = {
      'x-forwarded-for': '203.0.113.9',
      'x-real-ip': '203.0.113.9',
      'x-forwarded-proto': 'http',
      'cloudfront-viewer-address': '203.0.113.9:1',
      'cloudfront-forwarded-proto': 'http',
    };
    assert.deepEqual(await seen({ ...forged, ...comingFrom('198.51.100.10') }), { address: '198.51.100.10', protocol: 'https' });
  });
  await report.check('a request past the edge, as a health check is, keeps its sender\'s address', async () => {
    const { address, protocol } = await seen({ 'x-forwarded-for': '203.0.113.9' }, stage.shops[0].address);
    assert.match(address, /^(10|172|192)\./);
    assert.equal(protocol, 'http');
    return address;
  });
}

async function visitorSeen(visitor: Shopper): Promise<{ address: string; protocol: string }> {
  const { status, body } = await visitor.get('/login');
  assert.equal(status, 200);
  const { address, protocol } = SEEN.exec(body)?.groups ?? {};
  return { address, protocol };
}
