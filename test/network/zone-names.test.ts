import { CfnResource } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { Database } from '../../src';
import { ZoneNames } from '../../src/network/private/zone-names';
import { inZone } from '../migration/support';
import { ground } from '../support/blocks';
import { addPlatform, eastStack } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { only, resources } from '../support/template';

function names() {
  const { stack, context } = ground();
  const network = new Construct(stack, 'Network');
  const given = new ZoneNames(network, context.vpc, 'shop.example.com');
  return { stack, given, slot: (id: string) => new Construct(stack, id) };
}

describe('the private names of a platform', () => {
  test('are records of one zone, which is not the whole domain\'s', () => {
    const { stack, given, slot } = names();
    expect(given.give(slot('Orders'), 'db', 'orders.rds.amazonaws.com')).toBe('db.internal.shop.example.com');
    expect(given.give(slot('Results'), 'results', 'results.rds.amazonaws.com')).toBe('results.internal.shop.example.com');
    const template = Template.fromStack(stack);
    const zone = only(template, 'AWS::Route53::HostedZone');
    expect(zone.Properties).toEqual({
      Name: 'internal.shop.example.com.', VPCs: [{ VPCId: { Ref: only(template, 'AWS::EC2::VPC').id }, VPCRegion: 'us-east-1' }],
    });
    const record = (label: string, host: string) =>
      ({ HostedZoneId: { Ref: zone.id }, Name: `${label}.internal.shop.example.com.`, Type: 'CNAME', TTL: '30', ResourceRecords: [host] });
    expect(resources(template, 'AWS::Route53::RecordSet').map(({ Properties }) => Properties)).toEqual([
      record('db', 'orders.rds.amazonaws.com'), record('results', 'results.rds.amazonaws.com'),
    ]);
  });

  test('need no zone where nobody asks for one', () => {
    const { stack } = names();
    expect(resources(Template.fromStack(stack), 'AWS::Route53::HostedZone')).toEqual([]);
  });

  const twice = (label: string) => {
    const { given, slot } = names();
    ['Orders', 'Results'].forEach(id => given.give(slot(id), label, 'host'));
  };
  const pattern = '\'label\' must hold up to 63 lower-case letters, digits and dashes, without a dash at either end';
  testRefusals([
    ['the same label twice', () => twice('db'), '[Stack/Results] \'label\' must be free, got "db", which Stack/Orders has: give each store a label of its own'],
    ['a label with a dot', () => twice('a.b'), `[Stack/Orders] ${pattern}, got "a.b": choose another label, such as 'db'`],
    ['an empty label', () => twice(''), `[Stack/Orders] ${pattern}, got "": choose another label, such as 'db'`],
    ['a label that ends with a dash', () => twice('db-'), `[Stack/Orders] ${pattern}, got "db-": choose another label, such as 'db'`],
  ]);
});

describe('a platform with a domain', () => {
  test('names its database in the zone of its network', () => {
    const stack = eastStack();
    const platform = addPlatform(stack, { domain: inZone(stack), database: Database.auroraPostgresql() });
    const zone = platform.node.findChild('Network').node.findChild('PrivateZone').node.defaultChild as CfnResource;
    Template.fromStack(stack).hasResourceProperties('AWS::Route53::RecordSet', {
      HostedZoneId: { Ref: stack.getLogicalId(zone) }, Name: 'db.internal.shop.example.com.', Type: 'CNAME',
    });
  });
});
