"""A failed deploy rolls back and leaves no data store deleted."""

import pytest
from conftest import SUBNETS, network

# A rule of a group that does not exist: the service refuses it, after everything that it depends on is done.
BREAKS = {'Type': 'AWS::EC2::SecurityGroupIngress', 'DependsOn': ['Cluster', 'Media', 'Cache'], 'Properties': {
    'GroupId': 'sg-00000000000000000', 'IpProtocol': 'tcp', 'FromPort': 1, 'ToPort': 1, 'CidrIp': '10.0.0.0/8'}}


def stores(*, acu=16, database='shop', expires=30, ecpu=30000, cache='sessions', policies=None):
    policies = policies or {}
    return network(
        Subnets={'Type': 'AWS::RDS::DBSubnetGroup', 'Properties': {'DBSubnetGroupDescription': 'db', 'SubnetIds': SUBNETS}},
        Cluster={'Type': 'AWS::RDS::DBCluster', **policies, 'Properties': {
            'Engine': 'aurora-mysql', 'MasterUsername': 'shop', 'ManageMasterUserPassword': True, 'DatabaseName': database,
            'DBSubnetGroupName': {'Ref': 'Subnets'}, 'StorageEncrypted': True,
            'ServerlessV2ScalingConfiguration': {'MinCapacity': 0.5, 'MaxCapacity': acu}}},
        Media={'Type': 'AWS::S3::Bucket', **policies, 'Properties': {'LifecycleConfiguration': {'Rules': [
            {'Status': 'Enabled', 'ExpirationInDays': expires}]}}},
        Cache={'Type': 'AWS::ElastiCache::ServerlessCache', **policies, 'Properties': {
            'ServerlessCacheName': cache, 'Engine': 'valkey', 'SubnetIds': SUBNETS,
            'CacheUsageLimits': {'ECPUPerSecond': {'Maximum': ecpu}}}},
    )


class Seen:
    """The three stores as their own services tell them, by the ids that the stack gave them first."""

    def __init__(self, aws, stack):
        self._aws = aws
        self._ids = {name: stack.id_of(name) for name in ('Cluster', 'Media', 'Cache')}

    def now(self):
        cluster = self._aws('rds').describe_db_clusters(DBClusterIdentifier=self._ids['Cluster'])['DBClusters'][0]
        rules = self._aws('s3').get_bucket_lifecycle_configuration(Bucket=self._ids['Media'])['Rules']
        cache = self._aws('elasticache').describe_serverless_caches(ServerlessCacheName=self._ids['Cache'])['ServerlessCaches'][0]
        objects = self._aws('s3').list_objects_v2(Bucket=self._ids['Media']).get('Contents', [])
        return {
            'ids': self._ids, 'resource': cluster['DbClusterResourceId'], 'endpoint': cluster['Endpoint'],
            'secret': cluster['MasterUserSecret']['SecretArn'],
            'acu': cluster['ServerlessV2ScalingConfiguration']['MaxCapacity'], 'expires': rules[0]['Expiration']['Days'],
            'ecpu': cache['CacheUsageLimits']['ECPUPerSecond']['Maximum'], 'created': cache['CreateTime'],
            'objects': [each['Key'] for each in objects],
        }


@pytest.fixture
def before(aws, stack):
    assert stack.deploy(stores(policies={'DeletionPolicy': 'Delete'})) == 'CREATE_COMPLETE', stack.reasons()
    aws('s3').put_object(Bucket=stack.id_of('Media'), Key='media/a.jpg', Body=b'jpg')
    yield Seen(aws, stack).now()
    for name in [each['Name'] for each in aws('s3').list_buckets()['Buckets'] if each['Name'].startswith(stack.name)]:
        aws('s3').delete_object(Bucket=name, Key='media/a.jpg')


CHANGES = {
    'a change in place': stores(acu=32, expires=90, ecpu=60000),
    'a replacement of the database and the cache': stores(database='renamed', cache='renamed'),
    'the removal of all three': {name: each for name, each in stores().items() if name not in ('Cluster', 'Media', 'Cache')},
}


