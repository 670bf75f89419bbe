"""What ministack's databases drop: keys, parameter groups, roles of the members, managed secrets, snapshots, options, logs."""

import json
import secrets

from ministack.services import rds

from ..aws import boolean, client, gone_is_fine, pick
from ..registry import Resource, deepens, guards_delete_of, replaces, resource, uses

_CLUSTERS = uses(rds, '_clusters')
_INSTANCES = uses(rds, '_instances')
_SUBNET_GROUPS = uses(rds, '_subnet_groups')
_CLUSTER_SNAPSHOTS = uses(rds, '_db_cluster_snapshots')
_SNAPSHOTS = uses(rds, '_snapshots')
_OPTION_GROUPS = uses(rds, '_option_groups')


@deepens('AWS::RDS::DBCluster')
def cluster(identifier, props):
    record = _CLUSTERS[identifier]
    record.update(
        KmsKeyId=props.get('KmsKeyId', ''),
        StorageEncrypted=boolean(props.get('StorageEncrypted', False)),
        DBClusterParameterGroup=props.get('DBClusterParameterGroupName') or f"default.{record['Engine']}",
        TagList=props.get('Tags', []),
        **_exported_logs(props),
    )
    _restore(record, props.get('SnapshotIdentifier'), _CLUSTER_SNAPSHOTS, 'DatabaseName')
    return _managed_secret(record, 'cluster', props)


@deepens('AWS::RDS::DBInstance')
def instance(identifier, props):
    record = _INSTANCES[identifier]
    record.update(**_exported_logs(props), LicenseModel='general-public-license')
    source = _INSTANCES.get(props.get('SourceDBInstanceIdentifier', '').rpartition(':')[2])
    if source is not None:
        _replicate(record, source)
    owner = _CLUSTERS.get(props.get('DBClusterIdentifier', ''))
    if owner is None:
        if props.get('OptionGroupName'):
            record['OptionGroupMemberships'] = [{'OptionGroupName': props['OptionGroupName'], 'Status': 'in-sync'}]
        _restore(record, props.get('DBSnapshotIdentifier'), _SNAPSHOTS, 'DBName')
        return _managed_secret(record, 'db', props)
    # A member has its network, port, version and encryption from its cluster; the first member writes.
    record.update(
        pick(owner, 'EngineVersion', 'StorageEncrypted', 'KmsKeyId', 'VpcSecurityGroups', 'BackupRetentionPeriod'),
        DBSubnetGroup=_SUBNET_GROUPS.get(owner['DBSubnetGroup'], record['DBSubnetGroup']),
        Endpoint={**record['Endpoint'], 'Port': owner['Port']},
        StorageType='aurora',
    )
    for index, member in enumerate(owner['DBClusterMembers']):
        member['IsClusterWriter'] = index == 0
    return {'Endpoint.Port': str(owner['Port'])}


def _replicate(replica, source):
    """A read replica has the data of its source, and the encryption, whatever the template says."""
    replica.update(
        pick(source, 'Engine', 'EngineVersion', 'StorageEncrypted', 'KmsKeyId', 'MasterUsername', 'DBName'),
        ReadReplicaSourceDBInstanceIdentifier=source['DBInstanceIdentifier'],
    )
    known = source.setdefault('ReadReplicaDBInstanceIdentifiers', [])
    if replica['DBInstanceIdentifier'] not in known:
        known.append(replica['DBInstanceIdentifier'])


def _exported_logs(props):
    return {'_ExportedLogs': props.get('EnableCloudwatchLogsExports') or []}


def _restore(record, snapshot_id, snapshots, database):
    """A restored database has the user, the database and the encryption of its snapshot, whatever the template says."""
    if not snapshot_id:
        return
    name = snapshot_id.rpartition(':')[2]
    if name not in snapshots:
        raise ValueError(f'DB snapshot {snapshot_id} not found')
    snapshot = snapshots[name]
    record['MasterUsername'] = snapshot['MasterUsername']
    record[database] = snapshot.get(database) or record.get(database, '')
    record['StorageEncrypted'] = record.get('StorageEncrypted') or snapshot.get('StorageEncrypted', False)


