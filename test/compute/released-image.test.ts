import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { Compute, EnvironmentProfile, FargateProps, Frontend, Pipeline, ReleasedImage, Runtime, SpaApiPlatform } from '../../src';
import { EAST, eastStack, once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { only, propertiesOf, resources, text } from '../support/template';
import { fargate } from '../support/workloads';

const REPOSITORY = 'AWS::ECR::Repository';
const image = ReleasedImage.byTeam();
const standard = once(() => fargate({ props: { image } }).template);

describe('an image that its team releases', () => {
  test('is what stands behind a tag: no template names a version', () => {
    const [{ Image }] = propertiesOf(standard(), 'AWS::ECS::TaskDefinition').ContainerDefinitions as { Image: unknown }[];
    expect(text(Image)).toMatch(/SlotFargateRepository.*:live$/);
  });

  test('is there before the service begins, for its port, its health check and its processor', () => {
    expect(only(standard(), 'AWS::ECS::Service').DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^SlotFargateReleasesFirst/)]));
    const { template } = fargate({ props: { image, port: 9000, healthCheckPath: '/up', size: { cpuArchitecture: CpuArchitecture.ARM64 } } });
    expect(propertiesOf(template, 'Custom::FirstImage')).toMatchObject({ Port: '9000', Path: '/up', Architecture: 'arm64' });
    expect(propertiesOf(standard(), 'Custom::FirstImage')).toMatchObject({ Port: '8080', Path: '/healthz', Architecture: 'amd64' });
  });

  test('is in a repository of its own, encrypted and scanned, where no tag moves but those of the platform', () => {
    const moved = ['live', 'previous', 'first'].map(value => ({ ImageTagMutabilityExclusionFilterType: 'WILDCARD', ImageTagMutabilityExclusionFilterValue: value }));
    standard().hasResourceProperties(REPOSITORY, {
      ImageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      ImageTagMutabilityExclusionFilters: moved,
      ImageScanningConfiguration: { ScanOnPush: true },
      EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: Match.anyValue() },
    });
  });

  test('stays however many come after it: what carries a tag of the platform is another rule\'s, and that comes first', () => {
    const { LifecyclePolicyText } = propertiesOf(standard(), REPOSITORY).LifecyclePolicy as { LifecyclePolicyText: string };
    const { rules } = JSON.parse(LifecyclePolicyText) as { rules: { selection: { [name: string]: unknown } }[] };
    expect(rules.map(({ selection: { tagStatus, tagPatternList, countNumber } }) => [tagStatus, tagPatternList, countNumber])).toEqual([
      ['tagged', ['live'], 500], ['tagged', ['previous'], 500], ['tagged', ['first'], 500], ['any', undefined, 500],
    ]);
  });

  test('is kept when a production stack is deleted, and goes with a development stack', () => {
    const removal = (template: Template) => [only(template, REPOSITORY).DeletionPolicy, propertiesOf(template, REPOSITORY).EmptyOnDelete];
    expect(removal(standard())).toEqual(['RetainExceptOnCreate', false]);
    expect(removal(fargate({ props: { image }, profile: EnvironmentProfile.development() }).template)).toEqual(['Delete', true]);
  });

  test('is put back by the function when ECS takes a deployment back', () => {
    const rule = propertiesOf(standard(), 'AWS::Events::Rule') as { EventPattern: { [name: string]: unknown }; Targets: { Arn: unknown }[] };
    expect(rule.EventPattern).toMatchObject({ 'source': ['aws.ecs'], 'detail-type': ['ECS Deployment State Change'], 'detail': { eventName: ['SERVICE_DEPLOYMENT_FAILED', 'SERVICE_DEPLOYMENT_COMPLETED'] } });
    expect(text(rule.Targets[0].Arn)).toMatch(/SlotFargateReleasesFunction/);
    standard().hasResourceProperties('AWS::Lambda::Permission', { Principal: 'events.amazonaws.com', SourceArn: Match.anyValue() });
  });
});

describe('the workflow of its team', () => {
  const portal = once(() => {
    const stack = eastStack();
    const application = (name: string) => ({ pipeline: Pipeline.githubActions({ repository: `example/${name}` }) });
    new SpaApiPlatform(stack, 'Portal', {
      frontend: { site: Frontend.container({ compute: Compute.fargate({ image, runtime: Runtime.node() }) }), ...application('web') },
      backend: { compute: Compute.fargate({ image }), ...application('api') },
    });
    return Template.fromStack(stack);
  });

  test('knows its repository, and whom to ask', () => {
    const known = resources(portal(), 'AWS::SSM::Parameter').map(({ Properties }) => JSON.stringify(Properties.Value));
    ['PortalFrontend', 'PortalBackend'].forEach((application, index) => {
      expect(known[index]).toContain('\\"kind\\":\\"image\\",\\"repository\\":');
      expect(known[index]).toContain(`{"Ref":"${application}FargateRepository`);
      expect(known[index]).toMatch(new RegExp(`"releaseFunction.*"Ref":"${application}FargateReleasesFunction`));
    });
  });

  test('is its team\'s own, where the application stands in a stack of the team', () => {
    const stack = eastStack();
    const team = new Stack(stack.node.root as never, 'Team', { env: EAST });
    new SpaApiPlatform(stack, 'Portal', { backend: { compute: Compute.inStack(team, Compute.fargate({ image })) } });
    Template.fromStack(team).resourceCountIs(REPOSITORY, 1);
    Template.fromStack(stack).resourceCountIs(REPOSITORY, 0);
  });
});

describe('elsewhere', () => {
  const mend = 'it is for \'image\' of Compute.fargate alone; give another, such as ContainerImage.fromEcrRepository(repository, tag)';
  testRefusals([
    ['of a sidecar', () => fargate({ props: { sidecars: { proxy: { image } } } as Partial<FargateProps> }), expect.stringContaining(mend) as unknown as string],
  ]);
});
