import json

import pytest
from conftest import SUBNETS, network


def database(**properties):
    return network(
        Key={'Type': 'AWS::KMS::Key', 'Properties': {'KeyPolicy': {'Statement': []}}},
        Subnets={'Type': 'AWS::RDS::DBSubnetGroup', 'Properties': {'DBSubnetGroupDescription': 'db', 'SubnetIds': SUBNETS}},
        Parameters={'Type': 'AWS::RDS::DBClusterParameterGroup', 'Properties': {
            'Family': 'aurora-mysql8.0', 'Description': 'd', 'Parameters': {'require_secure_transport': 'ON'}}},
        Firewall={'Type': 'AWS::EC2::SecurityGroup', 'Properties': {'GroupDescription': 'db', 'VpcId': {'Ref': 'Vpc'}}},
        Cluster={'Type': 'AWS::RDS::DBCluster', 'DeletionPolicy': 'Delete', 'Properties': {
            'Engine': 'aurora-mysql', 'EngineVersion': '8.0.mysql_aurora.3.08.0', 'Port': 3307, 'StorageEncrypted': True,
            'KmsKeyId': {'Fn::GetAtt': ['Key', 'Arn']}, 'MasterUsername': 'shop', 'ManageMasterUserPassword': True,
            'ServerlessV2ScalingConfiguration': {'MinCapacity': 0.5, 'MaxCapacity': 16},
            'DBSubnetGroupName': {'Ref': 'Subnets'}, 'DBClusterParameterGroupName': {'Ref': 'Parameters'},
            'VpcSecurityGroupIds': [{'Ref': 'Firewall'}], 'BackupRetentionPeriod': 14,
            'EnableCloudwatchLogsExports': ['error', 'slowquery'], **properties}},
        Writer=_member(0), Reader={**_member(1), 'DependsOn': 'Writer'},
    )


def _member(tier):
    return {'Type': 'AWS::RDS::DBInstance', 'Properties': {
        'DBClusterIdentifier': {'Ref': 'Cluster'}, 'DBInstanceClass': 'db.serverless', 'Engine': 'aurora-mysql',
        'PromotionTier': tier, 'PubliclyAccessible': False}}


OUTPUTS = {'Outputs': {
    'Secret': {'Value': {'Fn::GetAtt': ['Cluster', 'MasterUserSecret.SecretArn']}},
    'Port': {'Value': {'Fn::GetAtt': ['Cluster', 'Endpoint.Port']}}}}


@pytest.fixture
def deployed(stack):
    assert stack.deploy(database(), **OUTPUTS) == 'CREATE_COMPLETE', stack.reasons()
    return stack


def cluster_of(aws, stack):
    return aws('rds').describe_db_clusters(DBClusterIdentifier=stack.id_of('Cluster'))['DBClusters'][0]


def test_cluster_comes_back_as_declared(aws, deployed):
    found = cluster_of(aws, deployed)
    assert found['Port'] == 3307 and deployed.output('Port') == '3307'
    assert found['StorageEncrypted'] is True
    assert found['KmsKeyId'].endswith(deployed.id_of('Key'))
    assert found['ServerlessV2ScalingConfiguration'] == {'MinCapacity': 0.5, 'MaxCapacity': 16.0}
    assert found['DeletionProtection'] is False
    assert found['DBClusterParameterGroup'] == deployed.id_of('Parameters')
    assert found['DBSubnetGroup'] == deployed.id_of('Subnets')
    assert found['BackupRetentionPeriod'] == 14
    assert found['EnabledCloudwatchLogsExports'] == ['error', 'slowquery']
    assert [group['VpcSecurityGroupId'] for group in found['VpcSecurityGroups']] == [deployed.id_of('Firewall')]


def test_one_member_writes(aws, deployed):
    members = {each['DBInstanceIdentifier']: each['IsClusterWriter'] for each in cluster_of(aws, deployed)['DBClusterMembers']}
    assert members == {deployed.id_of('Writer'): True, deployed.id_of('Reader'): False}


def test_members_share_network_port_and_key_of_the_cluster(aws, deployed):
    for name in ('Writer', 'Reader'):
        found = aws('rds').describe_db_instances(DBInstanceIdentifier=deployed.id_of(name))['DBInstances'][0]
        assert found['PubliclyAccessible'] is False
        assert found['Endpoint']['Port'] == 3307
        assert found['StorageEncrypted'] is True
        assert found['DBSubnetGroup']['DBSubnetGroupName'] == deployed.id_of('Subnets')
        assert found['VpcSecurityGroups'][0]['VpcSecurityGroupId'] == deployed.id_of('Firewall')


