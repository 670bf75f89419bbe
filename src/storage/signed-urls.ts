import { createPublicKey, KeyObject } from 'crypto';
import { Token } from 'aws-cdk-lib';
import { IKeyGroup } from 'aws-cdk-lib/aws-cloudfront';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Rule, validate } from '../core/private/validation';

/** Who signs. */
export interface SignedUrlsOptions {
  /**
   * Holds the private key that belongs to the (first) public key, in PEM: the application receives it as `MEDIA_PRIVATE_KEY`.
   * The library never sees it.
   *
   * @default - the application gets no private key: something else signs
   */
  readonly privateKey?: ISecret;
  /**
   * The field of the secret's JSON that holds the private key.
   *
   * @default - the whole value
   */
  readonly privateKeyField?: string;
}

/** Who signs, with a key group that exists. */
export interface SignedUrlsByKeyGroupOptions extends SignedUrlsOptions {
  /**
   * Id of the public key that belongs to the private key, such as `K2JCJMDEHXQW5F`: the application receives it as
   * `MEDIA_KEY_PAIR_ID`.
   *
   * @default - the application is told no id
   */
  readonly keyPairId?: string;
}

/** Keys in a key group, at the most (CloudFront quotas). */
const MAX_KEYS = 5;
const RSA_BITS = 2048;
const CURVE = 'prime256v1';
const KEY_PAIR = '\'openssl genrsa -out private.pem 2048\' makes a pair, and \'openssl rsa -pubout -in private.pem\' prints its public key';

const RULES: Rule<{ pems: string[] }>[] = [
  ({ pems }) => pems.length >= 1 && pems.length <= MAX_KEYS ? undefined
    : `'pems' must hold 1 to ${MAX_KEYS} public keys, got ${pems.length}: a key group of CloudFront takes as many`,
  ({ pems }) => new Set(pems.map(pem => pem.trim())).size === pems.length ? undefined
    : '\'pems\' must differ, got the same key twice: CloudFront takes each once',
  ({ pems }) => {
    const problem = pems.map(problemOf).find(each => each !== undefined);
    return problem === undefined ? undefined : `'pems' must hold RSA keys of ${RSA_BITS} bits or ECDSA keys of 256 bits in PEM, got ${problem}: ${KEY_PAIR}`;
  },
];

/** What is wrong with a key, without the key: somebody may have given the private one. */
function problemOf(pem: string): string | undefined {
  // CloudFront refuses to change a key, so a new one gets another id, which is worked out from it.
  if (Token.isUnresolved(pem)) return 'a token, which is not known at synthesis';
  if (pem.includes('PRIVATE KEY')) return 'a private key, which belongs in Secrets Manager alone';
  if (!pem.trim().startsWith('-----BEGIN PUBLIC KEY-----')) return 'a text that does not begin with -----BEGIN PUBLIC KEY-----';
  try {
    return problemOfKey(createPublicKey(pem));
  } catch {
    return 'a text that is no key';
  }
}

function problemOfKey({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): string | undefined {
  if (type === 'rsa') return details?.modulusLength === RSA_BITS ? undefined : `an RSA key of ${details?.modulusLength} bits`;
  if (type === 'ec') return details?.namedCurve === CURVE ? undefined : `an ECDSA key on ${details?.namedCurve}`;
  return `a key of type ${type}`;
}

/**
 * Private media: the edge answers only requests whose URL or cookies are signed with a key that it trusts. The application
 * signs for those who may see a file.
 */
export class SignedUrls {
  /**
   * Signatures of key pairs that you made: the library makes the key group from their public halves.
   *
   * @param pems 1 to 5 public keys in PEM. The first signs; the others stay trusted, so that a key can be replaced while
   * URLs that it signed are still in use
   * @param options where the private key is
   * @throws Error when a text is no public RSA key of 2048 bits or ECDSA key of 256 bits, or is not known at synthesis
   */
  public static byPublicKeys(pems: string[], options: SignedUrlsOptions = {}): SignedUrls {
    validate('SignedUrls.byPublicKeys', { pems }, RULES);
    return new SignedUrls(pems.map(pem => `${pem.trim()}\n`), undefined, undefined, options.privateKey, options.privateKeyField);
  }

  /**
   * Signatures that a key group trusts which exists already.
   *
   * @param keyGroup the key group
   * @param options which of its keys signs, and where the private key is
   */
  public static byKeyGroup(keyGroup: IKeyGroup, options: SignedUrlsByKeyGroupOptions = {}): SignedUrls {
    return new SignedUrls([], keyGroup, options.keyPairId, options.privateKey, options.privateKeyField);
  }

  private constructor(
    /** The public keys that a key group is made of; none when one is given. */
    public readonly publicKeys: string[],
    /** The key group that is given. */
    public readonly keyGroup?: IKeyGroup,
    /** The id of the key that signs, when the key group is given. */
    public readonly keyPairId?: string,
    /** Holds the private key. */
    public readonly privateKey?: ISecret,
    /** The field of the secret that holds it. */
    public readonly privateKeyField?: string,
  ) {}
}
