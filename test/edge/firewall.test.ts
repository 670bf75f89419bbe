import { Duration, Lazy } from 'aws-cdk-lib';
import { AclRule } from './web-acl';
import { EnvironmentProfile, Firewall, IFirewall, Runtime, Tier } from '../../src';
import { bound } from '../support/blocks';
import { once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { saidBy } from '../support/said-by';
import { only, propertiesOf, resources } from '../support/template';

const ARN = 'arn:aws:wafv2:us-east-1:111111111111:global/webacl/shared/0123';
const firewall = (choice: IFirewall, profile?: EnvironmentProfile, runtime = Runtime.php()) =>
  bound((scope, context) => choice.bind(scope, { ...context, runtime }), profile);
const managed = once(() => firewall(Firewall.managed()));

const rulesOf = ({ template }: ReturnType<typeof managed>) => propertiesOf(template, 'AWS::WAFv2::WebACL').Rules as AclRule[];

describe('a managed firewall', () => {
  test('blocks an address above 2000 requests in 5 minutes by default', () => {
    expect(rulesOf(managed())[0]).toMatchObject({
      Name: 'RateLimit', Action: { Block: {} }, Statement: { RateBasedStatement: { Limit: 2000, AggregateKeyType: 'IP' } },
    });
  });

  test('takes the rate limit that is given', () => {
    expect(rulesOf(firewall(Firewall.managed({ rateLimit: 10 })))[0].Statement.RateBasedStatement?.Limit).toBe(10);
  });

  test('has AWS\'s rule groups for a PHP application, in order, and lets pass what they do not refuse', () => {
    expect(rulesOf(managed()).map(({ Name, Priority }) => [Priority, Name])).toEqual([
      [0, 'RateLimit'],
      [1, 'AWSManagedRulesAmazonIpReputationList'],
      [2, 'AWSManagedRulesCommonRuleSet'],
      [3, 'AWSManagedRulesKnownBadInputsRuleSet'],
      [4, 'AWSManagedRulesSQLiRuleSet'],
      [5, 'AWSManagedRulesPHPRuleSet'],
    ]);
    managed().template.hasResourceProperties('AWS::WAFv2::WebACL', { Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} } });
  });

  test('counts large bodies only: uploads are ordinary', () => {
    expect(rulesOf(managed())[2].Statement).toMatchObject({
      ManagedRuleGroupStatement: { RuleActionOverrides: [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }] },
    });
  });

  test('logs to an encrypted log group, without cookies and passwords', () => {
    const { template } = managed();
    const group = only(template, 'AWS::Logs::LogGroup');
    expect(group).toMatchObject({
      Properties: { KmsKeyId: { 'Fn::GetAtt': [only(template, 'AWS::KMS::Key').id, 'Arn'] }, RetentionInDays: 365 },
      DeletionPolicy: 'RetainExceptOnCreate',
    });
    expect(JSON.stringify(group.Properties.LogGroupName)).toContain('aws-waf-logs-Stack-Slot-WebAcl-');
    template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
      ResourceArn: { 'Fn::GetAtt': [only(template, 'AWS::WAFv2::WebACL').id, 'Arn'] },
      RedactedFields: [{ SingleHeader: { Name: 'authorization' } }, { SingleHeader: { Name: 'cookie' } }],
    });
  });

  test('has a log that goes with its stack in development', () => {
    firewall(Firewall.managed(), EnvironmentProfile.development()).template
      .hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 7 }, DeletionPolicy: 'Delete' });
  });

  test('says what it is', () => {
    expect(saidBy(managed().block)).toEqual({
      id: 'Slot/WebAcl',
      title: 'Web firewall',
      purpose: 'Refuses known attacks and floods before they reach the application',
      tier: Tier.EDGE,
      facts: { rules: '5 managed groups', limit: '2000 requests in 5 minutes from one address' },
    });
  });

  test('takes a token', () => {
    expect(() => Firewall.managed({ rateLimit: Lazy.number({ produce: () => 0 }) })).not.toThrow();
  });

  testRefusals([9, 0, 10.5].map(rateLimit => [`a limit of ${rateLimit}`, () => Firewall.managed({ rateLimit }),
    `[Firewall.managed] 'rateLimit' must be a whole number between 10 and 2000000000, got ${rateLimit}: AWS WAF takes limits in this range`]));
});

