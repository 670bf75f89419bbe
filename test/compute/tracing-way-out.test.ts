import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Compute, EnvironmentProfile, InstanceCode, ITracing, Network, Tracing } from '../../src';
import { warnings } from '../data/support';
import { addPlatform, eastStack, PlatformProps } from '../support/platform';
import { securityGroupRules } from '../support/security-groups';
import { resources, text } from '../support/template';

const COLLECTOR = 'public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0';
const COPY = ContainerImage.fromRegistry('111111111111.dkr.ecr.us-east-1.amazonaws.com/collector:v0.49.0');
const TRACING = Tracing.openTelemetry({ image: COPY });

/** A stack with one platform. */
function stackOf(props: PlatformProps | ((stack: Stack) => PlatformProps)): Stack {
  const stack = eastStack();
  addPlatform(stack, typeof props === 'function' ? props(stack) : props);
  return stack;
}

describe('units without a way out', () => {
  const profile = EnvironmentProfile.production({ natGateways: 0 });
  const onFargate = (tracing?: ITracing) => stackOf({ profile, compute: Compute.fargate({ image: COPY, tracing }) });
  const endpoints = (stack: Stack) => resources(Template.fromStack(stack), 'AWS::EC2::VPCEndpoint').filter(({ Properties }) => text(Properties.ServiceName).endsWith('.xray'));
  const unreachable = (stack: Stack) => warnings(stack).filter(each => each.includes('unreachable'));

  test('reach X-Ray by an endpoint that takes their HTTPS alone', () => {
    const stack = onFargate(TRACING);
    expect(endpoints(stack)).toEqual([expect.objectContaining({ Properties: expect.objectContaining({ PrivateDnsEnabled: true, VpcEndpointType: 'Interface' }) })]);
    expect(securityGroupRules(Template.fromStack(stack)).filter(rule => rule.startsWith('Endpoint of X-Ray'))).toEqual(['Endpoint of X-Ray for tasks in from Application, tcp 443']);
    expect(unreachable(stack)).toEqual([]);
  });

  test('are warned of the collector\'s public image', () => {
    expect(unreachable(onFargate(Tracing.openTelemetry()))).toEqual([expect.stringContaining(`no way to ${COLLECTOR}:`)]);
  });

  test('need no endpoint where nothing goes to X-Ray, nor where there is a way out', () => {
    expect(endpoints(onFargate())).toEqual([]);
    expect(endpoints(stackOf({ compute: Compute.fargate({ image: COPY, tracing: Tracing.openTelemetry() }) }))).toEqual([]);
  });

  test('on instances have the endpoint among the others', () => {
    const onInstances = (tracing?: ITracing) => stackOf(stack => ({
      profile, compute: Compute.instances({ code: InstanceCode.fromBucket(Bucket.fromBucketName(stack, 'Releases', 'releases'), 'shop-1.zip'), php: { extensions: [] }, tracing }),
    }));
    expect(endpoints(onInstances(Tracing.openTelemetry()))).toHaveLength(1);
    expect(endpoints(onInstances())).toEqual([]);
  });

  test('in a VPC that is brought are told what it must have', () => {
    const stack = stackOf(scope => {
      const vpc = Vpc.fromVpcAttributes(scope, 'Vpc', {
        vpcId: 'vpc-1',
        vpcCidrBlock: '10.0.0.0/16',
        availabilityZones: ['us-east-1a', 'us-east-1b'],
        isolatedSubnetIds: ['subnet-1', 'subnet-2'],
        isolatedSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
      });
      const workloadSubnets = { subnetType: SubnetType.PRIVATE_ISOLATED };
      return { network: Network.fromVpc(vpc, { workloadSubnets }), compute: Compute.fargate({ image: COPY, tracing: TRACING }) };
    });
    expect(unreachable(stack)).toEqual([
      '[Stack/Shop/Compute/Fargate] traces reach X-Ray only if the VPC has an interface endpoint for it: the subnets have no way out. Add one and acknowledge this warning, or select private subnets with a route to a NAT gateway [ack: cdk-platform-patterns:traces-unreachable]',
    ]);
    expect(endpoints(stack)).toEqual([]);
  });
});
