import { Stack, Token, App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, OpenIdConnectProvider } from 'aws-cdk-lib/aws-iam';
import { Compute, GitHubActionsProps, Pipeline, SpaApiPlatform } from '../../src';
import { EAST, eastStack, IMAGE } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { only, resources, text } from '../support/template';

const REPOSITORY = 'example/portal-api';
const fargate = Compute.fargate({ image: IMAGE });
const github = (props: Partial<GitHubActionsProps> = {}) => Pipeline.githubActions({ repository: REPOSITORY, ...props });

describe('the role of a pipeline', () => {
  test('trusts a branch by its name', () => {
    const stack = eastStack();
    github({ branch: 'release/1.x' }).bind(stack);
    expect(JSON.stringify(only(Template.fromStack(stack), 'AWS::IAM::Role'))).toContain('"repo:example/portal-api:ref:refs/heads/release/1.x"');
  });

  test('trusts the provider that is given', () => {
    const stack = eastStack();
    const provider = OpenIdConnectProvider.fromOpenIdConnectProviderArn(stack, 'GitHub', 'arn:aws:iam::111111111111:oidc-provider/github.example/token');
    github({ provider }).bind(stack);
    expect(JSON.stringify(only(Template.fromStack(stack), 'AWS::IAM::Role'))).toContain('oidc-provider/github.example/token');
  });

  test('trusts any other principal', () => {
    const stack = eastStack();
    Pipeline.assumedBy(new AccountPrincipal('222222222222')).bind(stack);
    const { AssumeRolePolicyDocument } = only(Template.fromStack(stack), 'AWS::IAM::Role').Properties as { AssumeRolePolicyDocument: { Statement: { Principal: { AWS: unknown } }[] } };
    expect(AssumeRolePolicyDocument.Statement.map(({ Principal }) => text(Principal.AWS))).toEqual(['arn:aws:iam::222222222222:root']);
  });
});

test('of an application in its team\'s stack, all of it is in that stack', () => {
  const app = new App();
  const [home, team] = ['Platform', 'Team'].map(id => new Stack(app, id, { env: EAST }));
  new SpaApiPlatform(home, 'Portal', { backend: { compute: Compute.inStack(team, fargate), pipeline: github() } });
  const [homes, teams] = [home, team].map(each => Template.fromStack(each));
  homes.resourceCountIs('AWS::SSM::Parameter', 0);
  expect(only(teams, 'AWS::SSM::Parameter').Properties.Name).toBe('/releases/Team-Portal-Backend');
  expect(resources(teams, 'AWS::IAM::Role').map(({ id }) => id).filter(id => id.includes('Pipeline'))).toHaveLength(1);
  expect(home.dependencies).toEqual([]);
});

test('without a pipeline there is no role, no parameter and no output of one', () => {
  const stack = eastStack();
  new SpaApiPlatform(stack, 'Portal', { backend: { compute: fargate } });
  expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toContain('Pipeline');
});

const REPOSITORY_EXPECTED = '[Pipeline.githubActions] \'repository\' must be owner and name of one repository, with one slash between, got';
const GIVE_REPOSITORY = 'give such as \'example/portal-api\'';
testRefusals([
  ['a repository without an owner', () => github({ repository: 'portal-api' }), `${REPOSITORY_EXPECTED} "portal-api": ${GIVE_REPOSITORY}`],
  ['all repositories of an owner', () => github({ repository: 'example/*' }), `${REPOSITORY_EXPECTED} "example/*": ${GIVE_REPOSITORY}`],
  ['a repository with a variable of policies', () => github({ repository: 'example/${aws:username}' }), `${REPOSITORY_EXPECTED} "example/\${aws:username}": ${GIVE_REPOSITORY}`],
  ['a repository with a colon', () => github({ repository: 'example/api:ref' }), `${REPOSITORY_EXPECTED} "example/api:ref": ${GIVE_REPOSITORY}`],
  ['no repository', () => Pipeline.githubActions({} as GitHubActionsProps), `${REPOSITORY_EXPECTED} undefined: ${GIVE_REPOSITORY}`],
  ['a repository that is not known', () => github({ repository: Token.asString({ Ref: 'Repository' }) }),
    `[Pipeline.githubActions] 'repository' must be known at synthesis, got a token: who may take the role is said by its name, ${GIVE_REPOSITORY}`],
  ['all branches', () => github({ branch: '*' }),
    '[Pipeline.githubActions] \'branch\' must be the name of one branch, of letters, digits, dots, dashes, underscores and slashes, got "*": give such as \'main\''],
  ['an environment with a space', () => github({ environment: 'the production' }),
    '[Pipeline.githubActions] \'environment\' must be the name of one environment, of letters, digits, dots, dashes and underscores, got "the production": give such as \'production\''],
  ['a branch and an environment', () => github({ branch: 'main', environment: 'production' }),
    '[Pipeline.githubActions] \'branch\' must be left out where \'environment\' is given, got "main" and "production": GitHub tells the environment alone, say there which branches may use it'],
  ['a pipeline of what is released with its stack alone', () => {
    const { unit } = fargate;
    const bind: typeof fargate.bind = (scope, context) => Object.assign(fargate.bind(scope, context), { release: undefined });
    new SpaApiPlatform(eastStack(), 'Portal', { backend: { compute: { unit, bind }, pipeline: github() } });
  }, '[Stack/Portal] \'backend.pipeline\' must be left out where an application is released with its stack alone, got one: give the workload a \'release\', or deploy its stack'],
]);
