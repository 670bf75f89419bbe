import { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Compute, FargateDeployment, ICompute, InstanceCode } from '../../src';
import { FUNCTION_CODE, IMAGE, once, platformTemplate } from '../support/platform';
import { Resource, resources } from '../support/template';

type Choose = (stack: Stack) => ICompute;

const instances: Choose = stack => Compute.instances({ code: InstanceCode.fromBucket(Bucket.fromBucketName(stack, 'Releases', 'releases'), 'shop-1.zip') });
const COMPUTES: { [name: string]: Choose } = {
  'containers': () => Compute.fargate({ image: IMAGE }),
  'containers, blue/green': () => Compute.fargate({ image: IMAGE, deployment: FargateDeployment.blueGreen() }),
  instances,
  'a function': () => Compute.function({ code: FUNCTION_CODE }),
};
const templates = Object.fromEntries(Object.entries(COMPUTES)
  .map(([name, choose]) => [name, once(() => platformTemplate(stack => ({ compute: choose(stack) })))]));

const rulesOf = (name: string) => resources(templates[name](), 'AWS::ElasticLoadBalancingV2::ListenerRule');
const unitsOf = (name: string) => resources(templates[name]())
  .filter(({ Type }) => ['AWS::ECS::Service', 'AWS::AutoScaling::AutoScalingGroup', 'Custom::FunctionTarget'].includes(Type)).map(({ id }) => id);
const productionOf = (name: string) => rulesOf(name).find(({ Properties }) => JSON.stringify(Properties.Conditions).includes('path-pattern'))!;
const priorityOf = ({ Properties }: Resource) => Properties.Priority as number;

const PAIRS = Object.keys(COMPUTES).flatMap(before => Object.keys(COMPUTES).filter(after => after !== before).map(after => [before, after]));

describe.each(PAIRS)('a change from %s to %s', (before, after) => {
  const made = () => rulesOf(after).filter(({ id }) => !rulesOf(before).some(known => known.id === id));

  test('makes no rule of a precedence that a rule still has, which the listener would refuse', () => {
    const taken = rulesOf(before).map(priorityOf);
    expect(rulesOf(after).length).toBeGreaterThan(0);
    expect(made().filter(rule => taken.includes(priorityOf(rule)))).toEqual([]);
  });

  test('leads nobody to units that are not there yet: its rule comes after them, or behind the one that is still there', () => {
    const rule = productionOf(after);
    const isSame = rule.id === productionOf(before).id;
    const comesAfter = unitsOf(after).every(id => ((rule.DependsOn ?? []) as string[]).includes(id));
    expect(isSame || comesAfter || priorityOf(rule) > priorityOf(productionOf(before))).toBe(true);
  });
});

test.each([['rolling', FargateDeployment.rolling()], ['blue/green', FargateDeployment.blueGreen()]])(
  'another port of a container keeps the groups that requests are led to: %s', (_, deployment) => {
    const groups = (port: number) => resources(platformTemplate({ compute: Compute.fargate({ image: IMAGE, port, deployment }) }), 'AWS::ElasticLoadBalancingV2::TargetGroup');
    expect(groups(8080).length).toBeGreaterThan(0);
    expect(groups(9090)).toEqual(groups(8080));
  });

describe.each(['containers', 'instances', 'a function'])('units of %s', name => {
  test('are known to the balancer before requests are led to them, by a rule that no request meets', () => {
    const attachment = rulesOf(name).find(rule => rule.id !== productionOf(name).id)!;
    expect(attachment.Properties.Conditions).toEqual([{ Field: 'host-header', HostHeaderConfig: { Values: ['units.invalid'] } }]);
    expect(attachment.Properties.Actions).toEqual(productionOf(name).Properties.Actions);
    const [units] = unitsOf(name);
    expect((templates[name]().toJSON().Resources[units].DependsOn as string[])).toContain(attachment.id);
    expect(productionOf(name).DependsOn).toEqual([units]);
  });
});
