import { IPrincipal } from 'aws-cdk-lib/aws-iam';
import { IPipeline } from './contract';
import { GitHubActionsProps } from './git-hub-actions-props';
import { GitHubActions } from './private/git-hub-actions';
import { createReleaseRole } from './private/release-role';

/** Ways to let a team's pipeline release its application, by a role for sessions of at most an hour. */
export class Pipeline {
  /**
   * Runs of GitHub Actions, without any key that is kept: GitHub vouches for the run, and the role's trust names exactly one environment or
   * one branch of one repository.
   *
   * @param props which runs
   * @throws Error when the repository, the branch or the environment is none that can be, or both of the last two are given
   */
  public static githubActions(props: GitHubActionsProps): IPipeline {
    return new GitHubActions(props);
  }

  /**
   * Any other principal, such as the role of a CodeBuild project or another account's deployment role.
   *
   * @param principal who may take the role
   */
  public static assumedBy(principal: IPrincipal): IPipeline {
    return { bind: scope => createReleaseRole(scope, principal) };
  }

  private constructor() {}
}
