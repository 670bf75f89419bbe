import { CustomResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DatabaseCluster } from 'aws-cdk-lib/aws-rds';
import { createInlineFunction } from './inline-function';

export const EXPORTED_LOGS = ['audit', 'error', 'general', 'slowquery'];

const HANDLER = `import boto3, cfnresponse

def handler(event, context):
    properties, logs = event['ResourceProperties'], boto3.client('logs')
    groups = properties['LogGroups']
    try:
        if event['RequestType'] != 'Delete':
            for name in groups:
                try:
                    logs.create_log_group(logGroupName=name)
                except logs.exceptions.ResourceAlreadyExistsException:
                    pass
                logs.associate_kms_key(logGroupName=name, kmsKeyId=properties['KeyArn'])
                logs.put_retention_policy(logGroupName=name, retentionInDays=int(properties['RetentionDays']))
        cfnresponse.send(event, context, cfnresponse.SUCCESS, {}, groups[0])
    except Exception as error:
        print(error)
        cfnresponse.send(event, context, cfnresponse.FAILED, {}, groups[0], reason=str(error))
`;

/** RDS makes the log groups itself, without a key and kept for ever. */
export function keepExportedLogs(stack: Stack, cluster: DatabaseCluster, key: IKey): void {
  const names = EXPORTED_LOGS.map(log => `/aws/rds/cluster/${cluster.clusterIdentifier}/${log}`);
  const arns = names.map(name => stack.formatArn({ service: 'logs', resource: `log-group:${name}` }));
  const fn = createInlineFunction(stack, 'ExportedLogs', {
    key,
    description: 'Encrypts the logs that RDS exports, and sets how long they are kept',
    code: HANDLER,
    statement: new PolicyStatement({
      actions: ['logs:CreateLogGroup', 'logs:AssociateKmsKey', 'logs:PutRetentionPolicy'],
      resources: [...arns, ...arns.map(arn => `${arn}:*`)],
    }),
    timeout: 900,
    retention: RetentionDays.ONE_WEEK,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  new CustomResource(stack, 'ExportedLogs', {
    resourceType: 'Custom::ExportedLogs',
    serviceToken: fn.attrArn,
    serviceTimeout: Duration.minutes(15),
    properties: { LogGroups: names, KeyArn: key.keyArn, RetentionDays: '365' },
  });
}