def _managed_secret(record, kind, props):
    """The secret that RDS makes and rotates itself when the template says ManageMasterUserPassword, and takes away after."""
    if not boolean(props.get('ManageMasterUserPassword', False)):
        if 'MasterUserSecret' in record:
            with gone_is_fine():
                client('secretsmanager').delete_secret(
                    SecretId=record.pop('MasterUserSecret')['SecretArn'], ForceDeleteWithoutRecovery=True)
        return {}
    if 'MasterUserSecret' not in record:
        key = (props.get('MasterUserSecret') or {}).get('KmsKeyId')
        made = client('secretsmanager').create_secret(
            Name=f'rds!{kind}-{secrets.token_hex(8)}',
            SecretString=json.dumps({'username': record['MasterUsername'], 'password': secrets.token_urlsafe(24)}),
            **({'KmsKeyId': key} if key else {}),
        )
        record['MasterUserSecret'] = {
            'SecretArn': made['ARN'], 'SecretStatus': 'active', **({'KmsKeyId': key} if key else {})}
    return {'MasterUserSecret.SecretArn': record['MasterUserSecret']['SecretArn']}


@guards_delete_of('AWS::RDS::DBCluster')
def protected_cluster(identifier, props):
    _refuse_when_protected('cluster', _CLUSTERS.get(identifier))


@guards_delete_of('AWS::RDS::DBInstance')
def protected_instance(identifier, props):
    _refuse_when_protected('instance', _INSTANCES.get(identifier))


def _refuse_when_protected(kind, record):
    if record and record.get('DeletionProtection'):
        raise ValueError(f'Cannot delete protected DB {kind}, please disable deletion protection and try again.')


@replaces(rds, '_cluster_xml', ['c'])
def cluster_xml(ordinary, record):
    return ordinary(record) + _log_types_xml(record)


@replaces(rds, '_instance_xml', ['i'])
def instance_xml(ordinary, record):
    return ordinary(record).replace('<EnabledCloudwatchLogsExports/>', _log_types_xml(record)) + _secret_xml(record)


def _secret_xml(record):
    members = ''.join(f'<{name}>{value}</{name}>' for name, value in record.get('MasterUserSecret', {}).items())
    return f'<MasterUserSecret>{members}</MasterUserSecret>' if members else ''


def _log_types_xml(record):
    members = ''.join(f'<member>{name}</member>' for name in record.get('_ExportedLogs', []))
    return f'<EnabledCloudwatchLogsExports>{members}</EnabledCloudwatchLogsExports>'


@resource('AWS::RDS::OptionGroup')
class OptionGroup(Resource):
    replaced_by = ('EngineName', 'MajorEngineVersion', 'OptionGroupDescription', 'OptionGroupName')

    def create(self, at, props):
        name = props.get('OptionGroupName') or at.name(max_length=255, lowercase=True)
        client('rds').create_option_group(
            OptionGroupName=name,
            **{**pick(props, 'EngineName', 'OptionGroupDescription'), 'MajorEngineVersion': str(props['MajorEngineVersion'])})
        _set_options(name, props)
        return name, {}

    def update(self, physical_id, old, new):
        _set_options(physical_id, new)
        return {}

    def delete(self, physical_id, props):
        if any(group['OptionGroupName'] == physical_id
               for record in _INSTANCES.values() for group in record.get('OptionGroupMemberships', [])):
            raise ValueError(f"The option group '{physical_id}' cannot be deleted because it is in use.")
        with gone_is_fine():
            client('rds').delete_option_group(OptionGroupName=physical_id)


def _set_options(name, props):
    # ministack has no ModifyOptionGroup, and tells of an option its name alone.
    _OPTION_GROUPS[name]['Options'] = [pick(each, 'OptionName') for each in props.get('OptionConfigurations', [])]
