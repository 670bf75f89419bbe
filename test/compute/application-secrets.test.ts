import { CfnParameter, Fn, SecretValue, Stack } from 'aws-cdk-lib';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { ApplicationSecret, Compute, EnvironmentProfile, FargateProps, ICompute, InstanceCode, InstancesProps } from '../../src';
import { fileOf, userDataOf } from '../support/instances';
import { eastStack, once, platformTemplate } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { only, resources } from '../support/template';

const image = ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx');
const untyped = (value: unknown) => value as never;
const containers = (props: Partial<FargateProps>) => Compute.fargate({ image, ...props });
const machines = (stack: Stack, props: Partial<InstancesProps>) =>
  Compute.instances({ code: InstanceCode.fromBucket(Bucket.fromBucketName(stack, 'Releases', 'releases'), 'shop-1.zip'), ...props });
const ARN = 'arn:aws:secretsmanager:us-east-1:111111111111:secret:payment-AbCdEf';
const vault = (stack: Stack) => stack.node.tryFindChild('Vault') as ISecret | undefined ?? Secret.fromSecretCompleteArn(stack, 'Vault', ARN);
const secretsOf = (stack: Stack) => ({
  COOKIE_KEY: ApplicationSecret.generated(),
  PAYMENT_KEY: ApplicationSecret.fromSecretsManager(vault(stack), 'live'),
  WHOLE: ApplicationSecret.fromSecretsManager(vault(stack)),
});

const onFargate = once(() => platformTemplate(stack => ({ compute: containers({ secrets: secretsOf(stack) }) })));
const onInstances = once(() => platformTemplate(stack => ({ compute: machines(stack, { secrets: secretsOf(stack) }) })));

interface Web {
  readonly Name: string;
  readonly Environment: { Name: string; Value: unknown }[];
  readonly Secrets: { Name: string; ValueFrom: unknown }[];
}

function webOf(template: ReturnType<typeof platformTemplate>): Web {
  const { ContainerDefinitions } = only(template, 'AWS::ECS::TaskDefinition').Properties as { ContainerDefinitions: Web[] };
  return ContainerDefinitions.find(({ Name }) => Name === 'web')!;
}

const generatedId = (template: ReturnType<typeof platformTemplate>) =>
  resources(template, 'AWS::SecretsManager::Secret').filter(({ id }) => id.includes('COOKIEKEY')).map(({ id }) => id);

describe('secrets of the application', () => {
  test('reach a container by their ARN, and a field by its name', () => {
    const [id] = generatedId(onFargate());
    const { Secrets, Environment } = webOf(onFargate());
    expect(Secrets).toEqual(expect.arrayContaining([
      { Name: 'COOKIE_KEY', ValueFrom: { Ref: id } }, { Name: 'PAYMENT_KEY', ValueFrom: `${ARN}:live::` }, { Name: 'WHOLE', ValueFrom: ARN },
    ]));
    expect(Environment.map(({ Name }) => Name)).not.toContain('COOKIE_KEY');
  });

  test('reach an instance by their ARN, and its user data holds none', () => {
    const [id] = generatedId(onInstances());
    const lines = fileOf(userDataOf({ template: onInstances() }), '/etc/application/secrets').split('\n');
    expect(lines).toEqual(expect.arrayContaining([
      `COOKIE_KEY \${${id}} -`,
      `PAYMENT_KEY ${ARN} ${Buffer.from('live').toString('base64')}`,
    ]));
  });

  test.each([['a container', onFargate, /ExecutionRole/], ['an instance', onInstances, /InstancesRole/]])('may be read by %s', (_, template, role) => {
    const [id] = generatedId(template());
    const readers = resources(template()).filter(({ Type, Properties }) => /^AWS::IAM::(ManagedPolicy|Policy)$/.test(Type)
      && (Properties.PolicyDocument as { Statement: { Action: unknown; Resource: unknown }[] }).Statement.some(({ Action, Resource }) =>
        JSON.stringify(Action).includes('secretsmanager:GetSecretValue') && JSON.stringify(Resource).includes(`"${id}"`))).map(each => each.id);
    expect(readers).toHaveLength(1);
    expect(readers[0]).toMatch(role);
  });

  test('that are generated are the same for both computes: a change of compute keeps them', () => {
    const made = (template: ReturnType<typeof platformTemplate>) => {
      const [id] = generatedId(template);
      return [id, template.toJSON().Resources[id]];
    };
    expect(generatedId(onFargate())).toHaveLength(1);
    expect(made(onInstances())).toEqual(made(onFargate()));
  });

  test('that are generated are encrypted with the platform\'s key, and outlive a production stack alone', () => {
    const of = (profile: EnvironmentProfile) => resources(platformTemplate({
      profile, compute: containers({ secrets: { KEY: ApplicationSecret.generated({ length: 32 }) } }),
    }), 'AWS::SecretsManager::Secret').find(({ id }) => id.includes('SecretsKEY'))!;
    const { DeletionPolicy, UpdateReplacePolicy, Properties } = of(EnvironmentProfile.production());
    expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['RetainExceptOnCreate', 'Retain']);
    expect(Properties.GenerateSecretString).toEqual({ PasswordLength: 32, ExcludePunctuation: true });
    expect(JSON.stringify(Properties.KmsKeyId)).toContain('EncryptionKey');
    expect(of(EnvironmentProfile.development()).DeletionPolicy).toBe('Delete');
  });

  test('win over what the platform has of the same name, whether a variable or a secret', () => {
    const web = webOf(platformTemplate(stack => ({
      compute: containers({ secrets: { DB_HOST: ApplicationSecret.generated(), DB_PASSWORD: ApplicationSecret.fromSecretsManager(vault(stack)) } }),
    })));
    expect(web.Environment.map(({ Name }) => Name)).not.toContain('DB_HOST');
    expect(web.Secrets.filter(({ Name }) => Name.startsWith('DB_')).map(({ Name }) => Name).sort()).toEqual(['DB_HOST', 'DB_PASSWORD', 'DB_USER']);
  });
});

