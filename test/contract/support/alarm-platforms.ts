import { Stack } from 'aws-cdk-lib';
import { ThroughputMode } from 'aws-cdk-lib/aws-efs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { elasticWeb, ElasticWebChoice } from './elastic-web';
import { NIGHTLY } from './elastic-web-variants';
import { Variant } from './variant';
import { VARIANTS } from './variants';
import { Cache, Compute, Database, FargateDeployment, Edge, EnvironmentProfile, InstanceCode, Media, Owner, Sessions } from '../../../src';
import { inZone } from '../../migration/support';
import { BRAZIL, FUNCTION_CODE, IMAGE } from '../../support/platform';

/** Who is called, wherever an alarm is to say so: in the longest texts that an owner may have. */
export const OWNER = Owner.team({
  name: 'Storefront'.padEnd(80, '.'),
  contact: 'storefront@example.com'.padEnd(120, '.'),
  runbook: 'https://wiki.example.com/shop/'.padEnd(200, 'x'),
  hours: 'Mon to Fri, 9:00 to 18:00'.padEnd(80, '.'),
});

/** The platform that the others differ from by one choice. */
export const DEFAULT = elasticWeb({ name: 'default', props: () => ({}) });

const ELASTIC_WEB: ElasticWebChoice[] = [
  { name: '`Compute.instances`', props: stack => ({ compute: Compute.instances({ code: InstanceCode.fromBucket(bucket(stack), 'shop-1.zip') }) }) },
  { name: '`Compute.function`', props: () => ({ compute: Compute.function({ code: FUNCTION_CODE }) }) },
  { name: '`FargateDeployment.blueGreen`, `.canary`', props: () => ({ compute: Compute.fargate({ image: IMAGE, deployment: FargateDeployment.canary() }) }) },
  { name: '`scheduledTasks`', props: () => ({ compute: Compute.fargate({ image: IMAGE, scheduledTasks: NIGHTLY }) }) },
  { name: '`Database.auroraMysqlProvisioned`', props: () => ({ database: Database.auroraMysqlProvisioned() }) },
  { name: '`Database.rdsMysql`', props: () => ({ database: Database.rdsMysql() }) },
  { name: '`Database.auroraPostgresql`', props: () => ({ database: Database.auroraPostgresql() }) },
  { name: '`Database.rdsPostgresql({ readReplica: true })`', props: () => ({ database: Database.rdsPostgresql({ readReplica: true }) }) },
  { name: 'a proxy', props: () => ({ database: Database.auroraMysql({ proxy: true }) }) },
  { name: '`Sessions.valkeyNodes`', props: () => ({ sessions: Sessions.valkeyNodes() }) },
  { name: '`Sessions.dynamoDb`', props: () => ({ sessions: Sessions.dynamoDb() }) },
  { name: '`Cache.valkeyNodes`', props: () => ({ cache: Cache.valkeyNodes() }) },
  { name: '`Media.fileSystem`', props: () => ({ media: Media.fileSystem() }) },
  { name: '`ThroughputMode.BURSTING`', props: () => ({ media: Media.fileSystem({ throughputMode: ThroughputMode.BURSTING }) }) },
  { name: 'a domain', props: stack => ({ domain: inZone(stack) }) },
  { name: '`Edge.cloudFront({ additionalMetrics: true })`', props: () => ({ edge: Edge.cloudFront({ additionalMetrics: true }) }) },
  { name: '`natGateways: 0`', props: () => ({ profile: EnvironmentProfile.production({ natGateways: 0 }) }) },
  { name: 'another Region', env: BRAZIL, props: () => ({}) },
  { name: '`EnvironmentProfile.development`', props: () => ({ profile: EnvironmentProfile.development() }) },
];

/** One for each choice that makes alarms of its own, by the name that a user knows it by. */
export const CHOICES: Variant[] = [
  ...ELASTIC_WEB.map(elasticWeb),
  { ...like('site and API'), name: '`SpaApiPlatform`' },
  { ...like('migration'), name: '`migration`' },
  { ...like('another Region, with a domain'), name: 'a domain in another Region' },
];

/** The same, with somebody who answers for it. */
export function owned(variant: Variant): Variant {
  return { ...variant, make: stack => variant.make(stack, { owner: OWNER }) };
}

/** One of those that all contracts are tried on. */
function like(start: string): Variant {
  return VARIANTS.find(({ name }) => name.startsWith(start))!;
}

function bucket(stack: Stack): Bucket {
  return Bucket.fromBucketName(stack, 'Releases', 'releases') as Bucket;
}
