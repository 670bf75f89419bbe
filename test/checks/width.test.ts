import { analyze, database, group, groupId, messages, MYSQL, network, Properties, ref, Resources } from './tiny';
import { cover, parseCidr } from '../../src/checks/private/network/cidr';

const from = (CidrIp: string) => ({ ...MYSQL, CidrIp });
const added = (properties: Properties): Resources => ({ Added: { Type: 'AWS::EC2::VPCCidrBlock', Properties: { VpcId: ref('Vpc'), ...properties } } });
const found = (rules: unknown[], more: Resources = {}) =>
  messages({ ...network(false), ...database(), DatabaseGroup: group(...rules), ...more }).map(each => each.split(' -> ')[0]);

describe('a block is as wide as the VPC', () => {
  test('that is the one that was added to it', () => {
    const second = added({ CidrBlock: '100.64.0.0/18' });
    expect(found([from('100.64.0.0/18')], second)).toEqual(['reachability-wide-ingress: addresses 100.64.0.0/18']);
    expect(found([from('100.64.0.0/17')], second)).toHaveLength(1);
    expect(found([from('100.64.0.0/19')], second)).toEqual([]);
    expect(found([from('100.64.0.0/18')], added({ VpcId: 'vpc-1', CidrBlock: '100.64.0.0/18' }))).toEqual([]);
    expect(found([{ ...MYSQL, CidrIpv6: '2001:db8:1:2::/64' }], added({ Ipv6CidrBlock: '2001:db8:1:2::/64' }))).toEqual([
      'reachability-wide-ingress: addresses 2001:db8:1:2::/64',
    ]);
  });

  test('of every account by default', () => {
    const outside = { ...database({ DBSubnetGroupName: 'default', PubliclyAccessible: false }) };
    const rules = (CidrIp: string) => messages({ ...outside, DatabaseGroup: group(from(CidrIp)) });
    expect(rules('172.31.0.0/16')).toEqual([
      'reachability-wide-ingress: addresses 172.31.0.0/16 -> sg DatabaseGroup ingress tcp 3306 from 172.31.0.0/16 -> AWS::RDS::DBInstance Database',
    ]);
    expect(rules('172.31.0.0/20')).toEqual([]);
  });

  test('together with the other rules of the group', () => {
    expect(found([from('10.0.0.0/17'), from('10.0.128.0/17')])).toEqual([
      'reachability-wide-ingress: addresses 10.0.0.0/17', 'reachability-wide-ingress: addresses 10.0.128.0/17',
    ]);
    expect(found([from('10.0.0.0/17'), from('10.0.128.0/18')])).toEqual([]);
    expect(found([from('10.0.0.0/17'), { ...from('10.0.128.0/17'), FromPort: 22, ToPort: 22 }])).toEqual([]);
  });
});

test.each<[string[], boolean]>([
  [['10.0.0.0/16'], true], [['10.0.0.0/8'], true], [['10.0.128.0/17', '10.0.0.0/17'], true], [['10.0.0.0/17', '10.0.0.0/18', '10.0.128.0/17'], true],
  [['10.0.0.0/17', '10.0.192.0/18'], false], [['10.0.128.0/17'], false], [['::/0'], false], [[], false],
])('%j covers 10.0.0.0/16: %s', (blocks, isCovered) => {
  expect(cover(blocks.map(block => parseCidr(block)!), parseCidr('10.0.0.0/16')!)).toBe(isCovered);
});

describe('of a store in a public subnet with an open group', () => {
  const cache: Resources = {
    Store: { Type: 'AWS::ElastiCache::ServerlessCache', Properties: { SecurityGroupIds: [groupId('DatabaseGroup')], SubnetIds: [ref('Subnet')] } },
  };
  const notes = (stores: Resources, rule: Properties, destination?: Properties) =>
    analyze({ ...network(true, destination), ...stores, DatabaseGroup: group({ IpProtocol: '-1', ...rule }) })
      .filter(({ ruleName }) => ruleName === 'reachability-internet').map(({ note }) => note);

  test('it is said when it never has a public address', () => {
    expect(notes(cache, { CidrIp: '0.0.0.0/0' })).toEqual([
      'AWS::ElastiCache::ServerlessCache has no public address of its own, so that whoever comes needs a relay in its network',
    ]);
    expect(notes(database(), { CidrIp: '0.0.0.0/0' })).toEqual([undefined]);
    expect(notes(cache, { CidrIpv6: '::/0' }, { DestinationIpv6CidrBlock: '::/0' })).toEqual([undefined]);
  });
});
