import { SecretValue, Stack } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { elasticWeb, ElasticWebChoice } from './elastic-web';
import { alternatingUsers, inExistingZone, instances, inZone } from './made';
import { MEDIA_VARIANTS } from './media-variants';
import { MIGRATION_VARIANTS } from './migration-variants';
import { Variant } from './variant';
import {
  ApplicationSecret, Cache, Compute, Database, FargateDeployment, Edge, EnvironmentProfile, Firewall, Media, Notifications, Owner,
  PasswordRotation, Sessions, Tracing,
} from '../../../src';
import { BRAZIL, FUNCTION_CODE, IMAGE } from '../../support/platform';

const PAGER = Notifications.webhook(SecretValue.secretsManager('pager-duty-address'));
const SLACK = Notifications.slack({ slackWorkspaceId: 'T0123ABCD', slackChannelId: 'C0123ABCD' });

/** Two databases, two session stores, with and without a domain: every data store that there is. */
const DATA: ElasticWebChoice[] = [false, true].flatMap(domain => [false, true].flatMap(rds => [false, true].map(nodes => ({
  name: [rds ? 'RDS' : 'Aurora', nodes ? 'nodes' : 'serverless', ...domain ? ['domain'] : []].join(', '),
  props: (stack: Stack) => ({
    ...rds ? { database: Database.rdsMysql() } : {},
    ...nodes ? { sessions: Sessions.valkeyNodes() } : {},
    ...domain ? { domain: inZone(stack) } : {},
  }),
}))));

const [BY_DEFAULT] = DATA;
const AT_A_DOMAIN = DATA.find(({ name }) => name === 'Aurora, serverless, domain')!;
const ALL_OTHERS = DATA.find(({ name }) => name === 'RDS, nodes, domain')!;

/** A command that runs by the clock. */
export const NIGHTLY = {
  'clean-carts': { schedule: ScheduleExpression.cron({ hour: '3', minute: '0' }), command: ['php', 'bin/clean.php'] },
};

const EDITORS = [{ paths: ['/admin/'], rules: { AWSManagedRulesCommonRuleSet: ['CrossSiteScripting_BODY'], AWSManagedRulesSQLiRuleSet: ['SQLi_BODY'] } }];