describe('lists of addresses', () => {
  const listed = once(() => firewall(Firewall.managed({ allowList: ['192.0.2.7/32', '2001:db8::/48'], denyList: ['198.51.100.0/24'] })));
  const setsOf = () => resources(listed().template, 'AWS::WAFv2::IPSet');

  test('are sets of either kind, for CloudFront', () => {
    expect(setsOf().map(({ Properties: { Scope, IPAddressVersion, Addresses } }) => [Scope, IPAddressVersion, Addresses])).toEqual([
      ['CLOUDFRONT', 'IPV4', ['192.0.2.7/32']], ['CLOUDFRONT', 'IPV6', ['2001:db8::/48']], ['CLOUDFRONT', 'IPV4', ['198.51.100.0/24']],
    ]);
  });

  test('come before all other rules: who is allowed is not looked at, who is denied is blocked', () => {
    const reference = (index: number) => ({ IPSetReferenceStatement: { Arn: { 'Fn::GetAtt': [setsOf()[index].id, 'Arn'] } } });
    expect(rulesOf(listed()).slice(0, 3)).toMatchObject([
      { Name: 'AllowList', Priority: 0, Action: { Allow: {} }, Statement: { OrStatement: { Statements: [reference(0), reference(1)] } } },
      { Name: 'DenyList', Priority: 1, Action: { Block: {} }, Statement: reference(2) },
      { Name: 'RateLimit', Priority: 2 },
    ]);
  });
});

test('single rules of a group can count only, besides the one that does anyway', () => {
  const rules = rulesOf(firewall(Firewall.managed({ countOnly: { AWSManagedRulesCommonRuleSet: ['NoUserAgent_HEADER', 'SizeRestrictions_BODY'] } })));
  expect(rules[2].Statement).toMatchObject({
    ManagedRuleGroupStatement: {
      RuleActionOverrides: [
        { Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } },
        { Name: 'NoUserAgent_HEADER', ActionToUse: { Count: {} } },
      ],
    },
  });
});

describe('a waiting page', () => {
  const waiting = once(() => firewall(Firewall.managed({ waitingPage: { newVisitsPerMinute: 600 } })));
  const byteMatch = (FieldToMatch: object, PositionalConstraint: string, SearchString: string) =>
    ({ ByteMatchStatement: { FieldToMatch, PositionalConstraint, SearchString } });

  test('is for those without a session, above the limit of all of them in a minute, after all other rules', () => {
    const rules = rulesOf(waiting());
    expect(rules[rules.length - 1]).toMatchObject({
      Name: 'WaitingPage',
      Statement: {
        RateBasedStatement: {
          Limit: 600,
          EvaluationWindowSec: 60,
          AggregateKeyType: 'CONSTANT',
          ScopeDownStatement: {
            NotStatement: {
              Statement: {
                OrStatement: {
                  Statements: [
                    byteMatch({ SingleHeader: { Name: 'cookie' } }, 'CONTAINS', 'PHPSESSID='),
                    byteMatch({ UriPath: {} }, 'STARTS_WITH', '/static/'),
                    byteMatch({ UriPath: {} }, 'STARTS_WITH', '/media/'),
                  ],
                },
              },
            },
          },
        },
      },
    });
  });

  test('is HTML that says when to come back, is kept nowhere, and small enough', () => {
    const rules = rulesOf(waiting());
    expect(rules[rules.length - 1]).toMatchObject({
      Action: {
        Block: {
          CustomResponse: {
            ResponseCode: 503,
            CustomResponseBodyKey: 'WaitingPage',
            ResponseHeaders: [{ Name: 'Retry-After', Value: '120' }, { Name: 'Cache-Control', Value: 'no-store' }],
          },
        },
      },
    });
    const bodies = propertiesOf(waiting().template, 'AWS::WAFv2::WebACL').CustomResponseBodies;
    const { WaitingPage } = bodies as { WaitingPage: { Content: string; ContentType: string } };
    expect(WaitingPage.ContentType).toBe('TEXT_HTML');
    expect(WaitingPage.Content).toContain('120000*(1+Math.random())');
    expect(Buffer.byteLength(WaitingPage.Content)).toBeLessThan(4096);
  });

  test('has its own text, cookie, paths and time when they are given', () => {
    const { template } = firewall(Firewall.managed({
      waitingPage: { newVisitsPerMinute: 10, exceptPaths: [], retryAfter: Duration.seconds(30), html: '<p>Later</p>' },
    }), undefined, Runtime.node({ sessionCookies: ['sid'] }));
    template.hasResourceProperties('AWS::WAFv2::WebACL', { CustomResponseBodies: { WaitingPage: { Content: '<p>Later</p>', ContentType: 'TEXT_HTML' } } });
    const text = JSON.stringify(propertiesOf(template, 'AWS::WAFv2::WebACL').Rules);
    expect(text).toContain('"NotStatement":{"Statement":{"ByteMatchStatement":{"FieldToMatch":{"SingleHeader":{"Name":"cookie"}},"PositionalConstraint":"CONTAINS","SearchString":"sid="');
    expect(text).toContain('"Retry-After","Value":"30"');
  });

  test('is among the facts', () => {
    expect(waiting().block.describe().facts).toMatchObject({ door: 'shut for new visitors above 600 a minute' });
  });

  const page = (props: object) => () => Firewall.managed({ waitingPage: { newVisitsPerMinute: 10, ...props } });
  const at = '[Firewall.managed.waitingPage]';
  testRefusals([
    ['a limit below that of AWS WAF', page({ newVisitsPerMinute: 9 }), `${at} 'newVisitsPerMinute' must be a whole number between 10 and 2000000000, got 9: AWS WAF takes limits in this range`],
    ['an application without sessions', () => firewall(Firewall.managed({ waitingPage: { newVisitsPerMinute: 10 } }), undefined, Runtime.python({ sessionCookies: [] })),
      '[Stack/Slot/WebAcl] \'sessionCookies\' of the runtime must name the session\'s cookie where there is a \'waitingPage\', got none: nobody who is in would stay in'],
    ['all paths as exceptions', page({ exceptPaths: ['/'] }), `${at} 'exceptPaths' must be at most 10 beginnings of paths that are not all paths, got ["/"]: give some such as '/static/'`],
    ['no time at all', page({ retryAfter: Duration.millis(10) }), `${at} 'retryAfter' must be at least 1 s, got 0.01 s: give the time after which there may be room`],
    ['a large page', page({ html: 'é'.repeat(2049) }), `${at} 'html' must be at most 4096 bytes, got 4098: AWS WAF answers with no more; leave out pictures and fonts`],
  ]);
});

