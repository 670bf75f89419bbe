import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { bindIn, networkOf } from './support';
import { EnvironmentProfile } from '../../src';
import { EAST, eastStack } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { resources } from '../support/template';

const withZones = (availabilityZones: number) => EnvironmentProfile.production({ availabilityZones });
const subnetsOf = (template: Template) => resources(template, 'AWS::EC2::Subnet');
const named = (...letters: string[]) => letters.map(letter => `us-east-1${letter}`);

/** Logical id, addresses and zone of each subnet: what must not change while a subnet is in use. */
function fixedOf(template: Template): { [id: string]: unknown } {
  return Object.fromEntries(subnetsOf(template).map(({ id, Properties: { CidrBlock, AvailabilityZone, AvailabilityZoneId } }) =>
    [id, { CidrBlock, AvailabilityZone, AvailabilityZoneId }]));
}

describe('the zones of a new network', () => {
  test.each([[2, ['use1-az1', 'use1-az2']], [3, ['use1-az1', 'use1-az2', 'use1-az4']], [5, ['use1-az1', 'use1-az2', 'use1-az4', 'use1-az5', 'use1-az6']]])(
    'are %d of us-east-1 with VPC origins, never use1-az3', (count, ids) => {
      const { template } = networkOf({}, withZones(count));
      expect(subnetsOf(template).map(({ Properties }) => Properties.AvailabilityZoneId)).toEqual([...ids, ...ids, ...ids]);
      expect(subnetsOf(template).filter(({ Properties }) => 'AvailabilityZone' in Properties)).toEqual([]);
    });

  test.each([
    ['us-west-1', 2, ['usw1-az1', 'usw1-az3']],
    ['ap-northeast-1', 3, ['apne1-az1', 'apne1-az2', 'apne1-az4']],
    ['ca-central-1', 3, ['cac1-az1', 'cac1-az2', 'cac1-az4']],
  ])('of %s are %d with VPC origins', (region, count, ids) => {
    const { template } = networkOf({}, withZones(count), eastStack('Stack', { env: { ...EAST, region } }));
    expect(subnetsOf(template).map(({ Properties }) => Properties.AvailabilityZoneId)).toEqual([...ids, ...ids, ...ids]);
  });

  test('of a Region that has VPC origins in all of them are left to CloudFormation', () => {
    const { template } = networkOf({}, withZones(3), eastStack('Stack', { env: { ...EAST, region: 'sa-east-1' } }));
    expect(subnetsOf(template)[2].Properties.AvailabilityZone).toEqual({ 'Fn::Select': [2, { 'Fn::GetAZs': '' }] });
  });

  test('have names that are read back from the public subnets', () => {
    const stack = eastStack();
    const { vpc } = bindIn(stack);
    expect(stack.resolve(vpc.availabilityZones)).toEqual([1, 2, 3].map(zone => (
      { 'Fn::GetAtt': [expect.stringMatching(new RegExp(`^NetworkVpcPublicSubnet${zone}Subnet`)), 'AvailabilityZone'] })));
  });

  test('are left to CloudFormation where the Region is not known', () => {
    const { template } = networkOf({}, withZones(2), new Stack(new App({ analyticsReporting: false }), 'Stack'));
    const zones = [0, 1].map(index => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] }));
    expect(subnetsOf(template).map(({ Properties }) => Properties.AvailabilityZone)).toEqual([...zones, ...zones, ...zones]);
  });

  test('are those that are named', () => {
    const { template } = networkOf({ availabilityZones: named('b', 'd') });
    expect(subnetsOf(template).map(({ Properties }) => Properties.AvailabilityZone)).toEqual([...named('b', 'd'), ...named('b', 'd'), ...named('b', 'd')]);
    expect(subnetsOf(template).filter(({ Properties }) => 'AvailabilityZoneId' in Properties)).toEqual([]);
  });

  test('may be named by tokens, and in a Region that is not known', () => {
    const token = Lazy.string({ produce: () => 'us-east-1f' });
    expect(subnetsOf(networkOf({ availabilityZones: ['us-east-1a', token] }).template)[1].Properties.AvailabilityZone).toBe('us-east-1f');
    expect(() => bindIn(new Stack(), { availabilityZones: ['eu-west-1a', 'eu-west-1b'] })).not.toThrow();
  });

  test.each([['by default', undefined], ['when they are named', named('b', 'd')]])('need no look-up %s, and the stack keeps its own zones', (_, availabilityZones) => {
    const app = new App({ analyticsReporting: false });
    const stack = new Stack(app, 'Stack', { env: EAST });
    bindIn(stack, { availabilityZones });
    expect(app.synth().manifest.missing).toBeUndefined();
    expect(stack.availabilityZones).toEqual(['dummy1a', 'dummy1b', 'dummy1c']);
  });

  test('leave a stack alone that says its own zones', () => {
    const stack = eastStack();
    Object.defineProperty(stack, 'availabilityZones', { value: ['own'], configurable: true });
    bindIn(stack);
    expect(stack.availabilityZones).toEqual(['own']);
  });

  testRefusals([
    ['six zones, of which one has no VPC origins', () => bindIn(eastStack(), {}, withZones(6)),
      '[Stack/Network/Vpc] \'profile.availabilityZones\' must be at most 5 for a new network, got 6: CloudFront\'s VPC origins reach 5 zones of us-east-1; give the profile fewer'],
    ['three zones where two have VPC origins', () => bindIn(eastStack('Stack', { env: { ...EAST, region: 'us-west-1' } })),
      '[Stack/Network/Vpc] \'profile.availabilityZones\' must be at most 2 for a new network, got 3: CloudFront\'s VPC origins reach 2 zones of us-west-1; give the profile fewer'],
    ['zones of another Region', () => bindIn(eastStack(), { availabilityZones: ['eu-west-1a', 'us-east-1b'] }),
      '[Stack/Network/Vpc] \'availabilityZones\' must be zones of us-east-1, the Region of the stack, got ["eu-west-1a"]: give names such as \'us-east-1a\''],
    ['ids and local zones in the place of names', () => bindIn(eastStack(), { availabilityZones: ['use1-az1', 'us-east-1-bos-1a'] }),
      '[Stack/Network/Vpc] \'availabilityZones\' must be zones of us-east-1, the Region of the stack, got ["use1-az1","us-east-1-bos-1a"]: give names such as \'us-east-1a\''],
  ]);
});

