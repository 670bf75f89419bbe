"""RDS Proxy and what it serves. ministack keeps the control plane; no proxy answers."""

from ..aws import boolean, client, gone_is_fine, pick
from ..registry import Resource, resource

_MODIFIABLE = ('IdleClientTimeout', 'DebugLogging', 'RoleArn')
_DEFAULT = 'default'


@resource('AWS::RDS::DBProxy')
class Proxy(Resource):
    replaced_by = ('DBProxyName', 'EngineFamily', 'VpcSubnetIds', 'EndpointNetworkType', 'TargetConnectionNetworkType')

    def create(self, at, props):
        made = client('rds').create_db_proxy(
            EngineFamily=props['EngineFamily'], Auth=props.get('Auth', []), RequireTLS=boolean(props.get('RequireTLS', False)),
            VpcSubnetIds=props['VpcSubnetIds'], VpcSecurityGroupIds=props.get('VpcSecurityGroupIds', []),
            **pick(props, 'DBProxyName', *_MODIFIABLE))['DBProxy']
        return made['DBProxyName'], _attributes(made)

    def update(self, physical_id, old, new):
        changed = client('rds').modify_db_proxy(
            DBProxyName=physical_id, Auth=new.get('Auth', []), RequireTLS=boolean(new.get('RequireTLS', False)),
            SecurityGroups=new.get('VpcSecurityGroupIds', []), **pick(new, *_MODIFIABLE))['DBProxy']
        return _attributes(changed)

    def delete(self, physical_id, props):
        with gone_is_fine():
            client('rds').delete_db_proxy(DBProxyName=physical_id)


def _attributes(proxy):
    return {'DBProxyArn': proxy['DBProxyArn'], 'Endpoint': proxy['Endpoint'], 'VpcId': proxy['VpcId']}


@resource('AWS::RDS::DBProxyTargetGroup')
class ProxyTargets(Resource):
    replaced_by = ('DBProxyName', 'TargetGroupName')

    def create(self, at, props):
        _configure(props)
        _register(props)
        arn = client('rds').describe_db_proxy_target_groups(**_group(props))['TargetGroups'][0]['TargetGroupArn']
        return arn, {'TargetGroupArn': arn}

    def update(self, physical_id, old, new):
        _configure(new)
        if _targets(old) != _targets(new):
            _deregister(old)
            _register(new)
        return {'TargetGroupArn': physical_id}

    def delete(self, physical_id, props):
        with gone_is_fine():
            _deregister(props)


def _group(props):
    return {'DBProxyName': props['DBProxyName'], 'TargetGroupName': props.get('TargetGroupName', _DEFAULT)}


def _targets(props):
    return pick(props, 'DBClusterIdentifiers', 'DBInstanceIdentifiers')


def _configure(props):
    pool = props.get('ConnectionPoolConfigurationInfo', {})
    numbers = {name: int(pool[name]) for name in ('MaxConnectionsPercent', 'MaxIdleConnectionsPercent', 'ConnectionBorrowTimeout') if name in pool}
    client('rds').modify_db_proxy_target_group(
        **_group(props), ConnectionPoolConfig={**numbers, **pick(pool, 'SessionPinningFilters', 'InitQuery')})


def _register(props):
    if _targets(props):
        client('rds').register_db_proxy_targets(**_group(props), **_targets(props))


def _deregister(props):
    if _targets(props):
        client('rds').deregister_db_proxy_targets(**_group(props), **_targets(props))
