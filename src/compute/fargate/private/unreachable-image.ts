import { Annotations, Token } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerDefinition } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { ComputeContext } from '../../../workload';

/** Private repositories of ECR, which an endpoint in the VPC answers for; those at public.ecr.aws are on the internet. */
const IN_ECR = /^\d{12}\.dkr[.-]ecr\./;

/** Warns of images that units in subnets without a way out cannot pull. What is only known at deployment passes. */
export function warnOfUnreachableImages(scope: Construct, { vpc, subnets }: ComputeContext, containers: ContainerDefinition[]): void {
  // Of a VPC that was made elsewhere it is not known what else leads out of it.
  if (!(vpc instanceof Vpc) || !vpc.selectSubnets(subnets).subnets.some(subnet => vpc.isolatedSubnets.includes(subnet))) return;
  const images = containers.map(({ imageName }) => imageName).filter(name => !Token.isUnresolved(name) && !IN_ECR.test(name));
  if (images.length === 0) return;
  Annotations.of(scope).addWarningV2('cdk-platform-patterns:image-unreachable',
    `[${scope.node.path}] no way to ${images.join(', ')}: the subnets have no NAT gateway, and endpoints lead to private repositories of ECR alone. Copy it to one, or give the profile natGateways of at least 1`);
}
