import { Template } from 'aws-cdk-lib/assertions';
import { Connections } from 'aws-cdk-lib/aws-ec2';
import { ApplicationListenerRule, ApplicationTargetGroup, ListenerCondition, TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { LambdaTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { IPrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { BlockDescription, Compute, ComputeContext, ICompute, InstanceCode, IWebWorkload, Tier, WebEntry } from '../../src';
import { closedSecurityGroup } from '../../src/core/private/resources/closed-security-group';
import { addPlatform, eastStack, IMAGE } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { only, productionRule, resources } from '../support/template';
import { fargate } from '../support/workloads';

type CreateGroup = (scope: Construct, fn: LambdaFunction, context: ComputeContext) => ApplicationTargetGroup;

/** A workload of a user's own behind the balancer: its target group is all that its kinds differ by. */
class OwnWorkload extends Construct implements IWebWorkload {
  public readonly connections: Connections;
  public readonly grantPrincipal: IPrincipal;
  public targetGroups?: ApplicationTargetGroup[];
  private readonly fn: LambdaFunction;

  constructor(scope: Construct, private readonly createGroup: CreateGroup, private readonly context: ComputeContext) {
    super(scope, 'Own');
    const group = closedSecurityGroup(this, context.vpc, 'Own');
    this.fn = new LambdaFunction(this, 'Function', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
      vpc: context.vpc,
      vpcSubnets: context.subnets,
      securityGroups: [group],
    });
    this.connections = new Connections({ securityGroups: [group] });
    this.grantPrincipal = this.fn.grantPrincipal;
  }

  public registerWith({ listener, priority, pathPatterns = ['/*'] }: WebEntry): void {
    this.targetGroups = [this.createGroup(this, this.fn, this.context)];
    new ApplicationListenerRule(this, 'Rule', { listener, priority, conditions: [ListenerCondition.pathPatterns(pathPatterns)], targetGroups: this.targetGroups });
  }

  public monitorWith(): void {}

  public describe(): BlockDescription {
    return { id: 'own', construct: this, title: 'Own', purpose: 'A choice of a user\'s own', tier: Tier.COMPUTE };
  }
}

const own = (createGroup: CreateGroup): ICompute =>
  ({ unit: { requestsPerSecond: 25, connections: 10 }, bind: (scope, context) => new OwnWorkload(scope, createGroup, context) });

/** The kinds of targets that a load balancer has, and one of a workload of each. */
const KINDS: [string, string | undefined, number, (stack: ReturnType<typeof eastStack>) => ICompute][] = [
  ['containers, by address', 'ip', 11, () => Compute.fargate({ image: IMAGE })],
  ['instances', 'instance', 12, stack => Compute.instances({ code: InstanceCode.fromBucket(Bucket.fromBucketName(stack, 'Releases', 'releases'), 'a.zip') })],
  ['a function', 'lambda', 10, () => own((scope, fn) => new ApplicationTargetGroup(scope, 'Targets', { targetType: TargetType.LAMBDA, targets: [new LambdaTarget(fn)] }))],
  ['pods, which Kubernetes registers by a TargetGroupBinding', 'ip', 10, () => own((scope, _fn, { vpc }) => new ApplicationTargetGroup(scope, 'Targets', { vpc, port: 8080, targetType: TargetType.IP }))],
];

test.each(KINDS)('%s stand behind an entry: one group, and one rule in the workload\'s scope leads there', (_, type, priority, choose) => {
  const stack = eastStack();
  addPlatform(stack, { compute: choose(stack) });
  const template = Template.fromStack(stack);
  const group = only(template, 'AWS::ElasticLoadBalancingV2::TargetGroup');
  const rule = productionRule(template);
  expect(group.Properties.TargetType).toBe(type);
  expect(rule.id).toMatch(/^ShopCompute/);
  expect(JSON.stringify(rule.Properties.Actions)).toContain(`{"Ref":"${group.id}"}`);
  expect(rule.Properties.Priority).toBe(priority);
});

test('only the balancer reaches a unit, on the port that it answers on', () => {
  const { template } = fargate();
  const ingress = resources(template, 'AWS::EC2::SecurityGroupIngress').filter(({ Properties }) => Properties.FromPort === 8080);
  expect(ingress).toHaveLength(1);
  expect(JSON.stringify(ingress[0].Properties.SourceSecurityGroupId)).toContain('BalancerSecurityGroup');
});

const entered = (entry: Partial<WebEntry>) => () => fargate({ entry });

testRefusals([
  ['a priority of 0', entered({ priority: 0 }),
    '[Stack/Slot/Fargate] \'priority\' must be a whole number from 1 to 49990, got 0: give each entry of a listener 10 of its own'],
  ['a priority above the highest', entered({ priority: 50_001 }),
    '[Stack/Slot/Fargate] \'priority\' must be a whole number from 1 to 49990, got 50001: give each entry of a listener 10 of its own'],
  ['no path', entered({ pathPatterns: [] }),
    '[Stack/Slot/Fargate] \'pathPatterns\' must be 1 to 5, got 0: leave it out for every path, or put what belongs together below one path, such as \'/api/*\''],
  ['six paths', entered({ pathPatterns: ['/1', '/2', '/3', '/4', '/5', '/6'] }),
    '[Stack/Slot/Fargate] \'pathPatterns\' must be 1 to 5, got 6: leave it out for every path, or put what belongs together below one path, such as \'/api/*\''],
]);
