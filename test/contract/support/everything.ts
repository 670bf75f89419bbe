import { Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { elasticWeb } from './elastic-web';
import { NIGHTLY } from './elastic-web-variants';
import { MIGRATION_VARIANTS } from './migration-variants';
import { Compute, Database, FargateDeployment, Edge, Firewall, Media, Notifications, Owner, Sessions, SignedUrls, Tracing } from '../../../src';
import { IMAGE } from '../../support/platform';
import { PUBLIC_KEY } from '../../support/public-key';

/** Everything at once that one platform can have: as large as its stack becomes. */
export const EVERYTHING = elasticWeb({
  name: 'everything at once',
  props: stack => ({
    ...MIGRATION_VARIANTS[0].props(stack),
    compute: Compute.fargate({
      image: IMAGE,
      deployment: FargateDeployment.canary(),
      spotShare: 50,
      sidecars: { agent: { image: IMAGE } },
      tracing: Tracing.openTelemetry(),
      scheduledTasks: NIGHTLY,
    }),
    database: Database.rdsMysql({ iamAuthentication: true }),
    sessions: Sessions.valkeyNodes(),
    media: privateMedia(stack),
    edge: Edge.cloudFront({
      firewall: Firewall.managed({ allowList: ['192.0.2.0/24', '2001:db8::/48'], denyList: ['198.51.100.0/24'], waitingPage: { newVisitsPerMinute: 600 } }),
      contentSecurityPolicy: 'default-src \'self\'',
      pageCaching: {},
      maintenancePage: '<h1>Back soon</h1>',
    }),
    notifications: Notifications.bySeverity({
      critical: Notifications.email('critical@example.com'), warning: Notifications.slack({ slackWorkspaceId: 'T0123ABCD', slackChannelId: 'C0123ABCD' }),
    }),
    observability: { applicationSignals: true },
    owner: Owner.team({ name: 'Storefront', contact: 'storefront@example.com', runbook: 'https://example.com/runbook' }),
  }),
});

function privateMedia(stack: Stack) {
  const privateKey = Secret.fromSecretNameV2(stack, 'PrivateKey', 'media/private-key');
  return Media.bucket({ writable: true, signedUrls: SignedUrls.byPublicKeys([PUBLIC_KEY], { privateKey }) });
}
