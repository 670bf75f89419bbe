/** A resource of a template that is about to be damaged. */
export interface Body {
  Type: string;
  Properties: { [name: string]: unknown };
}

export type Properties = { [name: string]: unknown };

/** A template to damage, by the parts that resources play: it fits any web platform of this shape. */
export class Draft {
  public readonly resources: { [logicalId: string]: Body };
  private readonly template: { Resources: { [logicalId: string]: Body }; Mappings?: Properties };

  constructor(json: string) {
    this.template = JSON.parse(json) as { Resources: { [logicalId: string]: Body } };
    this.resources = this.template.Resources;
  }

  public toJson(): string {
    return JSON.stringify(this.template);
  }

  public ids(type: string): string[] {
    return Object.keys(this.resources).filter(id => this.resources[id].Type === type);
  }

  public id(type: string): string {
    const [first] = this.ids(type);
    if (first === undefined) { throw new Error(`the template has no ${type}`); }
    return first;
  }

  public properties(id: string): Properties {
    return this.resources[id].Properties;
  }

  public add(id: string, type: string, properties: Properties): string {
    this.resources[id] = { Type: type, Properties: properties };
    return id;
  }

  public map(id: string, entries: Properties): void {
    this.template.Mappings = { ...this.template.Mappings, [id]: entries };
  }

  public get vpc(): string { return this.id('AWS::EC2::VPC'); }
  public get gateway(): string { return this.id('AWS::EC2::InternetGateway'); }
  public get database(): string { return this.id('AWS::RDS::DBCluster'); }
  public get writer(): string { return this.id('AWS::RDS::DBInstance'); }
  public get service(): string { return this.id('AWS::ECS::Service'); }
  public get balancer(): string { return this.id('AWS::ElasticLoadBalancingV2::LoadBalancer'); }
  public get cache(): string { return this.id('AWS::ElastiCache::ServerlessCache'); }

  /** The bucket that CloudFront reads. */
  public get bucket(): string {
    return refOf(this.properties(this.bucketPolicy).Bucket);
  }

  public get bucketPolicy(): string {
    return this.ids('AWS::S3::BucketPolicy').find(id => JSON.stringify(this.resources[id]).includes('cloudfront.amazonaws.com'))!;
  }

  public get databaseGroup(): string { return firstGroup(this.properties(this.database).VpcSecurityGroupIds); }
  public get cacheGroup(): string { return firstGroup(this.properties(this.cache).SecurityGroupIds); }
  public get balancerGroup(): string { return firstGroup(this.properties(this.balancer).SecurityGroups); }
  public get serviceNetwork(): Properties {
    return (this.properties(this.service).NetworkConfiguration as { AwsvpcConfiguration: Properties }).AwsvpcConfiguration;
  }
  public get serviceGroup(): string { return firstGroup(this.serviceNetwork.SecurityGroups); }

  public get port(): number {
    return Number(this.properties(this.database).Port ?? 3306);
  }

  /** Subnets of the database, by logical id. */
  public get dataSubnets(): string[] {
    return this.refs(this.properties(refOf(this.properties(this.database).DBSubnetGroupName)).SubnetIds);
  }

  public get publicSubnets(): string[] {
    return this.ids('AWS::EC2::Subnet').filter(subnet => {
      const table = this.tableOf(subnet);
      return this.ids('AWS::EC2::Route').some(route => refOf(this.properties(route).RouteTableId) === table
        && refOf(this.properties(route).GatewayId) === this.gateway);
    });
  }

  public associationOf(subnet: string): string {
    return this.ids('AWS::EC2::SubnetRouteTableAssociation').find(id => refOf(this.properties(id).SubnetId) === subnet)!;
  }

  public tableOf(subnet: string): string {
    return refOf(this.properties(this.associationOf(subnet)).RouteTableId);
  }

  /** A rule of its own on the database's group. */
  public admit(source: Properties, ports: Properties = { FromPort: this.port, ToPort: this.port, IpProtocol: 'tcp' }): void {
    this.admitTo(this.databaseGroup, source, ports);
  }

  public admitTo(group: string, source: Properties, ports: Properties): void {
    this.add('Injected', 'AWS::EC2::SecurityGroupIngress', { GroupId: groupId(group), ...ports, ...source });
  }

  /** A rule within a group. */
  public admitInline(group: string, rule: Properties): void {
    const properties = this.properties(group);
    properties.SecurityGroupIngress = [...(properties.SecurityGroupIngress as unknown[] | undefined) ?? [], rule];
  }

  public group(id: string, ...rules: Properties[]): string {
    return this.add(id, 'AWS::EC2::SecurityGroup', { GroupDescription: id, VpcId: ref(this.vpc), SecurityGroupIngress: rules });
  }

  /** A function that nobody declared, in a group of its own; answers the group. */
  public outsider(group = this.group('OutsiderGroup')): string {
    this.add('Outsider', 'AWS::Lambda::Function', { VpcConfig: { SecurityGroupIds: [groupId(group)], SubnetIds: this.dataSubnets.map(ref) } });
    return group;
  }

  /** A machine with a public address that nobody declared, open to the world; answers its group. */
  public bastion(): string {
    const group = this.group('BastionGroup', { CidrIp: '0.0.0.0/0', FromPort: 22, ToPort: 22, IpProtocol: 'tcp' });
    const [subnet] = this.publicSubnets;
    this.add('Bastion', 'AWS::EC2::Instance', {
      NetworkInterfaces: [{ AssociatePublicIpAddress: true, DeviceIndex: '0', GroupSet: [groupId(group)], SubnetId: ref(subnet) }],
    });
    return group;
  }

  /** Gives the subnets a route out of the VPC. */
  public route(subnet: string, route: Properties): void {
    this.add('InjectedRoute', 'AWS::EC2::Route', { RouteTableId: ref(this.tableOf(subnet)), ...route });
  }

  /** Makes all subnets of the database public. */
  public publish(destination: Properties = { DestinationCidrBlock: '0.0.0.0/0' }): void {
    this.dataSubnets.forEach((subnet, index) => this.add(`Published${index}`, 'AWS::EC2::Route', {
      RouteTableId: ref(this.tableOf(subnet)), GatewayId: ref(this.gateway), ...destination,
    }));
  }

  /** Drops the public flag from the instances, so that AWS decides by the subnets. */
  public forgetFlags(): void {
    this.ids('AWS::RDS::DBInstance').forEach(id => delete this.properties(id).PubliclyAccessible);
  }

  private refs(list: unknown): string[] {
    return (list as unknown[]).map(refOf);
  }
}

export function ref(id: string): Properties {
  return { Ref: id };
}

export function groupId(id: string): Properties {
  return { 'Fn::GetAtt': [id, 'GroupId'] };
}

function refOf(value: unknown): string {
  return String((value as Properties | undefined)?.Ref);
}

function firstGroup(groups: unknown): string {
  return String(((groups as Properties[])[0]['Fn::GetAtt'] as string[])[0]);
}
