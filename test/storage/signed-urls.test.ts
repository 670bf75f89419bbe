import { generateKeyPairSync, KeyObject } from 'node:crypto';
import { Lazy } from 'aws-cdk-lib';
import { KeyGroup } from 'aws-cdk-lib/aws-cloudfront';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { library, publicKey } from './support';
import { Media, SignedUrls } from '../../src';
import { once, platformTemplate } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { only, propertiesOf, resources, text } from '../support/template';

const KEY = 'AWS::CloudFront::PublicKey';
const GROUP = 'AWS::CloudFront::KeyGroup';
const [first, second] = [once(publicKey), once(publicKey)];
const withKeys = (...pems: string[]) => library(Media.bucket({ signedUrls: SignedUrls.byPublicKeys(pems) }));
const one = once(() => withKeys(first()));
const platform = once(() => platformTemplate(stack => ({
  media: Media.fileSystem({ signedUrls: SignedUrls.byPublicKeys([first()], { privateKey: new Secret(stack, 'PrivateKey'), privateKeyField: 'pem' }) }),
})));

describe('signed URLs by public keys', () => {
  test('are trusted by a key group of the library\'s own', () => {
    const { template, block, stack } = one();
    const key = only(template, KEY);
    expect(key.Properties.PublicKeyConfig).toMatchObject({ EncodedKey: first() });
    expect(propertiesOf(template, GROUP).KeyGroupConfig).toMatchObject({ Items: [{ Ref: key.id }] });
    expect(block.trustedKeyGroups?.map(group => stack.resolve(group.keyGroupId) as unknown)).toEqual([{ Ref: only(template, GROUP).id }]);
  });

  test('tell the application which key signs, and give it no private key that is not given', () => {
    const { template, block, stack } = one();
    expect(stack.resolve(block.environment)).toMatchObject({ MEDIA_KEY_PAIR_ID: { Ref: only(template, KEY).id } });
    expect(block.secrets).toEqual({});
  });

  test('of two keys are made by the first and trusted by both', () => {
    const { template, block, stack } = withKeys(second(), first());
    const [signs, trusted] = resources(template, KEY).map(({ id }) => ({ Ref: id }));
    expect(propertiesOf(template, GROUP).KeyGroupConfig).toMatchObject({ Items: [signs, trusted] });
    expect(stack.resolve(block.environment)).toMatchObject({ MEDIA_KEY_PAIR_ID: signs });
    expect(resources(template, KEY)[0].Properties.PublicKeyConfig).toMatchObject({ EncodedKey: second() });
  });

  test('leave a key in place when another joins it, since CloudFront changes none', () => {
    const before = only(one().template, KEY);
    expect(resources(withKeys(second(), first()).template, KEY)).toContainEqual(before);
    expect(only(withKeys(second()).template, KEY).id).not.toBe(before.id);
    expect(only(withKeys(second()).template, GROUP).id).toBe(only(one().template, GROUP).id);
  });

  test('end the key in one line break, as CloudFront gives it back', () => {
    const { template } = withKeys(`\n${first()}\n\n`);
    expect(propertiesOf(template, KEY).PublicKeyConfig).toMatchObject({ EncodedKey: first() });
  });

  test('are what the edge of a platform asks for, of media alone', () => {
    const { DefaultCacheBehavior, CacheBehaviors } = propertiesOf(platform(), 'AWS::CloudFront::Distribution').DistributionConfig as {
      DefaultCacheBehavior: object; CacheBehaviors: { PathPattern: string; TrustedKeyGroups?: unknown }[];
    };
    expect(DefaultCacheBehavior).not.toHaveProperty('TrustedKeyGroups');
    expect(CacheBehaviors.map(({ PathPattern, TrustedKeyGroups }) => [PathPattern, TrustedKeyGroups])).toContainEqual(['/media/*', [{ Ref: only(platform(), GROUP).id }]]);
  });

  test('are made by the application with the private key, which it gets as a secret', () => {
    const container = JSON.stringify(propertiesOf(platform(), 'AWS::ECS::TaskDefinition').ContainerDefinitions);
    expect(container).toContain(`{"Name":"MEDIA_KEY_PAIR_ID","Value":{"Ref":"${only(platform(), KEY).id}"}}`);
    const [{ Secrets }] = propertiesOf(platform(), 'AWS::ECS::TaskDefinition').ContainerDefinitions as { Secrets: { Name: string; ValueFrom: unknown }[] }[];
    const secret = resources(platform(), 'AWS::SecretsManager::Secret').find(({ id }) => id.startsWith('PrivateKey'));
    expect(Secrets.filter(({ Name }) => Name === 'MEDIA_PRIVATE_KEY').map(({ ValueFrom }) => text(ValueFrom))).toEqual([`\${${secret?.id}}:pem::`]);
  });
});

