import { Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { InlineCustomResource } from '../../core/private/resources/inline-function';
import { NetworkContext } from '../contract';

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
 * Closes the VPC's default security group, so that nothing is open by mistake. CloudFormation has no way to take a rule
 * from a group that it did not create.
 */
export function closeDefaultSecurityGroup(scope: Construct, vpc: Vpc, { encryptionKey, profile }: NetworkContext): void {
  const stack = Stack.of(scope);
  new InlineCustomResource(scope, 'DefaultSecurityGroup', {
    resourceType: 'Custom::ClosedDefaultSecurityGroup',
    description: 'Closes the default security group of a VPC',
    code: HANDLER,
    statements: [new PolicyStatement({
      actions: ['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress'],
      resources: [stack.formatArn({ service: 'ec2', resource: 'security-group', resourceName: vpc.vpcDefaultSecurityGroup })],
    })],
    properties: { GroupId: vpc.vpcDefaultSecurityGroup, Account: stack.account },
    encryptionKey,
    profile,
  });
}
