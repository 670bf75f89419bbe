import { CustomResource, Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  FlowLogDestination, FlowLogTrafficType, GatewayVpcEndpointAwsService, IpAddresses, SubnetType, Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { createInlineFunction } from './inline-function';

export interface HandNetwork {
  readonly vpc: Vpc;
  readonly flowLogs: LogGroup;
}

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

export function createNetwork(stack: Stack, key: IKey): HandNetwork {
  const vpc = new Vpc(stack, 'Vpc', {
    ipAddresses: IpAddresses.cidr('10.0.0.0/16'),
    availabilityZones: [0, 1, 2].map(index => Fn.select(index, Fn.getAzs())),
    natGateways: 3,
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [
      { name: 'Public', subnetType: SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
      { name: 'Application', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      { name: 'Data', subnetType: SubnetType.PRIVATE_ISOLATED },
    ],
    gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 }, DynamoDb: { service: GatewayVpcEndpointAwsService.DYNAMODB } },
  });
  const flowLogs = recordFlows(stack, vpc, key);
  closeDefaultSecurityGroup(stack, vpc, key);
  return { vpc, flowLogs };
}

function recordFlows(stack: Stack, vpc: Vpc, key: IKey): LogGroup {
  const logGroup = new LogGroup(stack, 'FlowLogs', {
    encryptionKey: key, retention: RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  const role = new Role(stack, 'FlowLogsRole', { assumedBy: new ServicePrincipal('vpc-flow-logs.amazonaws.com') });
  new ManagedPolicy(stack, 'FlowLogsPolicy', {
    roles: [role],
    statements: [new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
      resources: [logGroup.logGroupArn],
    })],
  });
  vpc.addFlowLog('FlowLog', {
    destination: FlowLogDestination.toCloudWatchLogs(logGroup, role.withoutPolicyUpdates()),
    trafficType: FlowLogTrafficType.ALL,
  });
  return logGroup;
}

function closeDefaultSecurityGroup(stack: Stack, vpc: Vpc, key: IKey): void {
  const fn = createInlineFunction(stack, 'DefaultSecurityGroup', {
    key,
    description: 'Closes the default security group of a VPC',
    code: HANDLER,
    statement: new PolicyStatement({
      actions: ['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress'],
      resources: [stack.formatArn({ service: 'ec2', resource: 'security-group', resourceName: vpc.vpcDefaultSecurityGroup })],
    }),
    timeout: 60,
    retention: RetentionDays.ONE_WEEK,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  new CustomResource(stack, 'DefaultSecurityGroup', {
    resourceType: 'Custom::ClosedDefaultSecurityGroup',
    serviceToken: fn.attrArn,
    serviceTimeout: Duration.minutes(5),
    properties: { GroupId: vpc.vpcDefaultSecurityGroup, Account: stack.account },
  });
}
