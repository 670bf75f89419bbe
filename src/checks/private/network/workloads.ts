import { Group, SecurityGroups } from './security-groups';
import { Assembly, Resource } from '../../../template/private/assembly';
import { mentionsIn } from '../../../template/private/mentions';
import { Resolver, Value } from '../../../template/private/resolver';

/** These name security groups without sending traffic from them. */
const NOT_A_CLIENT = [
  /^AWS::EC2::SecurityGroup/, /^AWS::SSM::Parameter$/, /^AWS::CloudFormation::/, /^Custom::/,
  /^AWS::SecretsManager::Secret$/, /^AWS::CloudWatch::/,
];

/** These hold the groups of what uses them. */
const HOLDERS = ['AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration', 'AWS::AppRunner::VpcConnector', 'AWS::ApiGatewayV2::VpcLink'];

/** Properties that name the subnets of a workload. */
const SUBNET_PATHS = [
  'SubnetId', 'SubnetIds', 'Subnets', 'SubnetMappings.SubnetId', 'VPCZoneIdentifier', 'NetworkInterfaces.SubnetId',
  'NetworkConfiguration.AwsvpcConfiguration.Subnets', 'VpcConfig.SubnetIds', 'VpcConfig.Subnets', 'VPCConfig.SubnetIds',
  'ComputeResources.Subnets', 'ResourcesVpcConfig.SubnetIds',
  'Target.EcsParameters.NetworkConfiguration.AwsvpcConfiguration.Subnets', 'Targets.EcsParameters.NetworkConfiguration.AwsVpcConfiguration.Subnets',
];

/** Properties that give a workload a public address. */
const PUBLIC_ADDRESS_PATHS = [
  'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp', 'Target.EcsParameters.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp',
  'Targets.EcsParameters.NetworkConfiguration.AwsVpcConfiguration.AssignPublicIp', 'NetworkInterfaces.AssociatePublicIpAddress',
  'LaunchTemplateData.NetworkInterfaces.AssociatePublicIpAddress', 'AssociatePublicIpAddress', 'PubliclyAccessible',
];

/** Who sits behind each security group: whatever mentions it, of whatever type. */
export class Workloads {
  private readonly byGroup = new Map<string, Map<string, Resource>>();
  private readonly byResource = new Map<string, Map<string, Group>>();
  private readonly usersOf = new Map<string, Resource[]>();
  private readonly heldBy = new Map<string, Resource[]>();

  constructor(private readonly assembly: Assembly, private readonly resolver: Resolver, private readonly groups: SecurityGroups) {
    const clients = assembly.resources.filter(resource => !NOT_A_CLIENT.some(type => type.test(resource.type)));
    const mentions = clients.map(resource => ({ resource, values: mentionsIn(resource.properties, resource, resolver) }));
    for (const { resource, values } of mentions) {
      for (const value of values) {
        if (value.kind === 'resource' && HOLDERS.includes(value.resource.type)) { this.addUser(value.resource, resource); }
      }
    }
    for (const { resource, values } of mentions) {
      values.filter(isGroup).forEach(value => this.addMember(this.groups.groupOf(value), resource));
    }
  }

  /** Clients in a group. */
  public membersOf(group: Group): Resource[] {
    return [...this.byGroup.get(group.key)?.values() ?? []];
  }

  public groupsOf(workload: Resource): Group[] {
    return [...this.byResource.get(workload.key)?.values() ?? []];
  }

  /** Clients in any group. */
  public get all(): Resource[] {
    return [...new Map([...this.byGroup.values()].flatMap(members => [...members])).values()];
  }

  public subnetsOf(workload: Resource): Value[] {
    return this.resolver.at(workload, ...SUBNET_PATHS);
  }

  /** Whether the workload has a public IPv4 address: by its own flag, its launch template's, its subnet's or an elastic IP. */
  public hasPublicAddress(workload: Resource): boolean {
    const flags = [workload, ...this.heldBy.get(workload.key) ?? []]
      .flatMap(each => PUBLIC_ADDRESS_PATHS.map(path => this.resolver.possible(each, path)));
    if (flags.flat().some(value => value !== undefined && (value.kind !== 'literal' || /^(true|ENABLED)$/i.test(value.text)))) { return true; }
    // What a flag refuses in every case, no subnet gives.
    if (flags.some(values => !values.includes(undefined))) { return false; }
    if (workload.type === 'AWS::EC2::NetworkInterface') { return this.hasElasticAddress(workload); }
    if (!/^AWS::(EC2::Instance|AutoScaling::AutoScalingGroup)$/.test(workload.type)) { return false; }
    const bySubnet = this.subnetsOf(workload).some(subnet => subnet.kind === 'resource'
      && this.resolver.mayBe(subnet.resource, 'MapPublicIpOnLaunch', ['true'], 'false'));
    return bySubnet || this.hasElasticAddress(workload);
  }

  private hasElasticAddress(workload: Resource): boolean {
    return this.assembly.ofType('AWS::EC2::EIPAssociation', 'AWS::EC2::EIP').some(address => ['InstanceId', 'NetworkInterfaceId'].some(path =>
      this.resolver.resources(address, path, workload.type).some(holder => holder.key === workload.key)));
  }

  private addUser(holder: Resource, user: Resource): void {
    this.usersOf.set(holder.key, [...this.usersOf.get(holder.key) ?? [], user]);
    this.heldBy.set(user.key, [...this.heldBy.get(user.key) ?? [], holder]);
  }

  private addMember(group: Group, resource: Resource): void {
    for (const member of this.usersOf.get(resource.key) ?? [resource]) {
      this.byGroup.set(group.key, (this.byGroup.get(group.key) ?? new Map()).set(member.key, member));
      this.byResource.set(member.key, (this.byResource.get(member.key) ?? new Map()).set(group.key, group));
    }
  }
}

function isGroup(value: Value): boolean {
  if (value.kind === 'literal') { return value.text.startsWith('sg-'); }
  return value.kind === 'resource' && (value.resource.type === 'AWS::EC2::SecurityGroup' || value.attribute === 'DefaultSecurityGroup');
}
