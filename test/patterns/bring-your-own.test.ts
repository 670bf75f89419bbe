import { Template } from 'aws-cdk-lib/assertions';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { Connections, Port, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationListenerRule, ApplicationProtocol, ApplicationTargetGroup, ListenerCondition, TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { MetricStatistic } from 'cdk-monitoring-constructs';
import { Construct, IConstruct } from 'constructs';
import {
  BindContext, BlockDescription, ComputeContext, Edge, IAttachable, ICompute, IDatabase, IFirewall, IMedia, IMediaLibrary, INetwork, INotifications,
  ISessions, IWebWorkload, IWorkload, SecretReference, Tier, WebEntry,
} from '../../src';
import { closedSecurityGroup } from '../../src/core/private/resources/closed-security-group';
import { filled } from '../support/filled';
import { addPlatform, EAST, eastStack, once } from '../support/platform';
import { saidBy } from '../support/said-by';
import { securityGroupRules } from '../support/security-groups';
import { alarmsForPeople, only, propertiesOf } from '../support/template';

const ACL = `arn:aws:wafv2:us-east-1:${EAST.account}:global/webacl/own/1`;
const described = (construct: IConstruct, title: string, tier: Tier, more: Partial<BlockDescription> = {}): BlockDescription =>
  ({ id: construct.node.path, construct, title, purpose: 'A choice of a user\'s own', tier, ...more });

/** A server that somebody else runs, reached on a port. */
class OwnService extends Construct implements IAttachable {
  public readonly secrets: { [name: string]: SecretReference };
  private readonly group;

  constructor(
    scope: Construct, readonly title: string, readonly port: number, readonly environment: { [name: string]: string }, context: BindContext,
  ) {
    super(scope, 'Own');
    this.group = closedSecurityGroup(this, context.vpc, title);
    this.secrets = { [`${title.toUpperCase()}_KEY`]: { secret: new Secret(this, 'Key', { encryptionKey: context.encryptionKey }) } };
  }

  public attachTo(workload: IWorkload): void {
    workload.connections.allowTo(this.group, Port.tcp(this.port));
  }

  public monitorWith(): void {}

  public describe(): BlockDescription {
    return described(this, this.title, Tier.DATA, { port: this.port });
  }
}

/** Targets that are registered by address, from outside of CloudFormation. */
class OwnWorkload extends Construct implements IWebWorkload {
  public readonly connections: Connections;
  public readonly grantPrincipal: IPrincipal;

  constructor(scope: Construct, readonly context: ComputeContext) {
    super(scope, 'Own');
    this.connections = new Connections({ securityGroups: [closedSecurityGroup(this, context.vpc, 'Servers')] });
    this.grantPrincipal = new Role(this, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
    context.attachments.forEach(each => each.attachTo(this));
  }

  public registerWith({ listener, priority, pathPatterns = ['/*'] }: WebEntry): void {
    const targetGroup = new ApplicationTargetGroup(this, 'Targets', {
      vpc: this.context.vpc, targetType: TargetType.INSTANCE, protocol: ApplicationProtocol.HTTP, port: 81,
    });
    new ApplicationListenerRule(this, 'Rule', { listener, priority, conditions: [ListenerCondition.pathPatterns(pathPatterns)], targetGroups: [targetGroup] });
    listener.connections.allowTo(this, Port.tcp(81));
  }

  public monitorWith(): void {}

  public describe(): BlockDescription {
    return described(this, `Servers, ${this.context.capacity.minUnits} to ${this.context.capacity.maxUnits}`, Tier.COMPUTE);
  }
}

const compute: ICompute = { unit: { requestsPerSecond: 25, connections: 10 }, bind: (scope, context) => new OwnWorkload(scope, context) };
const database: IDatabase = { bind: (scope, context) => new OwnService(scope, 'Oracle', 1521, { ORACLE_HOST: 'oracle.internal' }, context) };
const sessions: ISessions = { bind: (scope, context) => new OwnService(scope, 'Memcached', 11211, { MEMCACHED_HOST: 'cache.internal' }, context) };
const media: IMedia = {
  bind: (scope): IMediaLibrary => ({
    environment: { MEDIA_BASE_URL: '/pictures' },
    secrets: {},
    pathPattern: '/pictures/*',
    origin: new HttpOrigin('pictures.example.com'),
    attachTo: () => {},
    monitorWith: () => {},
    describe: () => described(scope, 'Pictures', Tier.DATA),
  }),
};
const network: INetwork = {
  bind: scope => ({
    vpc: new Vpc(scope, 'Own', { maxAzs: 2, natGateways: 1 }),
    workloadSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
    dataSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
    monitorWith: () => {},
    describe: () => described(scope, 'Own network', Tier.NETWORK),
  }),
};
const firewall: IFirewall = {
  bind: scope => ({ webAclArn: ACL, monitorWith: () => {}, alarmWith: () => {}, describe: () => described(scope, 'Own firewall', Tier.EDGE) }),
};
const notifications: INotifications = {
  bind: (scope, { encryptionKey }) => {
    const topics = [new Topic(scope, 'Own', { masterKey: encryptionKey, displayName: 'Own' })];
    return { topics, topicsFor: () => topics };
  },
};

function platformWith(own: Parameters<typeof addPlatform>[1]) {
  const stack = eastStack();
  const platform = addPlatform(stack, own);
  return { platform, template: Template.fromStack(stack) };
}

const everything = once(() => platformWith({ compute, database, sessions, media, network, edge: Edge.cloudFront({ firewall }), notifications }));

describe('a choice of one\'s own', () => {
  test('of compute receives every service, the load balancer\'s listener and its capacity', () => {
    const { template, platform } = platformWith({ compute });
    template.resourceCountIs('AWS::ECS::Service', 0);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { TargetType: 'instance', Port: 81 });
    expect(securityGroupRules(template)).toEqual(expect.arrayContaining([
      'Aurora MySQL in from Servers, tcp 13306', 'Sessions in from Servers, tcp 6379-6380', 'Servers in from Load balancer, tcp 81',
    ]));
    expect(platform.blocks.map(block => block.describe().title)).toContain('Servers, 2 to 30');
  });

  test.each([
    ['database', { database }, 'AWS::RDS::DBCluster', 'Oracle', 1521],
    ['session store', { sessions }, 'AWS::ElastiCache::ServerlessCache', 'Memcached', 11211],
  ])('of %s is reached by the application, which gets its address and its secret', (_, own, type, title, port) => {
    const { template } = platformWith(own);
    template.resourceCountIs(type, 0);
    expect(securityGroupRules(template)).toContain(`${title} in from Application, tcp ${port}`);
    const container = JSON.stringify(propertiesOf(template, 'AWS::ECS::TaskDefinition').ContainerDefinitions);
    [`${title.toUpperCase()}_HOST`, `${title.toUpperCase()}_KEY`].forEach(name => expect(container).toContain(`"Name":"${name}"`));
  });

  test('of media is served on its path', () => {
    const { template } = platformWith({ media });
    template.resourceCountIs('AWS::CloudFront::OriginAccessControl', 0);
    expect(propertiesOf(template, 'AWS::CloudFront::Distribution').DistributionConfig).toMatchObject({ CacheBehaviors: [{ PathPattern: '/pictures/*' }, { PathPattern: '/static/*' }] });
    expect(JSON.stringify(propertiesOf(template, 'AWS::ECS::TaskDefinition').ContainerDefinitions)).toContain('"Value":"/pictures"');
  });

  test('of network is used by every block', () => {
    const { template, platform } = platformWith({ network });
    const { id } = only(template, 'AWS::EC2::VPC');
    expect(id).toContain('ShopNetworkOwn');
    expect(platform.vpc.node.path).toBe('Stack/Shop/Network/Own');
    template.allResourcesProperties('AWS::EC2::SecurityGroup', { VpcId: { Ref: id } });
  });

  test('of firewall stands before the distribution', () => {
    const { template } = platformWith({ edge: Edge.cloudFront({ firewall }) });
    expect(propertiesOf(template, 'AWS::CloudFront::Distribution').DistributionConfig).toMatchObject({ WebACLId: ACL });
    template.resourceCountIs('AWS::WAFv2::WebACL', 0);
  });

  test('of notifications receives every alarm', () => {
    const { template } = platformWith({ notifications });
    const topic = only(template, 'AWS::SNS::Topic');
    expect(topic.Properties.DisplayName).toBe('Own');
    filled(alarmsForPeople(template)).forEach(({ Properties }) => expect(Properties.AlarmActions).toEqual([{ Ref: topic.id }]));
  });

  test('may be made everywhere at once', () => {
    const { template, platform } = everything();
    expect(securityGroupRules(template)).toEqual([
      'Load balancer in from pl-3b927c52, tcp 80-443',
      'Load balancer out to Servers, tcp 81',
      'Memcached in from Servers, tcp 11211',
      'Oracle in from Servers, tcp 1521',
      'Servers in from Load balancer, tcp 81',
      'Servers out to Memcached, tcp 11211',
      'Servers out to Oracle, tcp 1521',
    ]);
    expect(platform.blocks.map(block => block.describe().title)).toEqual([
      'Content delivery', 'Own firewall', 'Load balancer', 'Servers, 2 to 30', 'Memcached', 'Oracle', 'Pictures', 'Own network', 'Boards and alarms',
    ]);
  });

  test('is talked to by the id that it gives itself: by the edge, and where it has a port by what attaches to it', () => {
    const stack = eastStack();
    const firewallOf: IFirewall = { bind: (scope, context) => ({ ...firewall.bind(scope, context), describe: () => described(scope, 'Own', Tier.EDGE, { id: 'wall' }) }) };
    const silent: ISessions = { bind: (scope, context) => Object.assign(sessions.bind(scope, context)!, { describe: () => described(scope, 'Silent', Tier.DATA) }) };
    const oracle: IDatabase = {
      bind: (scope, context) => Object.assign(database.bind(scope, context), { describe: () => described(scope, 'Oracle', Tier.DATA, { id: 'oracle', port: 1521 }) }),
    };
    const { blocks } = addPlatform(stack, { database: oracle, sessions: silent, media, edge: Edge.cloudFront({ firewall: firewallOf }) });
    const [edge, , , application] = blocks.map(saidBy);
    expect(edge.talksTo).toEqual([
      { to: 'wall', why: 'Has each request judged before it is answered' },
      { to: 'Stack/Shop/Media', port: 443, why: 'Asks for what it does not keep of /pictures/*' },
      { to: 'Shop/LoadBalancer', port: 80, why: 'Asks for what it does not keep of *' },
    ]);
    expect(application.talksTo).toEqual([{ to: 'oracle', port: 1521, why: 'A choice of a user\'s own' }]);
  });
});

test('an alarm of one\'s own joins the others', () => {
  const stack = eastStack();
  const { monitoring } = addPlatform(stack);
  const metric = monitoring.createMetricFactory().createMetric('Orders', MetricStatistic.SUM, undefined, undefined, undefined, 'Shop');
  const addAlarm = { Warning: { threshold: 1, comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD } };
  monitoring.monitorCustom({
    alarmFriendlyName: 'Orders',
    metricGroups: [{ title: 'Orders', metrics: [{ metric, alarmFriendlyName: 'Few', addAlarm }] }],
  });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: 'Stack-Shop-Orders-Few-Warning', AlarmActions: [{ Ref: only(template, 'AWS::SNS::Topic').id }],
  });
});
