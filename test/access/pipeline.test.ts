import { CfnParameter } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Compute, GitHubActionsProps, IWebWorkload, InstanceCode, Pipeline } from '../../src';
import { addPortal, PortalProps } from '../patterns/spa-api';
import { eastStack, IMAGE, once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { resources, text } from '../support/template';

interface Statement { readonly Action: string | string[]; readonly Resource: unknown; readonly Condition?: object }

const web = Pipeline.githubActions({ repository: 'example/portal-web', environment: 'production' });
const api = Pipeline.githubActions({ repository: 'example/portal-api' });

function made(props: PortalProps = {}): Template {
  const stack = eastStack();
  addPortal(stack, { frontend: { pipeline: web, ...props.frontend }, backend: { pipeline: api, ...props.backend } });
  return Template.fromStack(stack);
}

const usual = once(() => made());
const onInstances = once(() => {
  const stack = eastStack();
  const code = InstanceCode.fromBucket(Bucket.fromBucketName(stack, 'Releases', 'releases'), 'api.zip');
  addPortal(stack, { backend: { pipeline: api, compute: Compute.instances({ code }) } });
  return Template.fromStack(stack);
});

/** Whatever the role of a pipeline may do, wherever it says so: action by action, with its resource and its condition. */
function mayDo(template: Template, application: 'Frontend' | 'Backend'): string[] {
  const role = resources(template, 'AWS::IAM::Role').find(({ id }) => id.startsWith(`Portal${application}PipelineRole`))!;
  expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
  expect(role.Properties).not.toHaveProperty('Policies');
  const policies = resources(template).filter(({ Type, Properties }) => /^AWS::IAM::(Managed)?Policy$/.test(Type) && JSON.stringify(Properties.Roles ?? []).includes(`"${role.id}"`));
  return policies.flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement)
    .flatMap(({ Action, Resource, Condition }) => [Action].flat().flatMap(action => [Resource].flat().map(resource =>
      `${action} ${text(resource)}${Condition === undefined ? '' : ` if ${JSON.stringify(Condition)}`}`)))
    .map(line => line.replace(/([a-z])[0-9A-F]{8}\b/g, '$1')).sort();
}

function trustOf(template: Template, application: string): unknown {
  const role = resources(template, 'AWS::IAM::Role').find(({ id }) => id.startsWith(`Portal${application}PipelineRole`))!;
  return (role.Properties.AssumeRolePolicyDocument as { Statement: unknown[] }).Statement;
}

