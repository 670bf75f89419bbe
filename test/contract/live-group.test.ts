import { Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Compute, Domain, FargateDeployment } from '../../src';
import { IMAGE, once, platformTemplate } from '../support/platform';
import { only, productionRule, Resource, resources } from '../support/template';

const CERTIFICATE = 'arn:aws:acm:us-east-1:111111111111:certificate/1';
const DEPLOYMENTS = { 'rolling': FargateDeployment.rolling(), 'blue/green': FargateDeployment.blueGreen(), 'canary': FargateDeployment.canary() };
type Deployment = keyof typeof DEPLOYMENTS;

function synthesize(deployment: Deployment, domain: boolean): Template {
  return platformTemplate(stack => ({
    compute: Compute.fargate({ image: IMAGE, deployment: DEPLOYMENTS[deployment] }),
    ...domain ? { domain: Domain.elsewhere('shop.example.com', Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE)) } : {},
  }));
}

const made = Object.fromEntries((Object.keys(DEPLOYMENTS) as Deployment[]).flatMap(deployment => [false, true].map(domain =>
  [nameOf(deployment, domain), once(() => synthesize(deployment, domain))])));

function nameOf(deployment: Deployment, domain: boolean): string {
  return `${deployment}, ${domain ? 'a' : 'no'} domain`;
}

const GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const idsOf = (template: Template, type: string) => resources(template, type).map(({ id }) => id);
const withoutAttachment = (name: string) => productionRule(made[name]());
const serviceOf = (name: string) => only(made[name](), 'AWS::ECS::Service');
const dependsOn = ({ DependsOn = [] }: Resource) => DependsOn as string[];

/** What ECS shifts by a rule is known to it alone: CloudFormation knows the weights that were there at first. */
const CHANGES: [before: string, after: string][] = (['blue/green', 'canary'] as Deployment[]).flatMap((each): [string, string][] => [
  [nameOf(each, false), nameOf(each, true)],
  [nameOf(each, true), nameOf(each, false)],
  ...[false, true].flatMap((domain): [string, string][] => [
    [nameOf('rolling', domain), nameOf(each, domain)], [nameOf(each, domain), nameOf('rolling', domain)],
    [nameOf('rolling', !domain), nameOf(each, domain)], [nameOf(each, domain), nameOf('rolling', !domain)],
  ]),
]);

describe.each(CHANGES)('a change from %s to %s, whichever group has the requests', (before, after) => {
  test('touches no group that may have units, no rule that leads to them and no service of theirs, until it is over', () => {
    const kept = (type: string) => idsOf(made[before](), type).filter(id => idsOf(made[after](), type).includes(id));
    expect(idsOf(made[before](), GROUP).length).toBeGreaterThan(0);
    expect([GROUP, 'AWS::ECS::Service', 'AWS::ElasticLoadBalancingV2::ListenerRule'].map(kept)).toEqual([[], [], []]);
  });

  test('leads requests to the new units when they are there: CloudFront asks after them, or the rule before serves until it is deleted', () => {
    const [rule, service] = [withoutAttachment(after), serviceOf(after)];
    const distribution = only(made[after](), 'AWS::CloudFront::Distribution');
    expect(dependsOn(distribution)).toContain(rule.id);
    expect([...dependsOn(distribution), ...dependsOn(rule)]).toContain(service.id);
  });
});

test.each<[string, string]>([
  [nameOf('blue/green', false), nameOf('canary', false)], [nameOf('canary', true), nameOf('blue/green', true)],
])('a change from %s to %s is none of the rule, its groups or their service', (before, after) => {
  expect(withoutAttachment(after)).toEqual(withoutAttachment(before));
  expect(resources(made[after](), GROUP)).toEqual(resources(made[before](), GROUP));
  expect(serviceOf(after).id).toBe(serviceOf(before).id);
});

test('nothing else changes the rule that ECS shifts: a change of it would set the weights back', () => {
  const plain = made[nameOf('blue/green', false)]();
  const others = [
    { port: 9090 }, { healthCheckPath: '/health' }, { spotShare: 50 }, { size: { cpu: 4096 } }, { load: { requestsPerSecond: 100 } },
  ].map(props => platformTemplate({ compute: Compute.fargate({ image: IMAGE, deployment: FargateDeployment.blueGreen(), ...props }) }));
  expect(others.map(productionRule)).toEqual(others.map(() => productionRule(plain)));
  expect(productionRule(plain).Properties).toMatchObject({ Priority: 13, Conditions: [{ PathPatternConfig: { Values: ['/*'] } }] });
});

test.each(Object.keys(made))('the edge asks when rule and units are there: %s', name => {
  expect(dependsOn(only(made[name](), 'AWS::CloudFront::Distribution'))).toContain(withoutAttachment(name).id);
});