describe('signed URLs by a key group', () => {
  test('are trusted by it, and no other is made', () => {
    const { template, block } = library(scope => Media.bucket({ signedUrls: SignedUrls.byKeyGroup(KeyGroup.fromKeyGroupId(scope, 'Group', 'group-1')) }));
    expect(block.trustedKeyGroups?.map(({ keyGroupId }) => keyGroupId)).toEqual(['group-1']);
    expect(block.environment).not.toHaveProperty('MEDIA_KEY_PAIR_ID');
    template.resourceCountIs(GROUP, 0);
  });

  test('tell the application of the key that is named', () => {
    const { block } = library(scope => Media.bucket({
      signedUrls: SignedUrls.byKeyGroup(KeyGroup.fromKeyGroupId(scope, 'Group', 'group-1'), { keyPairId: 'K1', privateKey: new Secret(scope, 'Key') }),
    }));
    expect(block.environment).toMatchObject({ MEDIA_KEY_PAIR_ID: 'K1' });
    expect(Object.keys(block.secrets)).toEqual(['MEDIA_PRIVATE_KEY']);
  });
});

describe('public media', () => {
  test('ask for no signature', () => {
    const { block, template } = library(Media.bucket());
    expect(block.trustedKeyGroups).toBeUndefined();
    template.resourceCountIs(GROUP, 0);
  });
});

describe('SignedUrls.byPublicKeys', () => {
  test('takes an ECDSA key of 256 bits', () => {
    expect(() => SignedUrls.byPublicKeys([publicPem(generateKeyPairSync('ec', { namedCurve: 'P-256' }))])).not.toThrow();
  });

  const publicPem = ({ publicKey: key }: { publicKey: KeyObject }) => key.export({ type: 'spki', format: 'pem' }).toString();
  const long = once(() => generateKeyPairSync('rsa', { modulusLength: 3072 }));
  const message = (given: string) => `[SignedUrls.byPublicKeys] 'pems' must hold RSA keys of 2048 bits or ECDSA keys of 256 bits in PEM, got ${given}: 'openssl genrsa -out private.pem 2048' makes a pair, and 'openssl rsa -pubout -in private.pem' prints its public key`;
  const count = (given: number) => `[SignedUrls.byPublicKeys] 'pems' must hold 1 to 5 public keys, got ${given}: a key group of CloudFront takes as many`;
  testRefusals([
    ['no key', () => SignedUrls.byPublicKeys([]), count(0)],
    ['more keys than a group takes', () => SignedUrls.byPublicKeys(Array.from({ length: 6 }, publicKey)), count(6)],
    ['the same key twice', () => SignedUrls.byPublicKeys([first(), `${first()}\n`]),
      '[SignedUrls.byPublicKeys] \'pems\' must differ, got the same key twice: CloudFront takes each once'],
    ['a private key, without printing it', () => SignedUrls.byPublicKeys([long().privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()]), message('a private key, which belongs in Secrets Manager alone')],
    ['a token', () => SignedUrls.byPublicKeys([Lazy.string({ produce: () => first() })]), message('a token, which is not known at synthesis')],
    ['another text', () => SignedUrls.byPublicKeys(['ssh-rsa AAAA']), message('a text that does not begin with -----BEGIN PUBLIC KEY-----')],
    ['a broken key', () => SignedUrls.byPublicKeys(['-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----']), message('a text that is no key')],
    ['an RSA key of another length', () => SignedUrls.byPublicKeys([publicPem(long())]), message('an RSA key of 3072 bits')],
    ['an ECDSA key on another curve', () => SignedUrls.byPublicKeys([publicPem(generateKeyPairSync('ec', { namedCurve: 'P-384' }))]), message('an ECDSA key on secp384r1')],
    ['a key of another type', () => SignedUrls.byPublicKeys([publicPem(generateKeyPairSync('ed25519'))]), message('a key of type ed25519')],
  ]);
});
