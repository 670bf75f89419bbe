"""ministack makes file systems by itself; what this project relies on is asked here."""

import json

from conftest import network


def files(mode='elastic'):
    return network(
        Key={'Type': 'AWS::KMS::Key', 'Properties': {'KeyPolicy': {'Statement': []}}},
        Firewall={'Type': 'AWS::EC2::SecurityGroup', 'Properties': {'GroupDescription': 'media', 'VpcId': {'Ref': 'Vpc'}}},
        Files={'Type': 'AWS::EFS::FileSystem', 'Properties': {
            'Encrypted': True, 'KmsKeyId': {'Fn::GetAtt': ['Key', 'Arn']}, 'ThroughputMode': mode,
            'LifecyclePolicies': [{'TransitionToIA': 'AFTER_30_DAYS'}, {'TransitionToPrimaryStorageClass': 'AFTER_1_ACCESS'}],
            'FileSystemPolicy': {'Statement': [{
                'Sid': 'TlsOnly', 'Effect': 'Deny', 'Principal': {'AWS': '*'}, 'Action': ['elasticfilesystem:ClientMount'],
                'Condition': {'Bool': {'aws:SecureTransport': 'false'}}}]}}},
        **{f'Target{zone}': {'Type': 'AWS::EFS::MountTarget', 'Properties': {
            'FileSystemId': {'Ref': 'Files'}, 'SubnetId': {'Ref': f'Subnet{zone}'},
            'SecurityGroups': [{'Fn::GetAtt': ['Firewall', 'GroupId']}]}} for zone in 'AB'},
        Folder={'Type': 'AWS::EFS::AccessPoint', 'Properties': {
            'FileSystemId': {'Ref': 'Files'}, 'PosixUser': {'Uid': '1000', 'Gid': '1000'},
            'RootDirectory': {'Path': '/media', 'CreationInfo': {'OwnerUid': '1000', 'OwnerGid': '1000', 'Permissions': '0755'}}}},
    )


def test_file_system_comes_back_as_declared(aws, stack):
    assert stack.deploy(files()) == 'CREATE_COMPLETE', stack.reasons()
    api, physical_id = aws('efs'), stack.id_of('Files')
    found = api.describe_file_systems(FileSystemId=physical_id)['FileSystems'][0]
    assert (found['Encrypted'], found['ThroughputMode'], found['NumberOfMountTargets']) == (True, 'elastic', 2)
    assert found['KmsKeyId'].endswith(stack.id_of('Key'))
    policy = json.loads(api.describe_file_system_policy(FileSystemId=physical_id)['Policy'])
    assert [each['Sid'] for each in policy['Statement']] == ['TlsOnly']
    folder = api.describe_access_points(AccessPointId=stack.id_of('Folder'))['AccessPoints'][0]
    assert folder['PosixUser'] == {'Uid': 1000, 'Gid': 1000} and folder['RootDirectory']['Path'] == '/media'
    for target in api.describe_mount_targets(FileSystemId=physical_id)['MountTargets']:
        groups = api.describe_mount_target_security_groups(MountTargetId=target['MountTargetId'])['SecurityGroups']
        assert groups == [stack.id_of('Firewall')]


def test_throughput_changes_in_place_and_all_of_it_goes(aws, stack):
    assert stack.deploy(files()) == 'CREATE_COMPLETE', stack.reasons()
    physical_id = stack.id_of('Files')
    assert stack.deploy(files(mode='bursting')) == 'UPDATE_COMPLETE', stack.reasons()
    assert stack.id_of('Files') == physical_id
    assert stack.delete() == 'DELETE_COMPLETE'
    assert physical_id not in [each['FileSystemId'] for each in aws('efs').describe_file_systems()['FileSystems']]
