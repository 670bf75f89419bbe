import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import { FederatedPrincipal, IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { createReleaseRole } from './release-role';
import { isGiven, Rule, validate } from '../../core/private/validation';
import { IPipeline } from '../contract';
import { GitHubActionsProps } from '../git-hub-actions-props';

/** Who vouches for runs of GitHub Actions (GitHub Docs, "Configuring OpenID Connect in Amazon Web Services"). */
const ISSUER = 'token.actions.githubusercontent.com';
const AUDIENCE = 'sts.amazonaws.com';

const RULES: Rule<GitHubActionsProps>[] = [
  // An owner has letters, digits and dashes; a policy would take `${` for a variable, so it is in none of these.
  named('repository', /^[A-Za-z0-9][A-Za-z0-9-]*\/[A-Za-z0-9._-]+$/, 'must be owner and name of one repository, with one slash between', 'example/portal-api'),
  named('branch', /^[A-Za-z0-9](?:[A-Za-z0-9._/-]*[A-Za-z0-9_-])?$/, 'must be the name of one branch, of letters, digits, dots, dashes, underscores and slashes', 'main'),
  named('environment', /^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be the name of one environment, of letters, digits, dots, dashes and underscores', 'production'),
  ({ branch, environment }) => branch === undefined || environment === undefined ? undefined
    : `'branch' must be left out where 'environment' is given, got ${JSON.stringify(branch)} and ${JSON.stringify(environment)}: GitHub tells the environment alone, say there which branches may use it`,
];

/** The choice of GitHub Actions. */
export class GitHubActions implements IPipeline {
  constructor(private readonly props: GitHubActionsProps) {
    validate('Pipeline.githubActions', props, RULES);
  }

  public bind(scope: Construct): IRole {
    const providerArn = this.props.provider?.openIdConnectProviderArn ?? Stack.of(scope).formatArn({
      service: 'iam', region: '', resource: 'oidc-provider', resourceName: ISSUER, arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    return createReleaseRole(scope, new FederatedPrincipal(providerArn, {
      StringEquals: { [`${ISSUER}:aud`]: AUDIENCE, [`${ISSUER}:sub`]: this.subject },
    }, 'sts:AssumeRoleWithWebIdentity'));
  }

  /** What GitHub says of a run (GitHub Docs, "OpenID Connect reference", subject claims). */
  private get subject(): string {
    const { repository, branch = 'main', environment } = this.props;
    return `repo:${repository}:${environment === undefined ? `ref:refs/heads/${branch}` : `environment:${environment}`}`;
  }
}

function named(prop: 'repository' | 'branch' | 'environment', pattern: RegExp, expectation: string, example: string): Rule<GitHubActionsProps> {
  return props => {
    const value = props[prop];
    if (!isGiven(value) && prop !== 'repository') return undefined;
    if (Token.isUnresolved(value)) return `'${prop}' must be known at synthesis, got a token: who may take the role is said by its name, give such as '${example}'`;
    return pattern.test(value ?? '') ? undefined : `'${prop}' ${expectation}, got ${JSON.stringify(value)}: give such as '${example}'`;
  };
}