testRefusals([
  ['an empty list', () => Firewall.managed({ allowList: [] }), '[Firewall.managed] \'allowList\' must hold 1 to 10000 addresses, got 0: leave it out for none'],
  ['what is no address', () => Firewall.managed({ denyList: ['192.0.2.7', '10.0.0.0/33', '0.0.0.0/0', '::1/128'] }),
    '[Firewall.managed] \'denyList\' must hold addresses in CIDR notation, got ["192.0.2.7","10.0.0.0/33","0.0.0.0/0"]: give some such as \'192.0.2.7/32\' or \'2001:db8::/48\''],
  ['a group that is not there', () => firewall(Firewall.managed({ countOnly: { AWSManagedRulesLinuxRuleSet: ['LFI_URIPATH'] } })),
    '[Stack/Slot/WebAcl] \'countOnly\' must name rule groups of this firewall, got ["AWSManagedRulesLinuxRuleSet"]: give some of AWSManagedRulesAmazonIpReputationList, AWSManagedRulesCommonRuleSet, AWSManagedRulesKnownBadInputsRuleSet, AWSManagedRulesSQLiRuleSet, AWSManagedRulesPHPRuleSet'],
]);

describe('an existing web ACL', () => {
  test('is taken as it is', () => {
    const { block, template } = firewall(Firewall.fromWebAclArn(ARN));
    expect(block.webAclArn).toBe(ARN);
    expect(saidBy(block)).toEqual({
      id: 'Slot',
      title: 'Web firewall',
      tier: Tier.EDGE,
      facts: { webAcl: ARN },
      purpose: 'Refuses known attacks and floods before they reach the application; rules and logs are its owner\'s',
    });
    expect(resources(template).filter(({ Type }) => Type.startsWith('AWS::WAFv2'))).toEqual([]);
  });

  test('may have a token as its ARN', () => {
    expect(() => Firewall.fromWebAclArn(Lazy.string({ produce: () => ARN }))).not.toThrow();
  });

  testRefusals(['arn:aws:wafv2:us-east-1:111111111111:regional/webacl/shared/0123', 'arn:aws:wafv2:eu-west-1:111111111111:global/webacl/shared/0123', ''].map(arn => [
    `the ARN '${arn}'`, () => Firewall.fromWebAclArn(arn),
    `[Firewall.fromWebAclArn] 'webAclArn' must be the ARN of a web ACL of scope CLOUDFRONT, got "${arn}": CloudFront takes web ACLs of us-east-1 and scope CLOUDFRONT, 'arn:aws:wafv2:us-east-1:<account>:global/webacl/<name>/<id>'`,
  ]));
});