/** Every default, every other choice, the development profile with both, and a Region that is not known. */
const CHOICES: ElasticWebChoice[] = [
  BY_DEFAULT,
  AT_A_DOMAIN,
  {
    name: 'every other choice',
    props: stack => ({
      ...ALL_OTHERS.props(stack),
      compute: Compute.fargate({
        image: ContainerImage.fromEcrRepository(Repository.fromRepositoryName(stack, 'Images', 'shop')),
        deployment: FargateDeployment.canary(),
        spotShare: 50,
        size: { ephemeralStorageGiB: 30 },
        sidecars: { agent: { image: IMAGE } },
        secrets: { COOKIE_KEY: ApplicationSecret.generated() },
        scheduledTasks: NIGHTLY,
      }),
      media: Media.bucket({ writable: true }),
      owner: Owner.team({ name: 'Storefront', contact: 'storefront@example.com', runbook: 'https://example.com/runbook' }),
    }),
  },
  { name: 'development', props: () => ({ profile: EnvironmentProfile.development() }) },
  {
    name: 'development, RDS, nodes',
    props: () => ({ profile: EnvironmentProfile.development(), database: Database.rdsMysql(), sessions: Sessions.valkeyNodes() }),
  },
  {
    name: 'development, shells',
    props: () => ({
      profile: EnvironmentProfile.development(),
      compute: Compute.fargate({ image: IMAGE, container: { enableExecuteCommand: true } }),
    }),
  },
  ...MEDIA_VARIANTS,
  {
    name: 'no NAT gateway',
    props: () => ({
      compute: Compute.fargate({ image: IMAGE, tracing: Tracing.openTelemetry() }), profile: EnvironmentProfile.production({ natGateways: 0 }),
    }),
  },
  ...MIGRATION_VARIANTS,
  { name: 'instances', props: stack => ({ compute: instances(stack, { secrets: { COOKIE_KEY: ApplicationSecret.generated() } }) }) },
  {
    name: 'instances, Spot, no NAT gateway',
    props: stack => ({
      compute: instances(stack, { spotShare: 50, php: { extensions: [] }, tracing: Tracing.openTelemetry() }),
      profile: EnvironmentProfile.production({ natGateways: 0 }),
    }),
  },
  {
    name: 'a function, the media on a file system',
    props: () => ({
      compute: Compute.function({ code: FUNCTION_CODE, secrets: { COOKIE_KEY: ApplicationSecret.generated() } }), media: Media.fileSystem(),
    }),
  },
  { name: 'a function, development', props: () => ({ compute: Compute.function({ code: FUNCTION_CODE }), profile: EnvironmentProfile.development() }) },
  { name: 'Region unknown, no sessions', env: {}, props: () => ({ sessions: Sessions.none() }) },
  {
    name: 'another Region, with a domain, a pager and Slack',
    env: BRAZIL,
    props: stack => ({ domain: inExistingZone(stack), notifications: Notifications.bySeverity({ critical: PAGER, warning: SLACK }) }),
  },
  {
    name: 'the levers of the edge',
    props: () => ({
      edge: Edge.cloudFront({
        firewall: Firewall.managed({
          allowList: ['192.0.2.0/24', '2001:db8::/48'], denyList: ['198.51.100.0/24'], waitingPage: { newVisitsPerMinute: 600 }, exceptions: EDITORS,
        }),
        contentSecurityPolicy: 'default-src \'self\'',
        pageCaching: {},
        maintenancePage: '<h1>Back soon</h1>',
        maintenance: true,
        originShieldRegion: 'us-east-1',
      }),
    }),
  },
  { name: 'a cache', props: () => ({ cache: Cache.valkeyNodes() }) },
  { name: 'a cache, development', props: () => ({ cache: Cache.valkeyNodes(), profile: EnvironmentProfile.development() }) },
  { name: 'another Region, development', env: BRAZIL, props: () => ({ profile: EnvironmentProfile.development() }) },
  {
    name: 'Aurora on instances, proxy, managed password',
    props: stack => ({
      domain: inZone(stack, { alternativeNames: ['www.example.com'] }),
      database: Database.auroraMysqlProvisioned({ proxy: true, rotation: PasswordRotation.managed(), requireTls: true, readers: 2 }),
    }),
  },
  {
    name: 'RDS from a snapshot, tokens',
    props: () => ({
      database: Database.rdsMysql({ iamAuthentication: true, snapshot: { snapshotIdentifier: 'before-the-move', username: 'shop' } }),
    }),
  },
  { name: 'alternating users', props: stack => ({ database: Database.auroraMysql({ rotation: alternatingUsers(stack) }) }) },
  {
    name: 'Aurora PostgreSQL, proxy, managed password',
    props: stack => ({ domain: inZone(stack), database: Database.auroraPostgresql({ proxy: true, rotation: PasswordRotation.managed() }) }),
  },
  {
    name: 'RDS PostgreSQL, read replica, alternating users',
    props: stack => ({ database: Database.rdsPostgresql({ readReplica: true, rotation: alternatingUsers(stack) }) }),
  },
];

/** Each platform of this pattern that all contracts are tried on. */
export const ELASTIC_WEB_VARIANTS: Variant[] = CHOICES.map(elasticWeb);

/** Every data store that there is. */
export const ELASTIC_WEB_STORES: Variant[] = DATA.map(elasticWeb);

/** The default platform for production, without and with a domain. */
export const [DEFAULT, WITH_DOMAIN] = ELASTIC_WEB_VARIANTS;
