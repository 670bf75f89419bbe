import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { LIVE } from './go-live';
import { LiveVersion } from './live-version';
import { IReleasable } from '../../../core';
import { grantLogs } from '../../../workload/private/view-logs';

/** A new version of a function comes with a deployment; which of those that there are is live, its team says. */
export class FunctionRelease implements IReleasable {
  constructor(private readonly fn: CfnFunction, private readonly live: LiveVersion, private readonly logGroup: ILogGroup) {}

  public get parameters(): { [name: string]: string } {
    return { kind: 'function', function: this.fn.ref, alias: LIVE };
  }

  public grantRelease(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee, actions: ['lambda:UpdateAlias'], resourceArns: [this.fn.attrArn, this.live.aliasArn],
    }).combine(this.grantDescribe(grantee));
  }

  public grantView(grantee: IGrantable): Grant {
    return this.grantDescribe(grantee).combine(grantLogs(grantee, this.logGroup));
  }

  /** Not `GetFunction`, which gives away the code. */
  private grantDescribe(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['lambda:GetFunctionConfiguration', 'lambda:GetAlias', 'lambda:ListAliases', 'lambda:ListVersionsByFunction'],
      // A request for a version or an alias names it after the function's ARN.
      resourceArns: [this.fn.attrArn, `${this.fn.attrArn}:*`],
    });
  }
}
