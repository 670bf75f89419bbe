import { InterfaceVpcEndpointAwsService, ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { Construct, IDependable } from 'constructs';
import { closedSecurityGroup } from '../../../core/private/resources/closed-security-group';
import { shareEndpoint } from '../../../workload/private/shared-endpoint';

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
  let own: ISecurityGroup | undefined;
  const group = () => own ??= closedSecurityGroup(scope, vpc, 'Endpoints of AWS services for instances');
  return Object.entries({ ...services(), ...toXray ? tracing() : {} }).map(([id, service]) =>
    shareEndpoint(vpc, `Instances${id}`, { service, subnets, group, from: 'instances', clients: [clients] }));
}