describe('a pipeline of GitHub Actions', () => {
  test('signs in by jobs of one repository, and of one environment or one branch, alone', () => {
    const trust = (sub: string) => [{
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com', 'token.actions.githubusercontent.com:sub': sub } },
      Effect: 'Allow',
      Principal: { Federated: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111111111111:oidc-provider/token.actions.githubusercontent.com']] } },
    }];
    expect(trustOf(usual(), 'Frontend')).toEqual(trust('repo:example/portal-web:environment:production'));
    expect(trustOf(usual(), 'Backend')).toEqual(trust('repo:example/portal-api:ref:refs/heads/main'));
  });

  test('of a site may write builds and ask for releases, read their log, and nothing else', () => {
    const logs = '${PortalFrontendStaticSiteReleaseLogs.Arn}';
    const byS3 = ' if {"StringEquals":{"kms:ViaService":"s3.us-east-1.amazonaws.com"}}';
    expect(mayDo(usual(), 'Frontend')).toEqual([
      'kms:Decrypt ${PortalEncryptionKey.Arn}' + byS3, 'kms:GenerateDataKey ${PortalEncryptionKey.Arn}' + byS3,
      'lambda:InvokeFunction ${PortalFrontendStaticSiteReleaseFunction.Arn}',
      ...['DescribeLogStreams', 'FilterLogEvents', 'GetLogEvents'].map(action => `logs:${action} ${logs}`), 'logs:GetQueryResults *',
      `logs:StartQuery ${logs}`, 'logs:StopQuery *',
      's3:AbortMultipartUpload ${PortalFrontendStaticSiteStore.Arn}/builds/*', 's3:ListBucket ${PortalFrontendStaticSiteStore.Arn}',
      's3:PutObject ${PortalFrontendStaticSiteStore.Arn}/builds/*',
    ].sort());
  });

  test('of an API in containers may register a version with the service\'s own roles, roll its service out and back, and look', () => {
    const lines = mayDo(usual(), 'Backend');
    expect(lines.filter(line => line.startsWith('iam:'))).toEqual(['ExecutionRole', 'TaskRole'].map(role =>
      `iam:PassRole \${PortalBackendFargate${role}.Arn} if {"StringEquals":{"iam:PassedToService":"ecs-tasks.amazonaws.com"}}`));
    expect(lines.filter(line => line.startsWith('ecs:StopService')).map(line => line.split(' ')[1].split('/')[0]))
      .toEqual(['${PortalBackendFargateService}', 'arn:aws:ecs:us-east-1:111111111111:service-deployment']);
  });

  test('of an API in containers rolls out no definition of another family, and opens no shell', () => {
    const [update, ...others] = mayDo(usual(), 'Backend').filter(line => line.startsWith('ecs:UpdateService'));
    expect(others).toEqual([]);
    const [{ Properties: { Family } }] = resources(usual(), 'AWS::ECS::TaskDefinition');
    expect(JSON.parse(update.split(' if ')[1])).toEqual({
      ArnLikeIfExists: { 'ecs:task-definition': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:ecs:us-east-1:111111111111:task-definition/${text(Family)}:*`]] } },
      StringEqualsIfExists: { 'ecs:enable-execute-command': 'false' },
    });
  });

  test.each([['containers', usual], ['instances', onInstances]])('reaches nothing of the other application, of the database or of the platform: %s', (_, template) => {
    const [ofSite, ofApi] = [mayDo(template(), 'Backend'), template === usual ? mayDo(usual(), 'Frontend') : []];
    expect(ofSite.filter(line => line.includes('Frontend'))).toEqual([]);
    expect(ofApi.filter(line => line.includes('Backend'))).toEqual([]);
    const all = [...ofSite, ...ofApi];
    expect(all.filter(line => /Database|Monitoring|Network|Firewall|ContentDelivery|Credentials/.test(line))).toEqual([]);
    expect(all.filter(line => /^(iam:(?!PassRole)|sts|secretsmanager|ssm|cloudformation|organizations|kms:(?!Decrypt|GenerateDataKey))|^\w+:\*/.test(line))).toEqual([]);
  });

  test('tells whom its jobs take', () => {
    const outputs = Object.entries(usual().findOutputs('*') as { [id: string]: { Description?: string } }).filter(([id]) => id.includes('Pipeline'));
    expect(outputs.map(([, { Description }]) => Description).sort()).toEqual(['What jobs of example/portal-api take', 'What jobs of example/portal-web take']);
  });
});

test('somebody who is there already gets the same', () => {
  const stack = eastStack();
  const role = new Role(stack, 'Jenkins', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
  addPortal(stack, { frontend: { pipeline: Pipeline.fromGrantee(role) } });
  const [policy] = resources(Template.fromStack(stack), 'AWS::IAM::Policy').filter(({ id }) => id.startsWith('Jenkins'));
  expect(JSON.stringify(policy.Properties.PolicyDocument)).toContain('lambda:InvokeFunction');
});

describe('a pipeline', () => {
  const github = (props: Partial<GitHubActionsProps>) => () => Pipeline.githubActions({ repository: 'example/web', ...props });
  const wildcard = (prop: string, given: string) =>
    `[Pipeline.githubActions] '${prop}' must be one ${prop}, without wildcards, blanks and colons, got "${given}": a wildcard would let jobs of others release`;
  testRefusals([
    ['no repository', github({ repository: undefined }), '[Pipeline.githubActions] \'repository\' must be given, got undefined: give such as \'example/portal-web\''],
    ['a repository without an owner', github({ repository: 'web' }), '[Pipeline.githubActions] \'repository\' must be owner and name, got "web": give such as \'example/portal-web\''],
    ['any repository of an owner', github({ repository: 'example/*' }), '[Pipeline.githubActions] \'repository\' must be owner and name, got "example/*": give such as \'example/portal-web\''],
    ['any branch', github({ branch: '*' }), wildcard('branch', '*')],
    ['a part of an environment', github({ environment: 'prod*' }), wildcard('environment', 'prod*')],
    ['an environment with another claim in it', github({ environment: 'a:ref:refs/heads/main' }), wildcard('environment', 'a:ref:refs/heads/main')],
    ['a branch and an environment', github({ branch: 'main', environment: 'production' }),
      '[Pipeline.githubActions] \'environment\' and \'branch\' must not both be given, got "production" and "main": a job in an environment is known by that alone, and GitHub limits the branches of an environment'],
    ['a repository that is not known', () => Pipeline.githubActions({ repository: new CfnParameter(eastStack(), 'Repository').valueAsString }),
      '[Pipeline.githubActions] \'repository\' must be known at synthesis, got a token: who may release is not decided at a deployment'],
    ['nobody', () => Pipeline.fromGrantee(undefined as never), '[Pipeline.fromGrantee] \'grantee\' must be given, got undefined: give the role that the pipeline takes'],
    ['what nobody releases', () => {
      const fargate = Compute.fargate({ image: IMAGE });
      const compute = { unit: fargate.unit, bind: (...args: Parameters<typeof fargate.bind>): IWebWorkload => Object.defineProperty(fargate.bind(...args), 'release', { value: undefined }) };
      addPortal(eastStack(), { backend: { compute, pipeline: api } });
    }, '[Stack/Portal/Backend] \'backend.pipeline\' must be left out of an application that nobody releases by itself, got one: what runs it has no \'release\''],
  ]);
});
