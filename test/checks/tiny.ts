import { Reachability, ReachabilityAllowance, ReachabilityFinding } from '../../src/checks';

export type Properties = { [name: string]: unknown };

export interface Resources {
  [logicalId: string]: { Type: string; Properties?: Properties; Metadata?: Properties };
}

export const MYSQL = { IpProtocol: 'tcp', FromPort: 3306, ToPort: 3306 };
export const groupId = (id: string) => ({ 'Fn::GetAtt': [id, 'GroupId'] });
export const ref = (id: string) => ({ Ref: id });

/** A VPC with one subnet; `isPublic` gives it a route to an internet gateway. */
export function network(isPublic: boolean, destination: Properties = { DestinationCidrBlock: '0.0.0.0/0' }): Resources {
  return {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Gateway: { Type: 'AWS::EC2::InternetGateway' },
    Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.1.0/24' } },
    Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('Vpc') } },
    Joined: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: ref('Subnet'), RouteTableId: ref('Table') } },
    ...isPublic ? {
      Route: { Type: 'AWS::EC2::Route', Properties: { RouteTableId: ref('Table'), GatewayId: ref('Gateway'), ...destination } },
    } : {},
  };
}

/** A security group with inline rules. */
export function group(...rules: unknown[]): Resources[string] {
  return { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: ref('Vpc'), SecurityGroupIngress: rules } };
}

/** A MySQL database in the one subnet, closed by metadata when `reachableBy` is given. */
export function database(properties: Properties = {}, reachableBy?: unknown[]): Resources {
  return {
    Subnets: { Type: 'AWS::RDS::DBSubnetGroup', Properties: { SubnetIds: [ref('Subnet')] } },
    Database: {
      Type: 'AWS::RDS::DBInstance',
      Properties: { Engine: 'mysql', DBSubnetGroupName: ref('Subnets'), VPCSecurityGroups: [groupId('DatabaseGroup')], ...properties },
      ...reachableBy === undefined ? {} : { Metadata: { 'cdk-platform-patterns:reachable-by': reachableBy } },
    },
  };
}

/** A function in a security group. */
export function client(groupLogicalId: string, path?: string): Resources[string] {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: { VpcConfig: { SecurityGroupIds: [groupId(groupLogicalId)], SubnetIds: [ref('Subnet')] } },
    ...path === undefined ? {} : { Metadata: { 'aws:cdk:path': path } },
  };
}

export function analyze(resources: Resources, allow?: ReachabilityAllowance[], rest: Properties = {}): ReachabilityFinding[] {
  return Reachability.analyzeTemplate(JSON.stringify({ Resources: resources, ...rest }), { allow });
}

/** The findings as the validation report words them. */
export function messages(resources: Resources, allow?: ReachabilityAllowance[], rest?: Properties): string[] {
  return analyze(resources, allow, rest).map(({ ruleName, witness }) => `${ruleName}: ${witness}`);
}
