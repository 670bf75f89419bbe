import { IGrantable } from 'aws-cdk-lib/aws-iam';
import { IPipeline } from './contract';
import { GitHubActionsProps } from './github-actions-props';
import { GitHubActions } from './private/github-actions';
import { isGiven, validate } from '../core/private/validation';

/** Ways to let a team's pipeline release its application. */
export class Pipeline {
  /**
   * Jobs of GitHub Actions, which sign in without a secret: a role that one repository's jobs take for an hour, of one environment or one
   * branch alone.
   *
   * @param props the repository, and which of its jobs
   * @throws Error when a name cannot be, holds a wildcard or is a token, or both a branch and an environment are given
   */
  public static githubActions(props: GitHubActionsProps): IPipeline {
    return new GitHubActions(props);
  }

  /**
   * Somebody who is there already: a role of another pipeline, or a user.
   *
   * @param grantee who releases
   * @throws Error when nobody is given
   */
  public static fromGrantee(grantee: IGrantable): IPipeline {
    validate('Pipeline.fromGrantee', { grantee }, [given => isGiven(given.grantee) ? undefined
      : `'grantee' must be given, got ${given.grantee}: give the role that the pipeline takes`]);
    return { bind: () => grantee };
  }

  private constructor() {}
}
