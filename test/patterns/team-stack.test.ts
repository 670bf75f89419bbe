import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Compute, Database, FargateDeployment, ElasticWebPlatform, ICompute, InstanceCode, Media, PasswordRotation } from '../../src';
import { boardOf } from '../support/boards';
import { EAST, FUNCTION_CODE, IMAGE, once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { productionRule, resources, text } from '../support/template';

const fargate = Compute.fargate({ image: IMAGE });
const code = (stack: Stack) => InstanceCode.fromBucket(Bucket.fromBucketName(stack, 'Releases', 'releases'), 'shop.zip');

/** A platform in one stack, and its application in another. */
function twoStacks(choose: (team: Stack) => ICompute, props: Partial<ConstructorParameters<typeof ElasticWebPlatform>[2]> = {}, env = EAST) {
  const app = new App();
  const [home, team] = ['Platform', 'Team'].map(id => new Stack(app, id, { env }));
  const platform = new ElasticWebPlatform(home, 'Shop', { ...props, compute: Compute.inStack(team, choose(team)) });
  return { app, home, team, platform };
}

type TwoStacks = ReturnType<typeof twoStacks>;

const CHOICES: [string, () => TwoStacks][] = [
  ['a rolling deployment', () => twoStacks(() => fargate)],
  ['a blue/green deployment', () => twoStacks(() => Compute.fargate({ image: IMAGE, deployment: FargateDeployment.blueGreen() }))],
  ['instances', () => twoStacks(team => Compute.instances({ code: code(team) }))],
  ['a function', () => twoStacks(() => Compute.function({ code: FUNCTION_CODE }))],
  ['another Region', () => twoStacks(() => fargate, {}, { ...EAST, region: 'sa-east-1' })],
  ['a password that changes, and a file system', () => twoStacks(() => fargate, {
    database: Database.auroraMysql({ rotation: PasswordRotation.managed() }), media: Media.fileSystem(),
  })],
  ['a proxy and media that it writes', () => twoStacks(() => fargate, { database: Database.rdsMysql({ proxy: true }), media: Media.bucket({ writable: true }) })],
];

describe.each(CHOICES)('an application in a stack of its own: %s', (_, make) => {
  const made = once(() => {
    const { app, home, team } = make();
    const { stacks } = app.synth();
    return {
      dependencies: Object.fromEntries(stacks.map(stack => [stack.id, stack.dependencies.map(({ id }) => id)])),
      home: Template.fromStack(home),
      team: Template.fromStack(team),
    };
  });

  test('is deployed after the platform, which does not know it', () => {
    expect(made().dependencies.Team).toContain('Platform');
    expect(Object.keys(made().dependencies)).toContain('Platform');
    expect(Object.entries(made().dependencies).filter(([stack, after]) => stack !== 'Team' && after.includes('Team'))).toEqual([]);
    expect(JSON.stringify(made().home.toJSON())).not.toContain('Fn::ImportValue');
  });

  test('has its rule, its alarms and its board with it', () => {
    expect(productionRule(made().team).id).toMatch(/Production/);
    made().team.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
    const alarms = (template: Template) => resources(template, 'AWS::CloudWatch::Alarm').map(({ Properties }) => String(Properties.AlarmName));
    expect(alarms(made().team).filter(name => /-Application-Failed-Answers-Critical$/.test(name))).toHaveLength(1);
    expect(alarms(made().home).filter(name => name.includes('-Application-'))).toEqual([]);
    expect(alarms(made().home).filter(name => name.includes('-Load-Balancer-'))).not.toEqual([]);
  });
});

describe('the platform of such an application', () => {
  test('names what its customers notice on the operations board', () => {
    const { home, team } = twoStacks(() => fargate);
    const alarm = 'Platform-Shop-Customers-Failing';
    expect(boardOf(Template.fromStack(home), 'Operations')).toContain(alarm);
    Template.fromStack(team).hasResourceProperties('AWS::CloudWatch::CompositeAlarm', { AlarmName: alarm });
  });

  test('leaves the release of it to its team, and no more', () => {
    const { team, platform } = twoStacks(() => fargate);
    const pipeline = new Role(team, 'Pipeline', { assumedBy: new ServicePrincipal('codebuild.amazonaws.com') });
    platform.workload.release!.grantRelease(pipeline);
    const [policy] = resources(Template.fromStack(team), 'AWS::IAM::Policy').filter(({ id }) => id.startsWith('Pipeline'));
    const { Statement } = policy.Properties.PolicyDocument as { Statement: { Action: string | string[]; Resource: unknown; Condition?: unknown }[] };
    expect(Statement.map(({ Action }) => [Action].flat().join(' '))).toEqual([
      'ecs:UpdateService',
      'ecs:StopServiceDeployment',
      'iam:PassRole',
      'ecs:RegisterTaskDefinition',
      'ecs:DescribeTaskDefinition',
      'ecs:DescribeServices ecs:ListServiceDeployments ecs:DescribeServiceDeployments ecs:DescribeServiceRevisions',
    ]);
    const [update, stop, pass] = Statement;
    expect(text(update.Resource)).toMatch(/^\$\{ShopComputeFargateService\w+\}$/);
    expect([stop.Resource].flat().map(text)).toEqual([
      expect.stringMatching(/^\$\{ShopComputeFargateService\w+\}$/),
      expect.stringMatching(/^arn:aws:ecs:us-east-1:111111111111:service-deployment\/\$\{ShopComputeFargateCluster\w+\}\/\$\{ShopComputeFargateService\w+\.Name\}\/\*$/),
    ]);
    expect([pass.Resource].flat().map(text)).toEqual([expect.stringContaining('TaskRole'), expect.stringContaining('ExecutionRole')]);
    expect(pass.Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } });
  });

  test('may be looked at by somebody who can change nothing', () => {
    const { team, platform } = twoStacks(() => fargate);
    const viewer = new Role(team, 'Viewer', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
    platform.workload.release!.grantView(viewer);
    const [policy] = resources(Template.fromStack(team), 'AWS::IAM::Policy').filter(({ id }) => id.startsWith('Viewer'));
    const { Statement } = policy.Properties.PolicyDocument as { Statement: { Action: string | string[] }[] };
    const actions = Statement.flatMap(({ Action }) => Action);
    expect(actions).toContain('logs:FilterLogEvents');
    expect(actions.filter(action => !/^(ecs|logs):(Describe|List|Get|Filter|StartQuery|StopQuery)/.test(action))).toEqual([]);
  });
});

