import { Lazy } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { HostedZone, PrivateHostedZone } from 'aws-cdk-lib/aws-route53';
import { Domain } from '../../src';
import { ACCOUNT, eastStack } from '../support/platform';
import { testRefusals } from '../support/refusals';

const stack = eastStack();
const certificate = Certificate.fromCertificateArn(stack, 'Certificate', `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/1`);
const zone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' });
const elsewhere = Certificate.fromCertificateArn(stack, 'Elsewhere', `arn:aws:acm:eu-west-1:${ACCOUNT}:certificate/1`);
const MEND = 'give the whole name without protocol or path, such as \'shop.example.com\'';

describe('Domain', () => {
  test('in a zone has no certificate by default', () => {
    const domain = Domain.inZone(zone, 'shop.example.com');
    expect([domain.name, domain.zone, domain.certificate]).toEqual(['shop.example.com', zone, undefined]);
  });

  test('in a zone keeps the certificate that it is given', () => {
    expect(Domain.inZone(zone, 'shop.example.com', { certificate }).certificate).toBe(certificate);
  });

  test('elsewhere has a certificate and no zone', () => {
    const domain = Domain.elsewhere('shop.example.com', certificate);
    expect([domain.name, domain.zone, domain.certificate]).toEqual(['shop.example.com', undefined, certificate]);
  });

  test.each(['example.com', 'shop.example.com', 'a.b.example.com', '_x.example.com'])('may be %s', name => {
    expect(Domain.inZone(zone, name).name).toBe(name);
  });

  test('takes tokens, for the name and for the zone\'s name', () => {
    const token = Lazy.string({ produce: () => 'shop.example.com' });
    const unknown = HostedZone.fromHostedZoneAttributes(stack, 'Unknown', { hostedZoneId: 'Z2', zoneName: Lazy.string({ produce: () => 'x' }) });
    expect(Domain.inZone(zone, token).name).toBe(token);
    expect(Domain.inZone(unknown, 'shop.example.com').name).toBe('shop.example.com');
    expect(Domain.elsewhere(token, certificate).name).toBe(token);
  });

  test('may be written in capitals, in a zone whose name ends in a dot', () => {
    const dotted = HostedZone.fromHostedZoneAttributes(stack, 'Dotted', { hostedZoneId: 'Z3', zoneName: 'example.com.' });
    expect(Domain.inZone(dotted, 'Shop.Example.com').name).toBe('Shop.Example.com');
  });

  test('may have other names, which lead to the first unless they are served too', () => {
    const domain = Domain.inZone(zone, 'example.com', { alternativeNames: ['www.example.com', 'shop.example.com'] });
    expect([domain.alternativeNames, domain.redirectAlternativeNames]).toEqual([['www.example.com', 'shop.example.com'], true]);
    expect(Domain.elsewhere('example.com', certificate, { alternativeNames: ['www.example.org'], redirectAlternativeNames: false }).redirectAlternativeNames).toBe(false);
    expect(Domain.inZone(zone, 'example.com').alternativeNames).toEqual([]);
  });

  const others = (...alternativeNames: string[]) => () => Domain.inZone(zone, 'example.com', { alternativeNames });
  const KNOWN = '[Domain.inZone] \'alternativeNames\' and \'name\' must be known at synthesis where there are both, got a token: records and what redirects follow from them; give the names themselves';
  const token = Lazy.string({ produce: () => 'www.example.com' });
  testRefusals([
    ['no other name', others(), '[Domain.inZone] \'alternativeNames\' must hold 1 to 9 names, got 0: a certificate has 10 without a request to AWS; leave it out for none'],
    ['ten other names', others(...Array.from({ length: 10 }, (_, index) => `n${index}.example.com`)),
      '[Domain.inZone] \'alternativeNames\' must hold 1 to 9 names, got 10: a certificate has 10 without a request to AWS; leave it out for none'],
    ['a wildcard among them', others('*.example.com', 'www.example.com'),
      '[Domain.inZone] \'alternativeNames\' must hold domain names, got "*.example.com": give whole names without protocol, path or wildcard, such as \'www.example.com\''],
    ['the name itself, in capitals, and another twice', others('Example.com', 'www.example.com', 'www.example.com'),
      '[Domain.inZone] \'alternativeNames\' must differ from \'name\' and from each other, got "Example.com", "www.example.com" twice: leave out what is there already'],
    ['one of another zone', others('www.example.org', 'www.myexample.com'),
      '[Domain.inZone] \'alternativeNames\' must be in the hosted zone example.com, got "www.example.org", "www.myexample.com": each gets a record there; give names of the zone'],
    ['one that is known at deployment', others(token), KNOWN],
    ['a list that is', () => Domain.inZone(zone, 'example.com', { alternativeNames: Lazy.list({ produce: () => ['www.example.com'] }) }), KNOWN],
    ['others of a name that is', () => Domain.inZone(zone, token, { alternativeNames: ['example.com'] }), KNOWN],
    ['one elsewhere that is none', () => Domain.elsewhere('example.com', certificate, { alternativeNames: ['www'] }),
      '[Domain.elsewhere] \'alternativeNames\' must hold domain names, got "www": give whole names without protocol, path or wildcard, such as \'www.example.com\''],
  ]);

  testRefusals([
    ['a zone that does not know its name', () => Domain.inZone(HostedZone.fromHostedZoneId(stack, 'ById', 'Z4'), 'shop.example.com'),
      '[Domain.inZone] \'zone\' must know its name, got one that was imported by its id alone: import it by HostedZone.fromHostedZoneAttributes, with its name'],
    ['a private zone', () => Domain.inZone(new PrivateHostedZone(stack, 'Private', { zoneName: 'example.com', vpc: new Vpc(stack, 'Vpc') }), 'example.com'),
      '[Domain.inZone] \'zone\' must be public, got the private zone example.com: users and the certificate\'s validation look the name up from the internet'],
    ['a certificate of another Region', () => Domain.elsewhere('shop.example.com', elsewhere),
      '[Domain.elsewhere] \'certificate\' must be in us-east-1, where CloudFront reads it, got one in eu-west-1: request or import it there'],
    ['a certificate of another Region for a name in a zone', () => Domain.inZone(zone, 'shop.example.com', { certificate: elsewhere }),
      '[Domain.inZone] \'certificate\' must be in us-east-1, where CloudFront reads it, got one in eu-west-1: request or import it there'],
    ['an address as a name', () => Domain.elsewhere('https://shop.example.com', certificate),
      `[Domain.elsewhere] 'name' must be a domain name, got "https://shop.example.com": ${MEND}`],
    ['a name with one part', () => Domain.elsewhere('shop', certificate), `[Domain.elsewhere] 'name' must be a domain name, got "shop": ${MEND}`],
    ['an empty name', () => Domain.elsewhere('', certificate), `[Domain.elsewhere] 'name' must be a domain name, got "": ${MEND}`],
    ['a name of another zone', () => Domain.inZone(zone, 'shop.example.org'),
      '[Domain.inZone] \'name\' must be in the hosted zone example.com, got "shop.example.org": give \'example.com\' or a name that ends in \'.example.com\', or the zone of the name'],
    ['a name that only ends like the zone\'s', () => Domain.inZone(zone, 'myexample.com'),
      '[Domain.inZone] \'name\' must be in the hosted zone example.com, got "myexample.com": give \'example.com\' or a name that ends in \'.example.com\', or the zone of the name'],
    ['a name that is no name, of another zone', () => Domain.inZone(zone, 'shop'), [
      '[Domain.inZone] 2 props need mending:',
      `  - 'name' must be a domain name, got "shop": ${MEND}`,
      '  - \'name\' must be in the hosted zone example.com, got "shop": give \'example.com\' or a name that ends in \'.example.com\', or the zone of the name',
    ].join('\n')],
  ]);
});