describe('the subnets of a new network', () => {
  test.each([['10.0.0.0/16', '10.0.0.0/20', '10.0.80.0/20', '10.0.160.0/20'], ['10.30.4.0/22', '10.30.4.0/26', '10.30.5.64/26', '10.30.6.128/26']])(
    'have a sixteenth of %s each, for five zones', (cidr, ...first) => {
      const blocks = subnetsOf(networkOf({ cidr }).template).map(({ Properties }) => Properties.CidrBlock);
      expect([blocks[0], blocks[3], blocks[6]]).toEqual(first);
      expect(new Set(blocks).size).toBe(9);
    });

  test.each([[2, 3], [3, 5], [2, 4]])('stay when %d zones become %d, or the other way round', (fewer, more) => {
    const [before, after] = [fewer, more].map(count => fixedOf(networkOf({}, withZones(count)).template));
    expect(Object.keys(before)).toHaveLength(3 * fewer);
    expect(after).toMatchObject(before);
    expect(Object.keys(after)).toHaveLength(3 * more);
  });

  test('stay when a zone is named after the others', () => {
    const [before, after] = [named('b', 'd'), named('b', 'd', 'a')].map(zones => fixedOf(networkOf({ availabilityZones: zones }).template));
    expect(after).toMatchObject(before);
    expect(Object.keys(after)).toHaveLength(9);
  });

  test('stay when the NAT gateways go', () => {
    const without = networkOf({}, EnvironmentProfile.production({ natGateways: 0 }));
    expect(fixedOf(without.template)).toEqual(fixedOf(networkOf().template));
  });
});
