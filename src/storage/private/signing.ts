import { createHash } from 'crypto';
import { IKeyGroup, KeyGroup, PublicKey } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { SecretReference } from '../../core';
import { nameInAllRegions } from '../../core/private/naming';
import { SignedUrls } from '../signed-urls';

/** What a media library gives the edge and the application for signed URLs; nothing for public media. */
export interface Signing {
  readonly trustedKeyGroups?: IKeyGroup[];
  readonly environment: { [name: string]: string };
  readonly secrets: { [name: string]: SecretReference };
}

/** Longest name of a public key and of a key group (CDK takes 80 characters of the 128 that CloudFront does). */
const MAX_NAME = 80;

/** Makes the key group, unless one is given. */
export function signing(scope: Construct, signedUrls?: SignedUrls): Signing {
  if (signedUrls === undefined) return { environment: {}, secrets: {} };
  const { keyGroup, keyPairId } = signedUrls.keyGroup === undefined
    ? createKeyGroup(new Construct(scope, 'SignedUrls'), signedUrls.publicKeys)
    : { keyGroup: signedUrls.keyGroup, keyPairId: signedUrls.keyPairId };
  const { privateKey: secret, privateKeyField: field } = signedUrls;
  return {
    trustedKeyGroups: [keyGroup],
    environment: keyPairId === undefined ? {} : { MEDIA_KEY_PAIR_ID: keyPairId },
    secrets: secret === undefined ? {} : { MEDIA_PRIVATE_KEY: { secret, field } },
  };
}

/** The fact worth knowing of private media. */
export function signedFact(trustedKeyGroups?: IKeyGroup[]): { [name: string]: string } {
  return trustedKeyGroups === undefined ? {} : { access: 'by signed URLs alone' };
}

/** CloudFront refuses to change a public key: each has an id of its own, so that another one is made beside it. */
function createKeyGroup(scope: Construct, pems: string[]): { keyGroup: IKeyGroup; keyPairId: string } {
  const keys = pems.map(encodedKey => {
    const holder = new Construct(scope, `Key${createHash('sha256').update(encodedKey).digest('hex').slice(0, 8)}`);
    return new PublicKey(holder, 'Resource', { encodedKey, publicKeyName: nameInAllRegions(holder, MAX_NAME) });
  });
  const keyGroup = new KeyGroup(scope, 'KeyGroup', { items: keys, keyGroupName: nameInAllRegions(scope, MAX_NAME) });
  return { keyGroup, keyPairId: keys[0].publicKeyId };
}
