/** Jobs of GitHub Actions that may release. */
export interface GitHubActionsProps {
  /** Owner and name of the repository, such as `example/portal-web`. */
  readonly repository: string;
  /**
   * The GitHub environment that a job must be in, such as `production`: with reviewers and branches that GitHub asks for before the job runs.
   *
   * @default - a job of the branch, in no environment
   */
  readonly environment?: string;
  /**
   * The branch that a job must run for, where it is in no environment.
   *
   * @default 'main'
   */
  readonly branch?: string;
  /**
   * ARN of GitHub as an identity provider of the account. An account has one, which is made once for all.
   *
   * @default - the account's provider for `token.actions.githubusercontent.com`
   */
  readonly providerArn?: string;
}
