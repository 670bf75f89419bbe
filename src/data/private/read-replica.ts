import { RemovalPolicy } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { CfnDBInstance, DatabaseInstance, DatabaseInstanceReadReplica, DatabaseInstanceReadReplicaProps, SubnetGroup } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { acknowledgeMinorVersions } from './minor-versions';
import { waitForRights } from './relational';
import { acknowledge, skipChecks } from '../../core/private/acknowledge';

/** What an instance and its replica have in common. */
export interface ServingProps extends Omit<DatabaseInstanceReadReplicaProps, 'sourceDatabaseInstance'> {
  readonly monitoringRole: Role;
}

const IS_A_COPY = 'A copy that is read from: its source is kept, protected, backed up and has the standby, and another replica is made from it at any time';

/** A second instance that is read from. It goes with its stack, and when it is turned off: it holds nothing that its source has not. */
export function createReplica(scope: Construct, serving: ServingProps, source: DatabaseInstance): DatabaseInstanceReadReplica {
  const replica = new DatabaseInstanceReadReplica(scope, 'Replica', {
    ...serving,
    sourceDatabaseInstance: source,
    subnetGroup: source.node.findChild('SubnetGroup') as SubnetGroup,
    multiAz: false,
    deletionProtection: false,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const instance = replica.node.defaultChild as CfnDBInstance;
  waitForRights(serving.monitoringRole, [instance]);
  acknowledgeMinorVersions([instance]);
  acknowledge(instance, ['AwsSolutions-RDS2', 'RDSStorageEncrypted'], 'A replica is encrypted as its source is, and CloudFormation refuses to be told');
  acknowledge(instance, ['AwsSolutions-RDS11'], 'It answers on the port of its source, which is none that scans look for; the rule asks for an engine, which a replica does not name');
  acknowledge(instance, ['AwsSolutions-RDS3', 'AwsSolutions-RDS10', 'RDSMultiAZSupport', 'RDSInstanceDeletionProtectionEnabled', 'RDSInBackupPlan'], IS_A_COPY);
  skipChecks(instance, ['CKV_AWS_157'], IS_A_COPY);
  return replica;
}
