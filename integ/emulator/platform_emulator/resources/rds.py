"""What ministack's databases drop: keys, parameter groups, roles of the members, managed secrets, exported logs."""

import json
import secrets

from ministack.services import rds

from ..aws import boolean, client, pick
from ..registry import deepens, guards_delete_of, replaces, uses

_CLUSTERS = uses(rds, '_clusters')
_INSTANCES = uses(rds, '_instances')
_SUBNET_GROUPS = uses(rds, '_subnet_groups')


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
    return _managed_secret(record, 'cluster', props)


@deepens('AWS::RDS::DBInstance')
def instance(identifier, props):
    record = _INSTANCES[identifier]
    record.update(**_exported_logs(props), LicenseModel='general-public-license')
    owner = _CLUSTERS.get(props.get('DBClusterIdentifier', ''))
    if owner is None:
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


def _exported_logs(props):
    return {'_ExportedLogs': props.get('EnableCloudwatchLogsExports') or []}


def _managed_secret(record, kind, props):
    """The secret that RDS makes and rotates itself when the template says ManageMasterUserPassword."""
    if not boolean(props.get('ManageMasterUserPassword', False)):
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
    return ordinary(record).replace('<EnabledCloudwatchLogsExports/>', _log_types_xml(record))


def _log_types_xml(record):
    members = ''.join(f'<member>{name}</member>' for name in record.get('_ExportedLogs', []))
    return f'<EnabledCloudwatchLogsExports>{members}</EnabledCloudwatchLogsExports>'
