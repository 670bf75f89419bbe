import { Stack } from 'aws-cdk-lib';
import { CfnLocationNFS, CfnLocationS3, CfnLocationSMB } from 'aws-cdk-lib/aws-datasync';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { dataSyncRole, letUse } from './data-sync-role';
import { NfsMigrationProps, S3MigrationProps, SmbMigrationProps } from '../file-props';

/** Where files come from. */
export interface Source {
  /** In words. */
  readonly description: string;
  /** Makes the location, and returns its ARN. */
  create(scope: Construct): string;
}

/** A folder of an NFS server. */
export function fromNfs({ serverHostname, subdirectory, agentArns }: NfsMigrationProps): Source {
  return {
    description: `NFS, ${serverHostname}:${subdirectory}`,
    create: scope => new CfnLocationNFS(scope, 'Source', { serverHostname, subdirectory, onPremConfig: { agentArns } }).ref,
  };
}

/** A folder of an SMB server; DataSync reads the password from Secrets Manager itself. */
export function fromSmb({ serverHostname, subdirectory, agentArns, user, domain, passwordSecret }: SmbMigrationProps): Source {
  return {
    description: `SMB, ${serverHostname}${subdirectory}`,
    create: scope => {
      const role = dataSyncRole(scope, 'PasswordRole');
      role.addToPrincipalPolicy(new PolicyStatement({
        actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
        resources: [passwordSecret.secretFullArn ?? `${passwordSecret.secretArn}-??????`],
      }));
      if (passwordSecret.encryptionKey !== undefined) {
        role.addToPrincipalPolicy(new PolicyStatement({
          actions: ['kms:Decrypt'],
          resources: [passwordSecret.encryptionKey.keyArn],
          conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${Stack.of(scope).region}.amazonaws.com` } },
        }));
      }
      const location = new CfnLocationSMB(scope, 'Source', {
        serverHostname,
        subdirectory,
        agentArns,
        user,
        domain,
        customSecretConfig: { secretArn: passwordSecret.secretArn, secretAccessRoleArn: role.roleArn },
      });
      location.node.addDependency(role.node.findChild('Policy'));
      return location.ref;
    },
  };
}

/** A folder of a bucket. */
export function fromS3({ bucket, subdirectory = '/' }: S3MigrationProps): Source {
  return {
    description: `S3, ${subdirectory}`,
    create: scope => {
      const role = dataSyncRole(scope, 'SourceRole');
      letUse(role, bucket, subdirectory, false);
      const location = new CfnLocationS3(scope, 'Source', { s3BucketArn: bucket.bucketArn, subdirectory, s3Config: { bucketAccessRoleArn: role.roleArn } });
      // DataSync tries the role when the location is made.
      location.node.addDependency(role.node.findChild('Policy'));
      return location.ref;
    },
  };
}
