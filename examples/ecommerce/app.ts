import { App, Duration, Stack, Stage, StageProps } from 'aws-cdk-lib';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  Compute, Database, Domain, Edge, EnvironmentProfile, Firewall, Frontend, InstanceCode, KnownEvent, Notifications, Owner, Pipeline, SpaApiPlatform,
  Traffic, WeekDay,
} from 'cdk-platform-patterns';
import { Construct } from 'constructs';

/** What production and development differ in. */
export interface ShopProps extends StageProps {
  /** Production or development: redundancy, retention and protection follow from it. */
  readonly profile: EnvironmentProfile;
  /** The name that customers type: that of a hosted zone of its own. */
  readonly domain: string;
  /** Id of that zone. */
  readonly hostedZoneId: string;
  /** The bucket that the API's archive, `api.zip`, lies in. */
  readonly releases: string;
  /** What the API is to carry. */
  readonly traffic: Traffic;
}

/** One environment of the shop. */
export class Shop extends Stage {
  constructor(scope: Construct, id: string, { profile, domain, hostedZoneId, releases, traffic, ...props }: ShopProps) {
    super(scope, id, props);
    const stack = new Stack(this, 'Shop');
    const zone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId, zoneName: domain });
    const bucket = Bucket.fromBucketName(stack, 'Releases', releases);

    new SpaApiPlatform(stack, 'Platform', {
      frontend: {
        path: '/',
        site: Frontend.staticSite(),
        owner: Owner.team({ name: 'Storefront', contact: 'storefront@example.com' }),
        pipeline: Pipeline.githubActions({ repository: 'example/shop-web', environment: profile.name }),
      },
      backend: {
        path: '/api',
        compute: Compute.instances({
          code: InstanceCode.fromBucket(bucket, 'api.zip'),
          php: { extensions: [], sessionCookies: [] },
          load: { requestsPerSecond: 25 },
        }),
        traffic,
        caching: { maxTtl: Duration.seconds(10) },
        owner: Owner.team({ name: 'Orders', contact: 'orders@example.com', hours: 'at any time' }),
        pipeline: Pipeline.githubActions({ repository: 'example/shop-api', environment: profile.name }),
      },
      database: Database.rdsMysql({ readReplica: profile.multiAz }),
      edge: Edge.cloudFront({ firewall: Firewall.managed(), closeDistributionName: true }),
      domain: Domain.inZone(zone, domain),
      owner: Owner.team({ name: 'Platform', contact: 'platform@example.com' }),
      notifications: Notifications.email('platform@example.com'),
      profile,
    });
  }
}

/** The shop in both environments. */
export const app = new App();

new Shop(app, 'Production', {
  env: { account: '111111111111', region: 'us-east-1' },
  profile: EnvironmentProfile.production(),
  domain: 'shop.example.com',
  hostedZoneId: 'Z0000000000000000001',
  releases: 'example-shop-releases-production',
  traffic: Traffic.spiky({
    baselineRps: 20,
    peakMultiplier: 10,
    events: [
      KnownEvent.weekly({
        name: 'offers-of-the-week', weekDays: [WeekDay.WEDNESDAY], start: '19:00', duration: Duration.hours(3), timeZone: 'America/Sao_Paulo',
      }),
      KnownEvent.once({
        name: 'black-friday', start: '2027-11-26T00:00', end: '2027-11-27T00:00', timeZone: 'America/Sao_Paulo', multiplier: 20,
      }),
    ],
  }),
});

new Shop(app, 'Development', {
  env: { account: '222222222222', region: 'us-east-1' },
  profile: EnvironmentProfile.development(),
  domain: 'shop-dev.example.com',
  hostedZoneId: 'Z0000000000000000002',
  releases: 'example-shop-releases-development',
  traffic: Traffic.spiky({ baselineRps: 2 }),
});
