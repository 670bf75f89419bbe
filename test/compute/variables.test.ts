import { Lazy, Stack } from 'aws-cdk-lib';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Compute, ElasticWebPlatform, InstanceCode } from '../../src';
import { platformTemplate } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { only } from '../support/template';

const image = ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx');
const untyped = (value: unknown) => value as never;
const fargate = (environment: unknown) => Compute.fargate({ image, environment: untyped(environment) });
const instances = (environment: unknown) => Compute.instances({
  code: InstanceCode.fromBucket(Bucket.fromBucketName(new Stack(), 'Code', 'code'), 'app.tar.gz'), environment: untyped(environment),
});
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`V${index}`, 'x']));

interface Web {
  readonly Name: string;
  readonly Environment: { Name: string; Value: unknown }[];
  readonly Secrets: { Name: string }[];
}

function webWith(environment: { [name: string]: string }): Web {
  const { ContainerDefinitions } = only(platformTemplate({ compute: fargate(environment) }), 'AWS::ECS::TaskDefinition').Properties as { ContainerDefinitions: Web[] };
  return ContainerDefinitions.find(({ Name }) => Name === 'web')!;
}

const texts = (path: string, got: string) => `[${path}] 'environment' must hold texts, got ${got}: give a text, or leave the variable out for the platform's own`;
const none = (path: string) => `[${path}] 'environment' must be variables by name, got null: leave it out for none`;

describe('variables of the application', () => {
  testRefusals([
    ['one without a value on Fargate', () => fargate({ DB_HOST: undefined, MODE: 'x' }), texts('Compute.fargate', 'DB_HOST undefined')],
    ['null on Fargate', () => fargate({ DB_HOST: null, DB_PASSWORD: undefined }), texts('Compute.fargate', 'DB_HOST null, DB_PASSWORD undefined')],
    ['a number on Fargate', () => fargate({ WORKERS: 8 }), texts('Compute.fargate', 'WORKERS 8')],
    ['null for all on Fargate', () => fargate(null), none('Compute.fargate')],
    ['one without a value on instances', () => instances({ DB_HOST: undefined }), texts('Compute.instances', 'DB_HOST undefined')],
    ['null on instances', () => instances({ DB_HOST: null }), texts('Compute.instances', 'DB_HOST null')],
    ['null for all on instances', () => instances(null), none('Compute.instances')],
    ['names that are none', () => fargate({ 'A B': 'x', '1ST': 'x', 'FINE': 'x', '': 'x' }),
      '[Compute.fargate] \'environment\' must be named by letters, digits and underscores, the first no digit, got "A B", "1ST", "": give names such as \'APP_MODE\''],
    ['no image', () => Compute.fargate(untyped({})), '[Compute.fargate] \'image\' must be given, got undefined: give ReleasedImage.byTeam(), or one such as ContainerImage.fromEcrRepository(repository, tag)'],
    ['a container that is none', () => Compute.fargate({ image, sidecars: untyped({ agent: null }) }),
      '[Compute.fargate] \'sidecars\' must hold a container by each name, got none for agent: leave the name out'],
    ['no compute', () => new ElasticWebPlatform(new Stack(), 'Shop', untyped({})),
      '[Default/Shop] \'compute\' must be given, got undefined: say what runs the application, such as Compute.fargate({ image }) or Compute.instances({ code })'],
    ['null as compute', () => new ElasticWebPlatform(new Stack(), 'Shop', untyped({ compute: null })),
      '[Default/Shop] \'compute\' must be given, got null: say what runs the application, such as Compute.fargate({ image }) or Compute.instances({ code })'],
  ]);

  test('one of the platform\'s is replaced by the given one, the secret of its name, too', () => {
    const { Environment, Secrets } = webWith({ DB_HOST: 'db.example.com', DB_PASSWORD: 'none' });
    expect(Environment.filter(({ Name }) => ['DB_HOST', 'DB_PASSWORD'].includes(Name)).map(({ Value }) => Value)).toEqual(['db.example.com', 'none']);
    expect(Secrets.map(({ Name }) => Name)).not.toContain('DB_PASSWORD');
  });

  test('a token is a value', () => {
    expect(webWith({ MODE: Lazy.string({ produce: () => 'quiet' }) }).Environment).toContainEqual({ Name: 'MODE', Value: 'quiet' });
  });

  test('are at most 100 with the platform\'s own', () => {
    const { Environment, Secrets } = webWith({});
    const own = Environment.length + Secrets.length;
    expect(own).toBeGreaterThan(5);
    const most = webWith(many(100 - own));
    expect(most.Environment.length + most.Secrets.length).toBe(100);
    expect(() => webWith(many(101 - own))).toThrow(new Error(
      `[Stack/Shop/Compute/Fargate] 'environment' must leave at most 100 variables in a container, got ${101 - own} beside ${own} of the platform's: keep settings in a file of the image, or several in one variable`));
  });
});