def test_public_member_is_told_as_public(aws, stack):
    resources = database()
    resources['Writer']['Properties']['PubliclyAccessible'] = True
    assert stack.deploy(resources) == 'CREATE_COMPLETE', stack.reasons()
    found = aws('rds').describe_db_instances(DBInstanceIdentifier=stack.id_of('Writer'))['DBInstances'][0]
    assert found['PubliclyAccessible'] is True


def test_rds_makes_the_secret_that_the_cluster_manages(aws, deployed):
    secret = cluster_of(aws, deployed)['MasterUserSecret']
    assert secret['SecretArn'] == deployed.output('Secret')
    value = json.loads(aws('secretsmanager').get_secret_value(SecretId=secret['SecretArn'])['SecretString'])
    assert value['username'] == 'shop' and len(value['password']) >= 24


def test_protected_cluster_survives_the_delete_of_its_stack(aws, stack):
    assert stack.deploy(database(DeletionProtection=True)) == 'CREATE_COMPLETE', stack.reasons()
    cluster = stack.id_of('Cluster')
    assert stack.delete() == 'DELETE_FAILED'
    assert any('disable deletion protection' in reason for reason in stack.reasons())
    aws('rds').modify_db_cluster(DBClusterIdentifier=cluster, DeletionProtection=False)
    assert stack.delete() == 'DELETE_COMPLETE'


def test_standalone_instance_comes_back_as_declared(aws, stack):
    assert stack.deploy(network(
        Subnets={'Type': 'AWS::RDS::DBSubnetGroup', 'Properties': {'DBSubnetGroupDescription': 'db', 'SubnetIds': SUBNETS}},
        Database={'Type': 'AWS::RDS::DBInstance', 'DeletionPolicy': 'Delete', 'Properties': {
            'Engine': 'mysql', 'EngineVersion': '8.4.6', 'DBInstanceClass': 'db.t4g.medium', 'AllocatedStorage': '50',
            'MultiAZ': True, 'StorageEncrypted': True, 'MasterUsername': 'shop', 'ManageMasterUserPassword': True,
            'Port': '3307', 'PubliclyAccessible': False, 'DBSubnetGroupName': {'Ref': 'Subnets'},
            'EnableCloudwatchLogsExports': ['error']}},
    )) == 'CREATE_COMPLETE', stack.reasons()
    found = aws('rds').describe_db_instances(DBInstanceIdentifier=stack.id_of('Database'))['DBInstances'][0]
    assert (found['MultiAZ'], found['StorageEncrypted'], found['PubliclyAccessible']) == (True, True, False)
    assert found['Endpoint']['Port'] == 3307
    assert found['EnabledCloudwatchLogsExports'] == ['error']


def instance(**properties):
    return network(
        Subnets={'Type': 'AWS::RDS::DBSubnetGroup', 'Properties': {'DBSubnetGroupDescription': 'db', 'SubnetIds': SUBNETS}},
        Audit={'Type': 'AWS::RDS::OptionGroup', 'Properties': {
            'EngineName': 'mysql', 'MajorEngineVersion': '8.4', 'OptionGroupDescription': 'audit',
            'OptionConfigurations': [{'OptionName': 'MARIADB_AUDIT_PLUGIN', 'OptionSettings': [{'Name': 'SERVER_AUDIT_EVENTS', 'Value': 'CONNECT'}]}]}},
        Database={'Type': 'AWS::RDS::DBInstance', 'DeletionPolicy': 'Delete', 'Properties': {
            'Engine': 'mysql', 'EngineVersion': '8.4.6', 'DBInstanceClass': 'db.t4g.medium', 'AllocatedStorage': '50', 'DBName': 'shop',
            'MasterUsername': 'shop', 'MasterUserPassword': 'a-password', 'DBSubnetGroupName': {'Ref': 'Subnets'},
            'OptionGroupName': {'Ref': 'Audit'}, **properties}},
    )


