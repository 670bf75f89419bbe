import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Domain, Edge, Firewall } from '../../src';
import { originFacingPrefixList } from '../../src/edge/private/prefix-lists';
import { ACCOUNT, addPlatform, eastStack, once, PlatformProps } from '../support/platform';
import { testRefusals } from '../support/refusals';

const ARN = `arn:aws:wafv2:us-east-1:${ACCOUNT}:global/webacl/shared/0123`;
const firewall = Firewall.fromWebAclArn(ARN);
const zoned = (stack: Stack) => Domain.inZone(HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }), 'example.com');

function platformIn(region: string, props: (stack: Stack) => PlatformProps = () => ({})): Stack {
  const stack = eastStack('Stack', { env: { account: ACCOUNT, region } });
  addPlatform(stack, props(stack));
  return stack;
}

const agnostic = once(() => {
  const stack = new Stack(new App(), 'Stack');
  addPlatform(stack, { domain: zoned(stack) });
  return stack;
});

describe('a stack whose Region is not known', () => {
  test.each([
    ['the web ACL', '/Stack/Shop/Firewall/WebAcl'],
    ['the certificate', '/Stack/Shop/Domain'],
    ['the distribution\'s alarms', '/Stack/Shop/ContentDelivery/CloudFront'],
  ])('gets a warning for %s', (what, path) => {
    Annotations.fromStack(agnostic()).hasWarning(path,
      `[${path.slice(1)}] ${what} can be made in us-east-1 alone, and the stack's Region is not known: deploy it there, or give the stack its Region, such as 'env: { region: 'us-east-1' }'; with another one, what has to be in us-east-1 is put into stacks of its own [ack: cdk-platform-patterns:region-unknown]`);
  });

  test('has everything in one stack, as us-east-1 has it', () => {
    expect(agnostic().node.root.node.children.filter(Stack.isStack)).toEqual([agnostic()]);
    const template = Template.fromStack(agnostic());
    template.resourceCountIs('AWS::WAFv2::WebACL', 1);
    template.resourceCountIs('AWS::CertificateManager::Certificate', 1);
    template.resourceCountIs('AWS::SSM::Parameter', 0);
    expect(JSON.stringify(template.findResources('AWS::CloudWatch::Alarm'))).toContain('AWS/CloudFront');
  });

  test('finds CloudFront\'s prefix list by the Region of its deployment', () => {
    const template = Template.fromStack(agnostic());
    expect(Object.values(template.findMappings('*')).map(mapping => mapping['us-east-1'])).toContainEqual({ OriginFacing: 'pl-3b927c52' });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      SourcePrefixListId: { 'Fn::FindInMap': [Match.anyValue(), { Ref: 'AWS::Region' }, 'OriginFacing'] }, FromPort: 80, ToPort: 443,
    });
  });
});

test('a stack in us-east-1 gets no warning of its Region, and no companion', () => {
  const stack = eastStack();
  addPlatform(stack, { domain: zoned(stack) });
  expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('region-unknown'))).toEqual([]);
  expect(stack.node.root.node.children.filter(Stack.isStack)).toEqual([stack]);
  Template.fromStack(stack).resourceCountIs('AWS::SSM::Parameter', 0);
});

test('the load balancer admits CloudFront\'s prefix list of its Region', () => {
  const listIn = (region: string) => originFacingPrefixList(eastStack('Stack', { env: { account: ACCOUNT, region } }));
  expect(['us-east-1', 'eu-west-1', 'sa-east-1'].map(listIn)).toEqual(['pl-3b927c52', 'pl-4fa04526', 'pl-5da64334']);
});

testRefusals([
  ['an unknown prefix list', () => platformIn('mars-north-1', () => ({ edge: Edge.cloudFront({ firewall }) })),
    '[Stack/Shop/LoadBalancer] \'region\' must be one whose CloudFront prefix list is known, got mars-north-1: deploy to one of ap-northeast-1, ap-northeast-2, ap-south-1, ap-southeast-1, ap-southeast-2, ca-central-1, eu-central-1, eu-north-1, eu-west-1, eu-west-2, eu-west-3, sa-east-1, us-east-1, us-east-2, us-west-1, us-west-2'],
  ['a web ACL that is bound by hand where CloudFront does not read it', () => Firewall.managed().bind(platformIn('eu-west-1', () => ({ edge: Edge.cloudFront({ firewall }) })), {} as never),
    '[Stack/WebAcl] the scope\'s stack must be in us-east-1, where CloudFront reads the web ACL, got eu-west-1: bind it in a stack there, as a platform in any Region does by itself'],
]);
