import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';

/** Lets somebody read and query a workload's logs; what a query found is asked for by its id, which names no group. */
export function grantLogs(grantee: IGrantable, { logGroupArn }: ILogGroup): Grant {
  return Grant.addToPrincipal({
    grantee,
    actions: ['logs:DescribeLogStreams', 'logs:FilterLogEvents', 'logs:GetLogEvents', 'logs:StartQuery'],
    resourceArns: [logGroupArn],
  }).combine(Grant.addToPrincipal({ grantee, actions: ['logs:GetQueryResults', 'logs:StopQuery'], resourceArns: ['*'] }));
}