test('instances are released by an archive at the same key, and a refresh', () => {
  const { team, platform } = twoStacks(stack => Compute.instances({ code: code(stack) }));
  platform.workload.release!.grantRelease(new Role(team, 'Pipeline', { assumedBy: new ServicePrincipal('codebuild.amazonaws.com') }));
  const [policy] = resources(Template.fromStack(team), 'AWS::IAM::Policy').filter(({ id }) => id.startsWith('Pipeline'));
  const { Statement } = policy.Properties.PolicyDocument as { Statement: { Action: string | string[]; Resource: unknown }[] };
  expect(Statement.map(({ Action, Resource }) => [[Action].flat().join(' '), text(Resource)])).toEqual([
    ['autoscaling:StartInstanceRefresh autoscaling:CancelInstanceRefresh autoscaling:RollbackInstanceRefresh',
      'arn:aws:autoscaling:us-east-1:111111111111:autoScalingGroup:*:autoScalingGroupName/Team-Shop-Compute-Instances'],
    ['autoscaling:DescribeAutoScalingGroups autoscaling:DescribeInstanceRefreshes autoscaling:DescribeScalingActivities', '*'],
    ['s3:PutObject', 'arn:aws:s3:::releases/shop.zip'],
  ]);
});

/** A platform, and a stack for its application that is not one. */
function refused(team: (app: App, home: Stack) => Stack, props: StackProps = { env: EAST }) {
  const app = new App();
  const home = new Stack(app, 'Platform', props);
  return () => new ElasticWebPlatform(home, 'Shop', { compute: Compute.inStack(team(app, home), fargate) });
}

testRefusals([
  ['a stack of another Region', refused(app => new Stack(app, 'Team', { env: { ...EAST, region: 'eu-west-1' } })),
    '[Platform/Shop/Compute] \'stack\' must have the platform\'s account and Region, 111111111111/us-east-1, got 111111111111/eu-west-1: give both stacks the same \'env\''],
  ['a stack of another app', refused(() => new Stack(new App(), 'Team', { env: EAST })),
    '[Platform/Shop/Compute] \'stack\' must be in the app of the platform, got Team of another app: make both in one'],
]);
