import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../../core/private/acknowledge';
import { managedPolicyRole } from '../../core/private/resources/managed-policy-role';

/** What DataSync does at the source: list and read (DataSync user guide, "Required permissions", source). */
const READ = ['s3:GetObject', 's3:GetObjectTagging', 's3:ListMultipartUploadParts'];
/** And at the destination, where it removes what it has begun and not finished (the same page, destination). */
const WRITE = [...READ, 's3:PutObject', 's3:PutObjectTagging', 's3:AbortMultipartUpload', 's3:DeleteObject'];

/** A role that DataSync takes for tasks of this account alone. */
export function dataSyncRole(scope: Construct, id: string): Role {
  const { account } = Stack.of(scope);
  const tasks = Stack.of(scope).formatArn({ service: 'datasync', resource: '*', arnFormat: ArnFormat.NO_RESOURCE_NAME });
  return managedPolicyRole(scope, id, 'datasync.amazonaws.com', {
    StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': tasks },
  });
}

/** Lets a role use the objects below a folder of a bucket, by its own policy: the bucket's, and its key's, stay as they are. */
export function letUse(role: Role, bucket: IBucket, subdirectory: string, isDestination: boolean): void {
  const objects = bucket.arnForObjects(`${subdirectory.replace(/^\/|\/$/g, '')}/*`.replace(/^\//, ''));
  role.addToPrincipalPolicy(new PolicyStatement({
    actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], resources: [bucket.bucketArn],
  }));
  role.addToPrincipalPolicy(new PolicyStatement({ actions: isDestination ? WRITE : READ, resources: [objects] }));
  acknowledgeWildcards(role, [objects], 'DataSync copies files, whatever their names, in the one folder alone');
  if (bucket.encryptionKey === undefined) return;
  role.addToPrincipalPolicy(new PolicyStatement({
    actions: isDestination ? ['kms:Decrypt', 'kms:GenerateDataKey'] : ['kms:Decrypt'],
    resources: [bucket.encryptionKey.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `s3.${Stack.of(role).region}.amazonaws.com` } },
  }));
}