const fieldOf = (stack: Stack) => vault(stack).secretValueFromJson('live');
const inClear: [string, (stack: Stack) => string][] = [
  ['a secret that was unwrapped', stack => fieldOf(stack).unsafeUnwrap()],
  ['one within a text', stack => `redis://:${fieldOf(stack).unsafeUnwrap()}@cache`],
  ['one that was not unwrapped', stack => fieldOf(stack).toString()],
  ['one in a function of CloudFormation', stack => Fn.join('', ['a', fieldOf(stack).unsafeUnwrap()])],
  ['a reference as text', () => '{{resolve:secretsmanager:payment:SecretString:live}}'],
  ['a secure parameter', () => SecretValue.ssmSecure('payment').unsafeUnwrap()],
  ['a hidden parameter of the template', stack => new CfnParameter(stack, 'Hidden', { noEcho: true }).valueAsString],
];
const message = (prop: string, name: string) => `[Stack/Shop/Compute] '${prop}' must hold no secret, got one in ${name}: it would be readable for whoever sees how the units are set up; give it in 'secrets', such as ApplicationSecret.fromSecretsManager(secret, 'field')`;
const platform = (compute: (stack: Stack) => ICompute) => () => platformTemplate(stack => ({ compute: compute(stack) }));

describe('secrets in clear', () => {
  testRefusals(inClear.flatMap(([what, value]) => [
    [`${what} on Fargate`, platform(stack => containers({ environment: { MODE: 'x', KEY: value(stack) } })), message('environment', 'KEY')],
    [`${what} on instances`, platform(stack => machines(stack, { environment: { KEY: value(stack) } })), message('environment', 'KEY')],
  ]));

  testRefusals([
    ['one in a sidecar', platform(stack => containers({ sidecars: { agent: { image, environment: { LICENSE: fieldOf(stack).unsafeUnwrap() } } } })),
      message('sidecars.agent.environment', 'LICENSE')],
    ['one in php.ini', platform(stack => machines(stack, { php: { ini: { 'mail.key': fieldOf(stack).unsafeUnwrap() } } })), message('php.ini', 'mail.key')],
  ]);

  test('are not what else is known at deployment alone', () => {
    const modes = (stack: Stack) => ({
      SHOWN: new CfnParameter(stack, 'Shown').valueAsString,
      BUCKET: new Bucket(stack, 'Bucket').bucketName,
      PLAIN: SecretValue.unsafePlainText('plain').unsafeUnwrap(),
    });
    expect(platform(stack => containers({ environment: modes(stack) }))).not.toThrow();
    expect(platform(stack => machines(stack, { environment: modes(stack) }))).not.toThrow();
  });
});

describe('the props', () => {
  testRefusals([
    ['a text as a secret', () => containers({ secrets: untyped({ KEY: 'abc', OTHER: null }) }),
      '[Compute.fargate] \'secrets\' must hold an application secret by each name, got KEY string, OTHER null: give ApplicationSecret.fromSecretsManager(secret) or ApplicationSecret.generated()'],
    ['a name that is none', () => machines(eastStack(), { secrets: { 'a-b': ApplicationSecret.generated() } }),
      '[Compute.instances] \'secrets\' must be named by letters, digits and underscores, the first no digit, got "a-b": give names such as \'API_KEY\''],
    ['one name twice', () => containers({ environment: { KEY: 'x' }, secrets: { KEY: ApplicationSecret.generated() } }),
      '[Compute.fargate] \'secrets\' and \'environment\' must not have one name, got KEY in both: leave it out of one of them'],
    ['a length of none', () => ApplicationSecret.generated({ length: 0 }),
      '[ApplicationSecret.generated] \'length\' must be a whole number between 1 and 4096, got 0: give the number of letters and digits that the application expects'],
  ]);
});