def test_options_are_kept_and_an_instance_has_them(aws, stack):
    assert stack.deploy(instance()) == 'CREATE_COMPLETE', stack.reasons()
    [group] = aws('rds').describe_option_groups(OptionGroupName=stack.id_of('Audit'))['OptionGroupsList']
    assert [option['OptionName'] for option in group['Options']] == ['MARIADB_AUDIT_PLUGIN']
    assert (group['EngineName'], group['MajorEngineVersion']) == ('mysql', '8.4')
    found = aws('rds').describe_db_instances(DBInstanceIdentifier=stack.id_of('Database'))['DBInstances'][0]
    assert [each['OptionGroupName'] for each in found['OptionGroupMemberships']] == [stack.id_of('Audit')]


def test_a_password_is_handed_to_rds_and_back_in_place(aws, stack):
    assert stack.deploy(instance()) == 'CREATE_COMPLETE', stack.reasons()
    name = stack.id_of('Database')
    managed = instance(ManageMasterUserPassword=True)
    del managed['Database']['Properties']['MasterUserPassword']
    assert stack.deploy(managed) == 'UPDATE_COMPLETE', stack.reasons()
    secret = aws('rds').describe_db_instances(DBInstanceIdentifier=name)['DBInstances'][0]['MasterUserSecret']['SecretArn']
    assert json.loads(aws('secretsmanager').get_secret_value(SecretId=secret)['SecretString'])['username'] == 'shop'
    assert stack.deploy(instance()) == 'UPDATE_COMPLETE', stack.reasons()
    assert stack.id_of('Database') == name
    with pytest.raises(aws('secretsmanager').exceptions.ResourceNotFoundException):
        aws('secretsmanager').get_secret_value(SecretId=secret)


def restored(snapshot):
    resources = instance(DBSnapshotIdentifier=snapshot)
    for name in ('MasterUsername', 'DBName'):
        del resources['Database']['Properties'][name]
    return resources


def test_a_restored_instance_has_the_user_and_the_database_of_its_snapshot(aws, stack):
    assert stack.deploy(instance()) == 'CREATE_COMPLETE', stack.reasons()
    first = stack.id_of('Database')
    aws('rds').create_db_snapshot(DBSnapshotIdentifier='before-the-move', DBInstanceIdentifier=first)
    assert stack.deploy(restored('before-the-move')) == 'UPDATE_COMPLETE', stack.reasons()
    assert stack.id_of('Database') != first
    found = aws('rds').describe_db_instances(DBInstanceIdentifier=stack.id_of('Database'))['DBInstances'][0]
    assert (found['MasterUsername'], found['DBName']) == ('shop', 'shop')


def test_a_snapshot_that_is_not_there_fails_the_deployment(stack):
    assert stack.deploy(restored('nowhere')).startswith('ROLLBACK')
    assert any('nowhere not found' in reason for reason in stack.reasons())


def test_a_restored_cluster_has_the_user_of_its_snapshot(aws, deployed):
    aws('rds').create_db_cluster_snapshot(DBClusterSnapshotIdentifier='cluster-before', DBClusterIdentifier=deployed.id_of('Cluster'))
    resources = database(SnapshotIdentifier='cluster-before')
    del resources['Cluster']['Properties']['MasterUsername']
    assert deployed.deploy(resources) == 'UPDATE_COMPLETE', deployed.reasons()
    assert cluster_of(aws, deployed)['MasterUsername'] == 'shop'


def test_a_read_replica_has_the_encryption_and_the_engine_of_its_source(aws, stack):
    def instance(**more):
        return {'Type': 'AWS::RDS::DBInstance', 'DeletionPolicy': 'Delete', 'Properties': {'DBInstanceClass': 'db.t4g.micro', **more}}

    assert stack.deploy({
        'Source': instance(Engine='mysql', EngineVersion='8.4.6', AllocatedStorage='20', StorageEncrypted=True, MasterUsername='shop', MasterUserPassword='secret-12345'),
        'Replica': instance(SourceDBInstanceIdentifier={'Ref': 'Source'}),
    }) == 'CREATE_COMPLETE', stack.reasons()
    source, replica = (aws('rds').describe_db_instances(DBInstanceIdentifier=stack.id_of(each))['DBInstances'][0] for each in ('Source', 'Replica'))
    assert (replica['StorageEncrypted'], replica['Engine'], replica['EngineVersion']) == (True, 'mysql', '8.4.6')
    assert replica['ReadReplicaSourceDBInstanceIdentifier'] == stack.id_of('Source')
    assert source['ReadReplicaDBInstanceIdentifiers'] == [stack.id_of('Replica')]
