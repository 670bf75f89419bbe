import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { Engine } from './engines/contract';
import { BindContext } from '../../core';
import { acknowledgeWildcards } from '../../core/private/acknowledge';
import { InlineCustomResource } from '../../core/private/resources/inline-function';

/**
 * RDS makes the groups itself, when it first has something to write: whoever comes second finds the group, and goes on with
 * it. They stay when the database goes: it writes until its last moment, and would make a deleted group again, without a key
 * and kept for ever. What is in them goes when its time is over.
 */
const HANDLER = `import boto3, cfnresponse

def handler(event, context):
    properties, logs = event['ResourceProperties'], boto3.client('logs')
    try:
        if event['RequestType'] != 'Delete':
            for name in properties['LogGroups']:
                keep(logs, name, properties)
        cfnresponse.send(event, context, cfnresponse.SUCCESS, {}, properties['LogGroups'][0])
    except Exception as error:
        print(error)
        cfnresponse.send(event, context, cfnresponse.FAILED, {}, properties['LogGroups'][0], reason=str(error))

def keep(logs, name, properties):
    try:
        logs.create_log_group(logGroupName=name)
    except logs.exceptions.ResourceAlreadyExistsException:
        pass
    logs.associate_kms_key(logGroupName=name, kmsKeyId=properties['KeyArn'])
    if properties['RetentionDays'] == '${RetentionDays.INFINITE}':
        logs.delete_retention_policy(logGroupName=name)
    else:
        logs.put_retention_policy(logGroupName=name, retentionInDays=int(properties['RetentionDays']))
`;

/** Encrypts the logs that RDS exports, and keeps them as long as the profile says: RDS itself does neither. */
export function keepExportedLogs(scope: Construct, paths: string[], { exportedLogs }: Engine, { profile, encryptionKey }: BindContext): void {
  const names = paths.flatMap(path => exportedLogs.map(log => `/aws/rds/${path}/${log}`));
  const arns = names.map(name => Stack.of(scope).formatArn({ service: 'logs', resource: `log-group:${name}` }));
  // CloudWatch Logs writes the ARN of a log group without an ending, or with this one.
  const endings = arns.map(arn => `${arn}:*`);
  const kept = new InlineCustomResource(scope, 'ExportedLogs', {
    resourceType: 'Custom::ExportedLogs',
    description: 'Encrypts the logs that RDS exports, and sets how long they are kept',
    code: HANDLER,
    statements: [new PolicyStatement({
      actions: ['logs:CreateLogGroup', 'logs:AssociateKmsKey', 'logs:PutRetentionPolicy', 'logs:DeleteRetentionPolicy'],
      resources: [...arns, ...endings],
    })],
    properties: {
      LogGroups: names, KeyArn: encryptionKey.keyArn, RetentionDays: String(profile.logRetention),
    },
    encryptionKey,
    profile,
  });
  acknowledgeWildcards(kept, endings, 'The ending of the ARN of a log group: each group is named');
}
