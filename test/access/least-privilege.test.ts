import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, PermissionsBoundary, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Compute, ICompute, InstanceCode, Pipeline, ReleasedImage, SpaApiPlatform } from '../../src';
import { API, functionTable, groupTable, HERE, imageTable, serviceTable, SITE, siteTable } from './support/attempts';
import { EvaluatedRole, Statement } from '../support/evaluated-role';
import { ACCOUNT, eastStack, FUNCTION_CODE, IMAGE, once } from '../support/platform';
import { resources } from '../support/template';

function portal(choose: (stack: Stack) => ICompute, prepare: (stack: Stack) => void = () => {}): Template {
  const stack = eastStack();
  prepare(stack);
  new SpaApiPlatform(stack, 'Portal', {
    frontend: { pipeline: Pipeline.githubActions({ repository: 'example/portal-site', environment: 'production' }) },
    backend: { compute: choose(stack), pipeline: Pipeline.githubActions({ repository: 'example/portal-api' }) },
  });
  return Template.fromStack(stack);
}

const fargate = () => Compute.fargate({ image: IMAGE });
const containers = once(() => portal(fargate));
const images = once(() => portal(() => Compute.fargate({ image: ReleasedImage.byTeam() })));
const machines = once(() => portal(stack => Compute.instances({ code: InstanceCode.fromBucket(Bucket.fromBucketName(stack, 'Releases', 'releases'), 'api.zip') })));
const executions = once(() => portal(() => Compute.function({ code: FUNCTION_CODE })));

const siteRole = (extra: Statement[] = []) => new EvaluatedRole(containers(), SITE, extra);
const serviceRole = (extra: Statement[] = []) => new EvaluatedRole(containers(), API, extra);
const imageRole = (extra: Statement[] = []) => new EvaluatedRole(images(), API, extra);
const functionRole = (extra: Statement[] = []) => new EvaluatedRole(executions(), API, extra);
const groupRole = (extra: Statement[] = []) => new EvaluatedRole(machines(), API, extra);

const ROLES = [
  ['a static site', siteRole, siteTable],
  ['a Fargate service', serviceRole, serviceTable],
  ['a Fargate service of its team\'s images', imageRole, imageTable],
  ['instances', groupRole, groupTable],
  ['a function', functionRole, functionTable],
] as const;

describe.each(ROLES)('the pipeline of %s', (_, make, tableOf) => {
  test('may do all that a release takes', async () => {
    const role = make();
    expect(await role.otherwise(tableOf(role).allowed, 'allowed')).toEqual([]);
  });

  test('may do nothing else', async () => {
    const role = make();
    const { refused } = tableOf(role);
    expect(refused.length).toBeGreaterThan(45);
    expect(await role.otherwise(refused, 'refused')).toEqual([]);
  });

  test('is caught when it may do anything at all', async () => {
    const role = make([{ Effect: 'Allow', Action: '*', Resource: '*' }]);
    const { refused } = tableOf(role);
    expect(await role.otherwise(refused, 'refused')).toEqual(refused.map(([name]) => name));
  });
});

describe('the table', () => {
  test.each([
    ['a wider right to update', { Action: 'ecs:UpdateService', Resource: `arn:aws:ecs:${HERE}:service/*` }, [
      'updates another service of the cluster', 'updates a service of another cluster', 'updates it to a task of others',
      'updates it to a family whose name begins as its own', 'opens shells to it', 'gives it public addresses',
    ]],
    ['roles passed to whomever', { Action: 'iam:PassRole', Resource: `arn:aws:iam::${ACCOUNT}:role/PortalBackendFargateTask*` },
      ['passes its task\'s role to a function', 'passes its task\'s role without saying whom to']],
    ['all parameters', { Action: 'ssm:GetParameter', Resource: '*' }, ['reads other parameters', 'reads the parameter of the site']],
  ])('finds %s', async (_, statement, found) => {
    const role = serviceRole([{ Effect: 'Allow', ...statement }]);
    expect(await role.otherwise(serviceTable(role).refused, 'refused')).toEqual(found);
  });

  test('takes a misspelt action for an error', async () => {
    const role = serviceRole();
    await expect(role.otherwise([['misspelt', 'ecs:UpdateServices', role.arn]], 'refused')).rejects.toThrow('invalid.action');
  });

  test('knows a boundary of the stack', async () => {
    const template = portal(fargate, stack => PermissionsBoundary.of(stack).apply(new ManagedPolicy(stack, 'Boundary', {
      statements: [new PolicyStatement({ actions: ['ecs:*'], resources: ['*'] })],
    })));
    const role = new EvaluatedRole(template, API);
    expect(await role.otherwise(serviceTable(role).allowed, 'allowed')).toEqual([
      'passes the role of the task', 'passes the role that starts it', 'reads the log of the API', 'reads what its workflow has to know',
    ]);
  });
});

test('roles are trusted by one subject each, for an hour', () => {
  const trusts = resources(containers(), 'AWS::IAM::Role').filter(({ id }) => SITE.test(id) || API.test(id))
    .map(({ Properties }) => [Properties.MaxSessionDuration, (Properties.AssumeRolePolicyDocument as { Statement: unknown }).Statement]);
  const trust = (sub: string) => [3600, [{
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com', 'token.actions.githubusercontent.com:sub': sub } },
    Effect: 'Allow',
    Principal: { Federated: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`]] } },
  }]];
  expect(trusts).toEqual([trust('repo:example/portal-site:environment:production'), trust('repo:example/portal-api:ref:refs/heads/main')]);
});
