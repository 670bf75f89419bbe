import { App, CfnParameter, Duration, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnEIP } from 'aws-cdk-lib/aws-ec2';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Compute, Domain, Edge, Firewall, Owner, Runtime, WaitingPage } from '../../src';
import { addPlatform, BRAZIL, EAST, eastStack, IMAGE, PlatformProps, QUICK } from '../support/platform';
import { Refusal, testRefusals } from '../support/refusals';
import { propertiesOf } from '../support/template';

const WEB_ACL = 'Stack-edge/Shop/Firewall/WebAcl';
const text = (stack: Stack) => new CfnParameter(stack, 'Given', { default: 'x' }).valueAsString;
const number = (stack: Stack) => new CfnParameter(stack, 'Given', { type: 'Number', default: 10 }).valueAsNumber;
const zone = (stack: Stack) => HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' });
const waiting = (page: Partial<WaitingPage>) =>
  ({ edge: Edge.cloudFront({ firewall: Firewall.managed({ waitingPage: { newVisitsPerMinute: 10, ...page } }) }) });

const GIVEN: [what: string, where: string, props: (stack: Stack) => PlatformProps][] = [
  ['\'name\' of the domain', 'Stack-edge/Shop/Domain', stack => ({ domain: Domain.inZone(zone(stack), text(stack)) })],
  ['\'name\' of the owner', 'Stack-edge/Shop', stack => ({ owner: Owner.team({ name: text(stack), contact: 'x' }) })],
  ['\'allowList\'', WEB_ACL, stack => ({ edge: Edge.cloudFront({ firewall: Firewall.managed({ allowList: [text(stack)] }) }) })],
  ['\'denyList\'', WEB_ACL, stack => ({ edge: Edge.cloudFront({ firewall: Firewall.managed({ denyList: ['192.0.2.7/32', text(stack)] }) }) })],
  ['\'rateLimit\'', WEB_ACL, stack => ({ edge: Edge.cloudFront({ firewall: Firewall.managed({ rateLimit: number(stack) }) }) })],
  ['\'countOnly\'', WEB_ACL, stack => ({ edge: Edge.cloudFront({ firewall: Firewall.managed({ countOnly: { AWSManagedRulesCommonRuleSet: [text(stack)] } }) }) })],
  ['\'newVisitsPerMinute\' of \'waitingPage\'', WEB_ACL, stack => waiting({ newVisitsPerMinute: number(stack) })],
  ['\'exceptPaths\' of \'waitingPage\'', WEB_ACL, stack => waiting({ exceptPaths: [text(stack)] })],
  ['\'retryAfter\' of \'waitingPage\'', WEB_ACL, stack => waiting({ retryAfter: Duration.seconds(number(stack)) })],
  ['\'html\' of \'waitingPage\'', WEB_ACL, stack => waiting({ html: `<p>${text(stack)}</p>` })],
  ['\'sessionCookies\' of the runtime', WEB_ACL, stack => ({
    compute: Compute.fargate({ image: IMAGE, runtime: Runtime.any({ name: 'Ruby', sessionCookies: [text(stack)] }) }), ...waiting({}),
  })],
  ['\'firewallRuleGroups\' of the runtime', WEB_ACL, stack => ({
    compute: Compute.fargate({ image: IMAGE, runtime: Runtime.node({ firewallRuleGroups: [text(stack)] }) }),
  })],
];

const platform = (stack: Stack, props: PlatformProps) => { addPlatform(stack, props); };
const brazil = () => new Stack(new App(QUICK), 'Stack', { env: BRAZIL });
const refusal = (what: string, where: string, token: string) =>
  `[${where}] ${what} must be known before Stack is deployed, got a token of '${token}' there: it stands in us-east-1, in Stack-edge, which is deployed first; give the value itself, or one of a stack that needs nothing of the platform`;

describe('what stands in us-east-1 is deployed before a platform of another Region', () => {
  testRefusals([
    ...GIVEN.map(([what, where, props]): Refusal => [`${what} as a parameter of the platform's stack`, () => {
      const stack = brazil();
      platform(stack, props(stack));
    }, refusal(what, where, 'Stack/Given')]),
    ['a value of a nested stack', () => {
      const stack = brazil();
      platform(stack, { edge: Edge.cloudFront({ firewall: Firewall.managed({ allowList: [text(new NestedStack(stack, 'Nested'))] }) }) });
    }, refusal('\'allowList\'', WEB_ACL, 'Stack/Nested/Given')],
  ]);

  test('all that is not known is named at once', () => {
    const stack = brazil();
    const given = text(stack);
    expect(() => platform(stack, { edge: Edge.cloudFront({ firewall: Firewall.managed({ allowList: [given], denyList: [given] }) }) })).toThrow(
      /^\[Stack-edge\/Shop\/Firewall\/WebAcl\] 2 props need mending:\n  - 'allowList' must .*\n  - 'denyList' must /);
  });

  test.each([['of its own Region', BRAZIL], ['of us-east-1', EAST]])('a value of another stack %s is well', (_, env) => {
    const stack = brazil();
    const other = new Stack(stack.node.scope!, 'Other', { env });
    platform(stack, { edge: Edge.cloudFront({ firewall: Firewall.managed({ allowList: [`${new CfnEIP(other, 'Address').ref}/32`] }) }) });
    const edge = stack.node.root.node.findChild('Stack-edge') as Stack;
    expect(JSON.stringify(propertiesOf(Template.fromStack(edge), 'AWS::WAFv2::IPSet').Addresses)).toMatch(/Fn::ImportValue|Fn::GetAtt|Fn::GetStackOutput/);
  });
});

test('in us-east-1 the platform\'s own parameters are well', () => {
  const stack = eastStack();
  const given = text(stack);
  platform(stack, { edge: Edge.cloudFront({ firewall: Firewall.managed({ allowList: [given] }) }), owner: Owner.team({ name: given, contact: 'x' }) });
  expect(propertiesOf(Template.fromStack(stack), 'AWS::WAFv2::IPSet').Addresses).toEqual([{ Ref: 'Given' }]);
});
