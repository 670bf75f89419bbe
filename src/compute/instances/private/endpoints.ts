import { InterfaceVpcEndpointAwsService, ISecurityGroup, IVpc, Port, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { Construct, IDependable } from 'constructs';
import { closedSecurityGroup } from '../../../core/private/resources/closed-security-group';

/** What an instance calls besides what the network offers each application: Session Manager, metrics, and its readiness. */
const services = () => ({
  Ssm: InterfaceVpcEndpointAwsService.SSM,
  SsmMessages: InterfaceVpcEndpointAwsService.SSM_MESSAGES,
  Monitoring: InterfaceVpcEndpointAwsService.CLOUDWATCH_MONITORING,
  AutoScaling: InterfaceVpcEndpointAwsService.AUTOSCALING,
  CloudFormation: InterfaceVpcEndpointAwsService.CLOUDFORMATION,
});
const tracing = () => ({ Xray: InterfaceVpcEndpointAwsService.XRAY });

/**
 * The way to AWS for instances in subnets without a way out. Nothing when the subnets have one.
 *
 * @param toXray whether they send traces, too
 * @returns what has to be there before an instance starts
 */
export function addEndpoints(scope: Construct, vpc: IVpc, subnets: SubnetSelection, clients: ISecurityGroup, toXray: boolean): IDependable[] {
  const { subnetIds } = vpc.selectSubnets(subnets);
  const isolated = vpc.isolatedSubnets.map(({ subnetId }) => subnetId);
  if (!subnetIds.every(id => isolated.includes(id))) return [];
  const group = closedSecurityGroup(scope, vpc, 'Endpoints of AWS services for instances');
  group.addIngressRule(clients, Port.HTTPS, 'HTTPS from the instances');
  return Object.entries({ ...services(), ...toXray ? tracing() : {} }).map(([id, service]) => vpc.addInterfaceEndpoint(`Instances${id}`, {
    service, subnets, securityGroups: [group], privateDnsEnabled: true, open: false,
  }));
}
