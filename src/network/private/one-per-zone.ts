import { ISubnet, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { Annotations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

const ONE_PER_ZONE = 'cdk-platform-patterns:one-subnet-per-zone';

/**
 * Of subnets of which two are in one zone, the first of each zone: a load balancer, a serverless cache and a file system take one
 * subnet in a zone (API references of Elastic Load Balancing, ElastiCache and EFS). Those that are left are warned of.
 */
export function onePerZone(scope: Construct, vpc: IVpc, prop: string, selection: SubnetSelection): SubnetSelection {
  const { subnets } = vpc.selectSubnets(selection);
  const isFirst = (subnet: ISubnet) => subnets.find(({ availabilityZone }) => availabilityZone === subnet.availabilityZone) === subnet;
  const left = subnets.filter(subnet => !isFirst(subnet));
  if (left.length === 0) return selection;
  Annotations.of(scope).addWarningV2(ONE_PER_ZONE,
    `[${scope.node.path}] '${prop}' has several subnets in a zone, of which one is used; left out: ${left.map(({ node, availabilityZone }) => `${node.path} (${availabilityZone})`).join(', ')}. If these are to be used, give them: Network.fromVpc(vpc, { ${prop}: { subnets: … } })`);
  return { subnets: subnets.filter(isFirst) };
}
