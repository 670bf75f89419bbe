import { CfnVpcOrigin, IOrigin, OriginProtocolPolicy, VpcOrigin, VpcOriginEndpoint } from 'aws-cdk-lib/aws-cloudfront';
import { VpcOrigin as VpcOriginOf } from 'aws-cdk-lib/aws-cloudfront-origins';
import { CfnVPCGatewayAttachment, IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Annotations, AspectPriority, Aspects, Duration, IAspect, Stack } from 'aws-cdk-lib/core';
import { Construct, IConstruct } from 'constructs';
import { nameInAllRegions } from '../../core/private/naming';
import { Rule, validate } from '../../core/private/validation';
import { EdgeContext } from '../contract';

/** Longest that CloudFront waits for an answer, in seconds; the quota without a request to AWS is 60 s. */
const READ_TIMEOUT = 60;
/** Below the idle timeout of the load balancer (58 s), so that CloudFront never writes to a closed connection. */
const KEEP_ALIVE = 55;
/** Longest name of a VPC origin (CloudFront API reference). */
const MAX_NAME = 64;

const VPC_RULES: Rule<{ readonly vpc: IVpc }>[] = [
  ({ vpc }) => !(vpc instanceof Vpc) || vpc.internetGatewayId !== undefined
    || vpc.node.findAll().some(each => each instanceof CfnVPCGatewayAttachment) ? undefined
    : `'network' must have an internet gateway for CloudFront, got ${vpc.node.path} without one: CloudFront refuses an origin in such a VPC, though no traffic goes by the gateway; give the VPC a public subnet, or an ec2.CfnInternetGateway with its attachment, as a child of the VPC`,
];

/** CloudFormation gives a stack's own tags to all that can have tags, whatever the template says of it. */
class StackTags implements IAspect {
  constructor(private readonly origin: IConstruct) {}

  public visit(node: IConstruct): void {
    const tags = Object.keys(Stack.of(node).tags.tagValues());
    if (node !== this.origin || tags.length === 0) return;
    Annotations.of(node).addWarningV2('cdk-platform-patterns:stack-tags',
      `[${node.node.path}] the stack has tags of its own (${tags.join(', ')}), which CloudFormation gives to this origin too: CloudFront refuses to change them while the distribution uses it, so that a deployment with other tags would fail. Tag the resources instead: new Stack(app, id, { … }) without 'tags', Tags.of(stack).add(key, value, { excludeResourceTypes: ['aws:cdk:stack'] })`);
  }
}

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
  Aspects.of(origin).add(new StackTags(origin), { priority: AspectPriority.READONLY });
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
