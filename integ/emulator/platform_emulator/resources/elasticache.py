"""The serverless cache, whose API ministack has; endpoints of replication groups; how users log in."""

from ministack.services import elasticache

from ..aws import client, gone_is_fine, input_of, pick
from ..registry import Resource, deepens, resource, uses

_SERVERLESS = uses(elasticache, '_serverless_caches')
_GROUPS = uses(elasticache, '_replication_groups')
_USERS = uses(elasticache, '_users')

_SETTABLE = ('CacheUsageLimits', 'DailySnapshotTime', 'Description', 'Engine', 'MajorEngineVersion', 'SecurityGroupIds',
             'SnapshotRetentionLimit', 'UserGroupId')


@resource('AWS::ElastiCache::ServerlessCache')
class ServerlessCache(Resource):
    replaced_by = ('ServerlessCacheName', 'KmsKeyId', 'SubnetIds', 'SnapshotArnsToRestore', 'NetworkType')

    def create(self, at, props):
        name = props.get('ServerlessCacheName') or at.name(40, lowercase=True)
        request = input_of('elasticache', 'CreateServerlessCache', {
            'ServerlessCacheName': name, **pick(props, *_SETTABLE, 'KmsKeyId', 'SubnetIds', 'Tags', 'NetworkType')})
        made = client('elasticache').create_serverless_cache(**request)['ServerlessCache']
        _endpoints_of_its_own(made['ServerlessCacheName'])
        return made['ServerlessCacheName'], _attributes(made['ServerlessCacheName'])

    def update(self, physical_id, old, new):
        changed = [name for name in _SETTABLE if old.get(name) != new.get(name)]
        request = {'ServerlessCacheName': physical_id, **pick(new, *changed)}
        if 'UserGroupId' in changed and 'UserGroupId' not in new:
            request['RemoveUserGroup'] = True
        client('elasticache').modify_serverless_cache(**input_of('elasticache', 'ModifyServerlessCache', request))
        return _attributes(physical_id)

    def delete(self, physical_id, props):
        with gone_is_fine():
            client('elasticache').delete_serverless_cache(ServerlessCacheName=physical_id)


def _endpoints_of_its_own(name):
    """ministack without Docker gives every cache one shared address; two platforms could not be told apart."""
    cache = _SERVERLESS[name]
    for endpoint, suffix, port in (('Endpoint', '', 6379), ('ReaderEndpoint', '-ro', 6380)):
        cache[endpoint] = {'Address': f'{name}{suffix}.serverless.use1.cache.amazonaws.com', 'Port': port}


def _attributes(name):
    found = client('elasticache').describe_serverless_caches(ServerlessCacheName=name)['ServerlessCaches'][0]
    return {
        'ARN': found['ARN'],
        'Status': found['Status'],
        'FullEngineVersion': found.get('FullEngineVersion', ''),
        'CreateTime': str(found.get('CreateTime', '')),
        'Endpoint.Address': found['Endpoint']['Address'],
        'Endpoint.Port': str(found['Endpoint']['Port']),
        'ReaderEndpoint.Address': found['ReaderEndpoint']['Address'],
        'ReaderEndpoint.Port': str(found['ReaderEndpoint']['Port']),
    }


@deepens('AWS::ElastiCache::ReplicationGroup')
def group_endpoints(name, props):
    """The addresses of a group with one shard, as AWS forms them: ministack without Docker shares one among all."""
    shards = _GROUPS[name].get('NodeGroups') or []
    port = int(props.get('Port', 6379))
    if len(shards) != 1:
        return {}
    secured = 'master.' if _GROUPS[name].get('TransitEncryptionEnabled') else ''
    primary, reader = f'{secured}{name}.local.use1.cache.amazonaws.com', f'replica.{name}.local.use1.cache.amazonaws.com'
    shards[0].update(PrimaryEndpoint={'Address': primary, 'Port': port}, ReaderEndpoint={'Address': reader, 'Port': port})
    return {'PrimaryEndPoint.Address': primary, 'PrimaryEndPoint.Port': str(port),
            'ReaderEndPoint.Address': reader, 'ReaderEndPoint.Port': str(port)}


@deepens('AWS::ElastiCache::User')
def authentication(user_id, props):
    mode = props.get('AuthenticationMode')
    if mode:
        passwords = mode.get('Passwords') or []
        _USERS[user_id]['Authentication'] = {'Type': mode['Type'].replace('no-password-required', 'no-password'),
                                             'PasswordCount': len(passwords)}
