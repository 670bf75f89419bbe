import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PublicHostedZone } from 'aws-cdk-lib/aws-route53';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Domain, EnvironmentProfile } from '../../src';
import { DatabaseMigration, IMigrationStep, MigrationProps, MysqlMigrationProps } from '../../src/migration';
import { PlatformMigration } from '../../src/migration/private/platform-migration';
import { addPlatform, eastStack, PlatformProps } from '../support/platform';
import { Watched } from '../support/watched';

/** A certificate in shape alone. */
export const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';

/** A DataSync agent beside the source. */
export const AGENT = 'arn:aws:datasync:us-east-1:111111111111:agent/agent-0123456789abcdef0';

/** The secret that holds the source's address and user. */
export function legacySecret(stack: Stack) {
  return Secret.fromSecretCompleteArn(stack, 'Legacy', 'arn:aws:secretsmanager:us-east-1:111111111111:secret:legacy-AbCdEf');
}

/** A name in a zone that the stack makes. */
export function inZone(stack: Stack): Domain {
  return Domain.inZone(new PublicHostedZone(stack, 'Zone', { zoneName: 'example.com' }), 'shop.example.com');
}

/** From a database named `shop`, encrypted on both sides. */
export function fromMysql(stack: Stack, props: Partial<MysqlMigrationProps> = {}) {
  return DatabaseMigration.fromMysql({
    sourceSecret: legacySecret(stack), sourceDatabase: 'shop', sourceCertificate: PEM, targetCertificate: PEM, ...props,
  });
}

/** A platform with a migration. */
export interface Migrated {
  readonly template: Template;
  readonly stack: Stack;
  readonly steps: IMigrationStep[];
}

/** A platform with the migration that the function makes; the least that shows it. */
export function migrated(migration: (stack: Stack) => MigrationProps, props: (stack: Stack) => PlatformProps = () => ({})): Migrated {
  const { stack, steps } = withSteps(migration, props);
  return { template: Template.fromStack(stack), stack, steps };
}

/** What the steps of a migration have watched, on boards of their own. */
export function watchedSteps(migration: (stack: Stack) => MigrationProps, props: (stack: Stack) => PlatformProps = () => ({})): Watched {
  const { stack, steps } = withSteps(migration, props);
  return new Watched(monitoring => steps.forEach(step => step.monitorWith(monitoring)), stack);
}

function withSteps(migration: (stack: Stack) => MigrationProps, props: (stack: Stack) => PlatformProps) {
  const stack = eastStack();
  const given = props(stack);
  const platform = addPlatform(stack, { profile: EnvironmentProfile.development(), ...given, migration: migration(stack) });
  const { steps } = platform.node.findChild('Migration') as PlatformMigration;
  return { stack, steps };
}
