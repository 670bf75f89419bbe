import { CfnVpcOrigin, IOrigin, OriginProtocolPolicy, VpcOrigin, VpcOriginEndpoint } from 'aws-cdk-lib/aws-cloudfront';
import { VpcOrigin as VpcOriginOf } from 'aws-cdk-lib/aws-cloudfront-origins';
import { CfnVPCGatewayAttachment, IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { nameInAllRegions } from '../../core/private/naming';
import { Rule, validate } from '../../core/private/validation';
import { EdgeContext } from '../contract';

/** Longest that CloudFront waits for an answer, in seconds; the quota without a request to AWS is 60 s. */
const READ_TIMEOUT = 60;
/** Below the idle timeout of the load balancer (60 s), so that CloudFront never writes to a closed connection. */
const KEEP_ALIVE = 55;
/** Longest name of a VPC origin (CloudFront API reference). */
const MAX_NAME = 64;

const VPC_RULES: Rule<{ readonly vpc: IVpc }>[] = [
  ({ vpc }) => !(vpc instanceof Vpc) || vpc.internetGatewayId !== undefined || vpc.node.findAll().some(each => each instanceof CfnVPCGatewayAttachment) ? undefined
    : `'network' must have an internet gateway for CloudFront, got ${vpc.node.path} without one: CloudFront refuses an origin in such a VPC, though no traffic goes by the gateway; give the VPC a public subnet, or an ec2.CfnInternetGateway with its attachment, as a child of the VPC`,
];

/**
 * The internal load balancer as an origin.
 *
 * CloudFront refuses every change of a VPC origin that a distribution uses, be it of a tag. So it has no tags, and
 * another protocol makes another origin, which the distribution takes before the first one goes.
 */
export function applicationOrigin(scope: Construct, context: EdgeContext, originShieldRegion?: string): IOrigin {
  const { vpc, loadBalancer, httpsToOrigin } = context;
  const holder = new Construct(scope, httpsToOrigin === true ? 'HttpsOrigin' : 'HttpOrigin');
  const origin = new VpcOrigin(holder, 'Resource', {
    endpoint: VpcOriginEndpoint.applicationLoadBalancer(loadBalancer),
    vpcOriginName: nameInAllRegions(holder, MAX_NAME),
    protocolPolicy: httpsToOrigin === true ? OriginProtocolPolicy.HTTPS_ONLY : OriginProtocolPolicy.HTTP_ONLY,
  });
  (origin.node.defaultChild as CfnVpcOrigin).addPropertyDeletionOverride('Tags');
  validate(scope.node.path, { vpc }, VPC_RULES);
  // It is refused while no internet gateway is attached to the VPC, though no traffic goes through that. The group
  // `internetConnectivityEstablished` of CDK holds the gateway alone, without its attachment.
  const attachment = vpc.node.tryFindChild('VPCGW');
  if (attachment !== undefined) origin.node.addDependency(attachment);
  return VpcOriginOf.withVpcOrigin(origin, {
    readTimeout: Duration.seconds(READ_TIMEOUT),
    keepaliveTimeout: Duration.seconds(KEEP_ALIVE),
    originShieldRegion,
  });
}