@pytest.mark.parametrize('change', CHANGES.values(), ids=CHANGES.keys())
def test_failed_update_leaves_every_store_as_it_was(aws, stack, before, change):
    breaks = {**BREAKS, 'DependsOn': [name for name in BREAKS['DependsOn'] if name in change]}
    assert stack.deploy({**change, 'Breaks': breaks}) == 'UPDATE_ROLLBACK_COMPLETE'
    assert any('sg-00000000000000000' in reason for reason in stack.reasons())
    assert Seen(aws, stack).now() == before


def test_what_a_failed_update_had_made_anew_is_gone(aws, stack, before):
    change = stores(database='renamed', cache='renamed')
    assert stack.deploy({**change, 'Breaks': BREAKS}) == 'UPDATE_ROLLBACK_COMPLETE'
    clusters = [each['DBClusterIdentifier'] for each in aws('rds').describe_db_clusters()['DBClusters']]
    assert [name for name in clusters if name.startswith(stack.name)] == [before['ids']['Cluster']]
    caches = [each['ServerlessCacheName'] for each in aws('elasticache').describe_serverless_caches()['ServerlessCaches']]
    assert 'renamed' not in caches


def test_next_update_after_a_failed_one_succeeds(aws, stack, before):
    assert stack.deploy({**stores(acu=32), 'Breaks': BREAKS}) == 'UPDATE_ROLLBACK_COMPLETE'
    assert stack.deploy(stores(acu=32)) == 'UPDATE_COMPLETE', stack.reasons()
    assert Seen(aws, stack).now() == {**before, 'acu': 32.0}


@pytest.mark.parametrize('policy, kept', [('Delete', False), ('RetainExceptOnCreate', False), ('Retain', True)])
def test_failed_create_keeps_only_what_is_to_be_retained_even_then(aws, stack, policy, kept):
    assert stack.deploy({**stores(policies={'DeletionPolicy': policy}), 'Breaks': BREAKS}) == 'ROLLBACK_COMPLETE'
    clusters = [each['DBClusterIdentifier'] for each in aws('rds').describe_db_clusters()['DBClusters']]
    assert any(name.startswith(stack.name) for name in clusters) is kept
    if kept:
        aws('elasticache').delete_serverless_cache(ServerlessCacheName='sessions')


@pytest.mark.parametrize('policy', ['Retain', 'RetainExceptOnCreate'])
def test_deleted_stack_leaves_what_is_retained(aws, stack, policy):
    assert stack.deploy(stores(policies={'DeletionPolicy': policy})) == 'CREATE_COMPLETE', stack.reasons()
    seen = Seen(aws, stack)
    there = seen.now()
    assert stack.delete() == 'DELETE_COMPLETE'
    assert seen.now() == there
    aws('elasticache').delete_serverless_cache(ServerlessCacheName='sessions')


def snapshots(aws, cluster):
    return aws('rds').describe_db_cluster_snapshots(DBClusterIdentifier=cluster)['DBClusterSnapshots']


def database(**changes):
    policies = {'DeletionPolicy': 'Snapshot', 'UpdateReplacePolicy': changes.pop('on_replace', 'Snapshot')}
    return {name: each for name, each in stores(policies=policies, **changes).items() if name not in ('Media', 'Cache')}


def test_deleted_stack_leaves_a_snapshot_of_its_database(aws, stack):
    assert stack.deploy(database()) == 'CREATE_COMPLETE', stack.reasons()
    cluster = stack.id_of('Cluster')
    assert stack.delete() == 'DELETE_COMPLETE'
    assert len(snapshots(aws, cluster)) == 1


@pytest.mark.parametrize('policy, left, taken', [('Snapshot', False, 1), ('Retain', True, 0), ('Delete', False, 0)])
def test_replaced_database_is_kept_as_its_policy_says(aws, stack, policy, left, taken):
    assert stack.deploy(database(on_replace=policy)) == 'CREATE_COMPLETE', stack.reasons()
    old = stack.id_of('Cluster')
    assert stack.deploy(database(database='renamed', on_replace=policy)) == 'UPDATE_COMPLETE', stack.reasons()
    assert stack.id_of('Cluster') != old
    clusters = [each['DBClusterIdentifier'] for each in aws('rds').describe_db_clusters()['DBClusters']]
    assert (old in clusters) is left
    assert len(snapshots(aws, old)) == taken
