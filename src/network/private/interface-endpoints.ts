import { InterfaceVpcEndpointAwsService, Peer, Port, SubnetSelection, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { closedSecurityGroup } from '../../core/private/resources/closed-security-group';

/**
 * What a Fargate task calls before and while it runs: its image (whose layers come from S3), its logs, its secrets. A
 * function, since the constants of CDK load its endpoints, which whoever only requires this package should not pay for.
 */
const services = () => ({
  EcrApi: InterfaceVpcEndpointAwsService.ECR,
  EcrDocker: InterfaceVpcEndpointAwsService.ECR_DOCKER,
  Logs: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
  SecretsManager: InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
  Kms: InterfaceVpcEndpointAwsService.KMS,
});

/**
 * The way to AWS for an application without a NAT gateway.
 *
 * @param cidr the addresses of the VPC, as text: a rule that names them by `Fn::GetAtt` cannot be judged in the template
 */
export function addInterfaceEndpoints(scope: Construct, vpc: Vpc, subnets: SubnetSelection, cidr: string): void {
  const group = closedSecurityGroup(new Construct(scope, 'Endpoints'), vpc, 'Endpoints of AWS services');
  group.addIngressRule(Peer.ipv4(cidr), Port.HTTPS, 'HTTPS from the VPC');
  for (const [id, service] of Object.entries(services())) {
    vpc.addInterfaceEndpoint(id, { service, subnets, securityGroups: [group], privateDnsEnabled: true, open: false });
  }
}
