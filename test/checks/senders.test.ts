import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Connections, ISecurityGroup, Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnCluster } from 'aws-cdk-lib/aws-eks';
import { IPrincipal, UnknownPrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { DatabaseInstance, DatabaseInstanceEngine } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { database, group, groupId, messages, MYSQL, network } from './tiny';
import { ElasticWebPlatform, IWorkload, Media } from '../../src';
import { Reachability } from '../../src/checks';
import { addPlatform, EAST, eastStack } from '../support/platform';

/** The rule and the source of each finding, over all stacks of an app. */
function findings(scope: Construct): string[] {
  return Reachability.analyze((scope.node.root as App).synth().stacks.map(each => each.templateFullPath))
    .map(({ ruleName, source }) => `${ruleName}: ${source}`);
}

function addFunction(scope: Construct, vpc: ElasticWebPlatform['vpc'], securityGroup?: ISecurityGroup): Function {
  return new Function(scope, 'Report', {
    code: Code.fromInline('def handler(event, context): pass'),
    handler: 'index.handler',
    runtime: Runtime.PYTHON_3_13,
    vpc,
    ...securityGroup === undefined ? {} : { securityGroups: [securityGroup] },
  });
}

describe('a function in the VPC', () => {
  const stores = ({ database: sql, sessions, media }: ElasticWebPlatform) => [sql, sessions!, media];

  test('that attaches to every store is declared, and nothing else is found', () => {
    const stack = eastStack();
    const platform = addPlatform(stack, { media: Media.fileSystem() });
    const report = addFunction(stack, platform.vpc);
    stores(platform).forEach(store => store.attachTo(report));
    expect(findings(stack)).toEqual([]);
  });

  test('is found at every store that it can reach without having attached', () => {
    const stack = eastStack();
    const platform = addPlatform(stack, { media: Media.fileSystem() });
    addFunction(stack, platform.vpc, platform.workload.connections.securityGroups[0]);
    expect(findings(stack)).toEqual(stores(platform).map(() => expect.stringMatching(
      /^reachability-undeclared-workload: AWS::Lambda::Function Report/)));
  });

  test('has an event source with a group of its own, which is found by the text of its URI', () => {
    const poller = (URI: unknown) => ({
      ...network(false),
      ...database({}, []),
      DatabaseGroup: group({ ...MYSQL, SourceSecurityGroupId: groupId('Pollers') }),
      Pollers: group(),
      Source: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { SourceAccessConfigurations: [{ Type: 'VPC_SECURITY_GROUP', URI }] } },
    });
    const found = 'reachability-undeclared-workload: AWS::Lambda::EventSourceMapping Source -> sg DatabaseGroup ingress tcp 3306 from sg Pollers -> AWS::RDS::DBInstance Database';
    expect(messages(poller({ 'Fn::Sub': 'security_group:${Pollers.GroupId}' }))).toEqual([found]);
    expect(messages(poller({ 'Fn::Sub': ['security_group:${Group}', { Group: groupId('Pollers') }] }))).toEqual([found]);
    expect(messages(poller({ 'Fn::Join': [':', ['security_group', groupId('Pollers')]] }))).toEqual([found]);
  });
});

/** Pods have a group and an identity, and nothing of CloudFormation's. */
class Pods extends Construct implements IWorkload {
  public readonly connections: Connections;
  public readonly grantPrincipal: IPrincipal = new UnknownPrincipal({ resource: this });

  constructor(scope: Construct, securityGroup: ISecurityGroup, public readonly networkSenders?: CfnResource[]) {
    super(scope, 'Pods');
    this.connections = new Connections({ securityGroups: [securityGroup] });
  }
}

/** A database in a VPC, and how a workload attaches to it. */
function ground() {
  const stack = eastStack();
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
  const sql = new DatabaseInstance(stack, 'Database', { vpc, engine: DatabaseInstanceEngine.MYSQL, publiclyAccessible: false });
  const toDatabase = (workload: IWorkload) => {
    workload.connections.allowTo(sql, Port.tcp(3306));
    Reachability.declare(sql.node.defaultChild as CfnResource, workload);
  };
  return { stack, vpc, toDatabase, allow: (from: ISecurityGroup) => sql.connections.allowFrom(from, Port.tcp(3306)) };
}

describe('pods', () => {
  test.each([
    ['that a template makes', (stack: Stack, vpc: Vpc) => new SecurityGroup(stack, 'Group', { vpc })],
    ['by its id', (stack: Stack) => SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0123')],
    ['of the cluster', (stack: Stack) => clusterGroup(stack)],
    ['of a cluster in another stack', (stack: Stack) => clusterGroup(new Stack(stack.node.root as App, 'Cluster', { env: EAST }))],
    ['of the VPC', (stack: Stack, vpc: Vpc) => SecurityGroup.fromSecurityGroupId(stack, 'Group', vpc.vpcDefaultSecurityGroup)],
  ])('are declared by a group %s, and found by it when they are not', (_, groupOf) => {
    const declared = ground();
    declared.toDatabase(new Pods(declared.stack, groupOf(declared.stack, declared.vpc), []));
    expect(findings(declared.stack)).toEqual([]);

    const undeclared = ground();
    const other = SecurityGroup.fromSecurityGroupId(undeclared.stack, 'Other', 'sg-9999');
    undeclared.toDatabase(new Pods(undeclared.stack, other, []));
    undeclared.allow(groupOf(undeclared.stack, undeclared.vpc));
    expect(findings(undeclared.stack)).toEqual([expect.stringMatching(/^reachability-undeclared-workload: sg /)]);
  });

  test('share their group with nothing that a template makes', () => {
    const { stack, vpc, toDatabase } = ground();
    const podGroup = new SecurityGroup(stack, 'Group', { vpc: vpc });
    const pods = new Pods(stack, podGroup, []);
    toDatabase(pods);
    addFunction(pods, vpc, podGroup);
    expect(findings(stack)).toEqual([expect.stringMatching(/^reachability-undeclared-workload: AWS::Lambda::Function PodsReport/)]);
  });
});

describe('a workload that names its senders', () => {
  const reportIn = (senders: (report: Function) => CfnResource[] | undefined) => {
    const { stack, vpc, toDatabase } = ground();
    const shared = new SecurityGroup(stack, 'Group', { vpc: vpc });
    const report = addFunction(new Construct(stack, 'Elsewhere'), vpc, shared);
    toDatabase(new Pods(stack, shared, senders(report)));
    return findings(stack);
  };

  test('is each of them, wherever it stands', () => {
    expect(reportIn(report => [report.node.defaultChild as CfnResource])).toEqual([]);
  });

  test('is none of the others in its group', () => {
    expect(reportIn(report => [report.role!.node.defaultChild as CfnResource])).toEqual([
      expect.stringMatching(/^reachability-undeclared-workload: AWS::Lambda::Function ElsewhereReport/),
    ]);
  });

  test('and one that names none and makes none is whatever is in its group', () => {
    expect(reportIn(() => undefined)).toEqual([]);
  });
});

function clusterGroup(stack: Stack): ISecurityGroup {
  const cluster = new CfnCluster(stack, 'Cluster', { roleArn: 'arn:aws:iam::111111111111:role/cluster', resourcesVpcConfig: { subnetIds: [] } });
  return SecurityGroup.fromSecurityGroupId(stack, 'Group', cluster.attrClusterSecurityGroupId);
}
