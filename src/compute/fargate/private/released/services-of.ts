import { ArnFormat, Stack } from 'aws-cdk-lib';
import { ICluster } from 'aws-cdk-lib/aws-ecs';

/** The services of a cluster, with their deployments and revisions, whose names AWS gives. */
export function servicesOf(cluster: ICluster): string[] {
  return ['service', 'service-deployment', 'service-revision'].map(resource => Stack.of(cluster).formatArn({
    service: 'ecs', resource, resourceName: `${cluster.clusterName}/*`, arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  }));
}
