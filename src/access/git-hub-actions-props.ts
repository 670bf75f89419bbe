import { IOpenIdConnectProvider } from 'aws-cdk-lib/aws-iam';

/** Which runs of GitHub Actions release an application: those of one repository, and of it one environment or one branch. */
export interface GitHubActionsProps {
  /** Owner and name, such as `example/portal-api`, in the letter case that GitHub shows. */
  readonly repository: string;
  /**
   * The branch whose runs may release. Left out where an environment is given: GitHub then tells the environment alone, and which branches
   * may use it is a setting there.
   *
   * @default 'main'
   */
  readonly branch?: string;
  /**
   * The environment of the repository whose runs may release, such as `production`: it can ask for somebody's approval.
   *
   * @default - none: any run of the branch
   */
  readonly environment?: string;
  /**
   * What the account knows GitHub by; it has one at the most.
   *
   * @default - the account's own `token.actions.githubusercontent.com`, which has to be there
   */
  readonly provider?: IOpenIdConnectProvider;
}
