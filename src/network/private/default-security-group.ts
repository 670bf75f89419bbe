import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnManagedPolicy, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledge';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';

/**
 * Revokes the two rules that EC2 gives every default security group. A rule that is gone already is no error, and
 * deletion leaves the group closed: it goes with its VPC.
 */
const HANDLER = `import boto3, cfnresponse
from botocore.exceptions import ClientError

def revoke(call, group, permission):
    try:
        call(GroupId=group, IpPermissions=[permission])
    except ClientError as error:
        if error.response['Error']['Code'] != 'InvalidPermission.NotFound':
            raise

def handler(event, context):
    group = event['ResourceProperties']['GroupId']
    try:
        if event['RequestType'] != 'Delete':
            ec2 = boto3.client('ec2')
            peers = [{'GroupId': group, 'UserId': event['ResourceProperties']['Account']}]
            revoke(ec2.revoke_security_group_ingress, group, {'IpProtocol': '-1', 'UserIdGroupPairs': peers})
            revoke(ec2.revoke_security_group_egress, group, {'IpProtocol': '-1', 'IpRanges': [{'CidrIp': '0.0.0.0/0'}]})
        cfnresponse.send(event, context, cfnresponse.SUCCESS, {}, group)
    except Exception as error:
        print(error)
        cfnresponse.send(event, context, cfnresponse.FAILED, {}, group, reason=str(error))
`;

/**
 * Closes the VPC's default security group, so that nothing is open by mistake.
 *
 * The library's only Lambda function: CloudFormation has no way to take a rule from a group that it did not create.
 * Inline, so that nothing has to be bootstrapped.
 */
export class ClosedDefaultSecurityGroup extends Construct {
  constructor(scope: Construct, id: string, vpc: Vpc, encryptionKey: IKey) {
    super(scope, id);
    const { account } = Stack.of(this);
    new CustomResource(this, 'Resource', {
      resourceType: 'Custom::ClosedDefaultSecurityGroup',
      serviceToken: this.createFunction(vpc, encryptionKey).attrArn,
      serviceTimeout: Duration.minutes(5),
      properties: { GroupId: vpc.vpcDefaultSecurityGroup, Account: account },
    });
  }

  private createFunction(vpc: IVpc & { vpcDefaultSecurityGroup: string }, encryptionKey: IKey): CfnFunction {
    const logGroup = new LogGroup(this, 'Logs', {
      encryptionKey,
      retention: RetentionDays.ONE_WEEK,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new ManagedPolicyRole(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPrincipalPolicy(new PolicyStatement({
      actions: ['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress'],
      resources: [Stack.of(this).formatArn({ service: 'ec2', resource: 'security-group', resourceName: vpc.vpcDefaultSecurityGroup })],
    }));
    logGroup.grantWrite(role);
    // The L2 function would name the role as a dependency twice, which cfn-lint warns of.
    const fn = new CfnFunction(this, 'Function', {
      description: 'Closes the default security group of a VPC',
      runtime: Runtime.PYTHON_3_14.name,
      handler: 'index.handler',
      code: { zipFile: HANDLER },
      timeout: Duration.minutes(1).toSeconds(),
      role: role.roleArn,
      loggingConfig: { logGroup: logGroup.logGroupName },
    });
    fn.addDependency(role.node.findChild('Policy').node.defaultChild as CfnManagedPolicy);
    acknowledge(fn, ['LambdaConcurrency', 'LambdaDLQ', 'LambdaInsideVPC'],
      'Runs only while CloudFormation waits for its answer, on a change of the stack: it is called once at a time, a failure fails the deployment, and it speaks to the EC2 API alone');
    return fn;
  }
}
