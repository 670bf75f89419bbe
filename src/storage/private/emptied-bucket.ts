import { Tags } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { EnvironmentProfile } from '../../core';
import { acknowledgeWildcards } from '../../core/private/acknowledge';
import { InlineCustomResource } from '../../core/private/resources/inline-function';

/** Tells the function that the bucket is still to be emptied. */
const TAG = 'cdk-platform-patterns:empty-on-deletion';

/**
 * Deletes every version of every object when the resource is deleted, which is before its bucket is. But the resource is
 * deleted too when its stack changes to a profile that keeps data: the same update takes the tag from the bucket, before.
 */
const HANDLER = `import boto3, cfnresponse
from botocore.exceptions import ClientError

def to_be_emptied(name):
    try:
        tags = boto3.client('s3').get_bucket_tagging(Bucket=name)['TagSet']
    except ClientError as error:
        if error.response['Error']['Code'] in ('NoSuchTagSet', 'NoSuchBucket'):
            return False
        raise
    return {'Key': '${TAG}', 'Value': 'true'} in tags

def handler(event, context):
    name = event['ResourceProperties']['Bucket']
    try:
        if event['RequestType'] == 'Delete' and to_be_emptied(name):
            boto3.resource('s3').Bucket(name).object_versions.delete()
        cfnresponse.send(event, context, cfnresponse.SUCCESS, {}, name)
    except Exception as error:
        print(error)
        cfnresponse.send(event, context, cfnresponse.FAILED, {}, name, reason=str(error))
`;

/**
 * Empties a bucket before it is deleted, where the profile destroys data: CloudFormation refuses to delete a bucket that
 * holds objects, and has no way to empty one. Does nothing for a profile that keeps data.
 */
export function emptyOnDeletion(scope: Construct, bucket: Bucket, profile: EnvironmentProfile, encryptionKey: IKey): void {
  if (!profile.destroysData) return;
  Tags.of(bucket).add(TAG, 'true', { includeResourceTypes: ['AWS::S3::Bucket'] });
  const objects = bucket.arnForObjects('*');
  const emptied = new InlineCustomResource(scope, 'Emptied', {
    resourceType: 'Custom::EmptiedBucket',
    description: 'Empties a bucket that is about to be deleted',
    code: HANDLER,
    statements: [
      new PolicyStatement({ actions: ['s3:GetBucketTagging', 's3:ListBucketVersions'], resources: [bucket.bucketArn] }),
      new PolicyStatement({ actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'], resources: [objects] }),
    ],
    properties: { Bucket: bucket.bucketName },
    encryptionKey,
    profile,
  });
  // On deletion the policy goes first, so that no service delivers another log while the bucket is emptied.
  bucket.policy?.node.addDependency(emptied);
  acknowledgeWildcards(emptied, [objects], 'The bucket is to be deleted with all that it holds');
}
