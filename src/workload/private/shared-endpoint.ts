import { Stack } from 'aws-cdk-lib';
import { CfnVPCEndpoint, IInterfaceVpcEndpointService, InterfaceVpcEndpoint, ISecurityGroup, IVpc, Port, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IDependable } from 'constructs';

/** A way to a service of AWS within a VPC. */
export interface SharedEndpoint {
  readonly service: IInterfaceVpcEndpointService;
  readonly subnets: SubnetSelection;
  /** Who asks, in a few words. */
  readonly from: string;
  readonly clients: ISecurityGroup[];
  /** Made when nobody has the way yet. */
  readonly group: () => ISecurityGroup;
}

/** Adds the way, or lets more clients take the one that is there: AWS refuses a second one to a service by its own name. */
export function shareEndpoint(vpc: IVpc, id: string, { service, subnets, from, clients, group }: SharedEndpoint): IDependable {
  const endpoint = endpointTo(vpc, service) ?? vpc.addInterfaceEndpoint(id, {
    service, subnets, securityGroups: [group()], privateDnsEnabled: true, open: false,
  });
  endpoint.connections.securityGroups.forEach(each => clients.forEach(client => each.addIngressRule(client, Port.HTTPS, `HTTPS from the ${from}`)));
  return endpoint;
}

function endpointTo(vpc: IVpc, { name }: IInterfaceVpcEndpointService): InterfaceVpcEndpoint | undefined {
  const resolved = (value: string) => JSON.stringify(Stack.of(vpc).resolve(value));
  return vpc.node.children.filter((child): child is InterfaceVpcEndpoint => child instanceof InterfaceVpcEndpoint)
    .find(child => resolved((child.node.defaultChild as CfnVPCEndpoint).serviceName!) === resolved(name));
}
