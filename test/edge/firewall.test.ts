import { Lazy } from 'aws-cdk-lib';
import { EnvironmentProfile, Firewall, IFirewall, Tier } from '../../src';
import { bound } from '../support/blocks';
import { once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { only, propertiesOf, resources } from '../support/template';

const ARN = 'arn:aws:wafv2:us-east-1:111111111111:global/webacl/shared/0123';
const firewall = (choice: IFirewall, profile?: EnvironmentProfile) => bound((scope, context) => choice.bind(scope, context), profile);
const managed = once(() => firewall(Firewall.managed()));

interface AclRule {
  readonly Name: string;
  readonly Priority: number;
  readonly Statement: { readonly RateBasedStatement?: { readonly Limit: number } };
}

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
    expect(managed().block.describe()).toEqual({
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

describe('an existing web ACL', () => {
  test('is taken as it is', () => {
    const { block, template } = firewall(Firewall.fromWebAclArn(ARN));
    expect(block.webAclArn).toBe(ARN);
    expect(block.describe()).toEqual({
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
