import { contains, isInternet, isWiderThanVpc, overlaps, parseCidr } from '../../src/checks/private/network/cidr';

const cidr = (text: string) => parseCidr(text)!;

test.each(['', '10.0.0.0', '10.0.0.0/33', '10.0.0/8', '::/129', 'sg-0123', '10.0.0.0/8/8', '10.0.0.0/x'])('%p is not a block', text => {
  expect(parseCidr(text)).toBeUndefined();
});

test('reads the bounds of a block, whatever address of it is named', () => {
  expect(cidr('10.0.0.77/24')).toMatchObject({ family: 4, first: 0x0a000000n, last: 0x0a0000ffn, prefix: 24 });
  expect(cidr('2001:db8::1/32')).toMatchObject({ family: 6, first: 0x20010db8n * 2n ** 96n, prefix: 32 });
  expect(cidr('::ffff:10.0.0.1/128').first).toBe(0xffff0a000001n);
  expect(cidr('1:2:3:4:5:6:7:8/128').first).toBe(0x00010002000300040005000600070008n);
});

test('compares blocks of one family', () => {
  expect(contains(cidr('10.0.0.0/8'), cidr('10.1.0.0/16'))).toBe(true);
  expect(contains(cidr('10.1.0.0/16'), cidr('10.0.0.0/8'))).toBe(false);
  expect(overlaps(cidr('10.1.0.0/16'), cidr('10.0.0.0/8'))).toBe(true);
  expect(overlaps(cidr('0.0.0.0/0'), cidr('::/0'))).toBe(false);
});

test.each([
  ['0.0.0.0/0', true], ['0.0.0.0/1', true], ['128.0.0.0/1', true], ['8.0.0.0/6', true], ['203.0.113.0/23', true], ['203.0.113.0/24', false],
  ['10.0.0.0/8', false], ['172.16.0.0/12', false], ['172.0.0.0/8', true], ['192.168.0.0/16', false], ['100.64.0.0/10', false],
  ['::/0', true], ['2000::/3', true], ['2001:db8::/48', false], ['fc00::/7', false], ['fe80::/10', false],
])('%s is the internet: %p', (text, expected) => {
  expect(isInternet(cidr(text))).toBe(expected);
});

test('a block is wider than any VPC from /15, and from /55 in IPv6', () => {
  expect([15, 16].map(prefix => isWiderThanVpc(cidr(`10.0.0.0/${prefix}`)))).toEqual([true, false]);
  expect([55, 56].map(prefix => isWiderThanVpc(cidr(`fd00::/${prefix}`)))).toEqual([true, false]);
});
