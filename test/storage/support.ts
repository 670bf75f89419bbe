import { generateKeyPairSync } from 'node:crypto';
import { Construct } from 'constructs';
import { EnvironmentProfile, IMedia, IMediaLibrary } from '../../src';
import { AccessLogs } from '../../src/storage/private/access-logs';
import { Bound, bound } from '../support/blocks';

/** A media library with a workload that is attached to it. */
export function library(media: IMedia | ((scope: Construct) => IMedia), profile?: EnvironmentProfile): Bound<IMediaLibrary> {
  return bound((scope, context) => {
    const accessLogs = new AccessLogs(scope, 'AccessLogs', context.profile, context.encryptionKey).bucket;
    const subnets = { subnetGroupName: 'Private' };
    return (typeof media === 'function' ? media(scope) : media).bind(scope, { ...context, subnets, accessLogs });
  }, profile);
}

/** A new public key, as CloudFront takes it. */
export function publicKey(): string {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }).toString();
}
