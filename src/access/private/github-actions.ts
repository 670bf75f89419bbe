import { CfnOutput, Duration, Stack, Token } from 'aws-cdk-lib';
import { IGrantable, Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { withManagedPolicy } from '../../core/private/resources/managed-policy-role';
import { isGiven, known, Rule, validate } from '../../core/private/validation';
import { IPipeline } from '../contract';
import { GitHubActionsProps } from '../github-actions-props';

/** Who signs the tokens of jobs (GitHub, "Configuring OpenID Connect in Amazon Web Services"). */
const ISSUER = 'token.actions.githubusercontent.com';
/** For whom they are signed, by the action that configures AWS's credentials. */
const AUDIENCE = 'sts.amazonaws.com';
/** The least that a role may be asked for, which is more than a release takes. */
const SESSION = Duration.hours(1);

/** As GitHub takes them: an organisation's or user's name, and a repository's. */
const REPOSITORY = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\/[A-Za-z0-9._-]+$/;
const NAME = /^[^\s*?:"'`]{1,255}$/;

const RULES: Rule<GitHubActionsProps>[] = [
  ...(['repository', 'environment', 'branch'] as const).map((prop): Rule<GitHubActionsProps> => known(prop, 'who may release is not decided at a deployment')),
  ({ repository }) => !isGiven(repository) || Token.isUnresolved(repository) || REPOSITORY.test(repository) ? undefined
    : `'repository' must be owner and name, got ${JSON.stringify(repository)}: give such as 'example/portal-web'`,
  ({ repository }) => isGiven(repository) ? undefined : `'repository' must be given, got ${repository}: give such as 'example/portal-web'`,
  ...(['environment', 'branch'] as const).map((prop): Rule<GitHubActionsProps> => ({ [prop]: name }) =>
    name === undefined || Token.isUnresolved(name) || NAME.test(name) ? undefined
      : `'${prop}' must be one ${prop}, without wildcards, blanks and colons, got ${JSON.stringify(name)}: a wildcard would let jobs of others release`),
  ({ environment, branch }) => environment === undefined || branch === undefined ? undefined
    : `'environment' and 'branch' must not both be given, got ${JSON.stringify(environment)} and ${JSON.stringify(branch)}: a job in an environment is known by that alone, and GitHub limits the branches of an environment`,
];

/** A role for jobs of one repository. */
export class GitHubActions implements IPipeline {
  constructor(private readonly props: GitHubActionsProps) {
    validate('Pipeline.githubActions', props, RULES);
  }

  public bind(scope: Construct): IGrantable {
    const role = new Role(scope, 'Role', {
      description: `Releases of ${this.props.repository}`,
      assumedBy: new WebIdentityPrincipal(this.providerArn(scope), { StringEquals: { [`${ISSUER}:aud`]: AUDIENCE, [`${ISSUER}:sub`]: this.subject } }),
      maxSessionDuration: SESSION,
    });
    withManagedPolicy(role);
    new CfnOutput(scope, 'RoleArn', { value: role.roleArn, description: `What jobs of ${this.props.repository} take` });
    return role;
  }

  /** What the token of a job says of it (GitHub, "OpenID Connect reference", example subject claims). */
  private get subject(): string {
    const { repository, environment, branch = 'main' } = this.props;
    return `repo:${repository}:${environment === undefined ? `ref:refs/heads/${branch}` : `environment:${environment}`}`;
  }

  private providerArn(scope: Construct): string {
    const { partition, account } = Stack.of(scope);
    return this.props.providerArn ?? `arn:${partition}:iam::${account}:oidc-provider/${ISSUER}`;
  }
}
