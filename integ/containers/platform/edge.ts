import { AwsClients } from './aws';
import { DistributionView } from './distribution-view';
import { EdgeStandIn } from './edge-stand-in';
import { BalancerOrigin, Origin, SignedBucketOrigin } from './origins';
import { StackResources } from './stack-resources';
import { Cleanup } from '../engine/cleanup';

/** The way in of a deployed platform: its distribution, and what stands for CloudFront and the load balancer. */
export interface Edge {
  readonly standIn: EdgeStandIn;
  readonly distribution: DistributionView;
  /** The buckets that it has files from, by a signed request each. */
  readonly buckets: readonly { readonly bucket: string; readonly origin: SignedBucketOrigin }[];
}

/** Opens the way in to units, which may change their addresses. */
export async function openEdge(aws: AwsClients, resources: StackResources, addresses: () => readonly string[], cleanup: Cleanup): Promise<Edge> {
  const distribution = await DistributionView.of(aws, resources.only('AWS::CloudFront::Distribution'));
  const origins = new Map<string, Origin>();
  const buckets: { readonly bucket: string; readonly origin: SignedBucketOrigin }[] = [];
  for (const declared of distribution.origins) {
    const bucket = distribution.bucketOf(declared);
    const vpcOriginId = declared.VpcOriginConfig?.VpcOriginId;
    if (bucket !== undefined && await distribution.signs(declared)) {
      const origin = new SignedBucketOrigin(aws, bucket, declared.OriginPath ?? '');
      buckets.push({ bucket, origin });
      origins.set(declared.Id ?? '', origin);
    } else if (vpcOriginId) {
      origins.set(declared.Id ?? '', new BalancerOrigin(addresses, declared.DomainName ?? '', await distribution.lastLegTo(vpcOriginId)));
    }
  }
  const standIn = await EdgeStandIn.start(distribution, origins);
  cleanup.add('the edge stand-in', () => standIn.stop());
  return { standIn, distribution, buckets };
}
