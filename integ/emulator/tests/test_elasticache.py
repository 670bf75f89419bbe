import pytest
from conftest import SUBNETS, network

USERS = {
    'User': {'Type': 'AWS::ElastiCache::User', 'Properties': {
        'Engine': 'valkey', 'UserId': 'shop-user', 'UserName': 'shop', 'AccessString': 'on ~sess:* +@all -@dangerous',
        'AuthenticationMode': {'Type': 'password', 'Passwords': ['a-long-enough-password']}}},
    'Users': {'Type': 'AWS::ElastiCache::UserGroup', 'Properties': {
        'Engine': 'valkey', 'UserGroupId': 'shop-users', 'UserIds': [{'Ref': 'User'}]}},
    'Key': {'Type': 'AWS::KMS::Key', 'Properties': {'KeyPolicy': {'Statement': []}}},
    'Firewall': {'Type': 'AWS::EC2::SecurityGroup', 'Properties': {'GroupDescription': 'cache', 'VpcId': {'Ref': 'Vpc'}}},
}


def serverless(name='sessions', maximum=10):
    return network(**USERS, Cache={'Type': 'AWS::ElastiCache::ServerlessCache', 'Properties': {
        'ServerlessCacheName': name, 'Engine': 'valkey', 'MajorEngineVersion': '8', 'UserGroupId': {'Ref': 'Users'},
        'KmsKeyId': {'Fn::GetAtt': ['Key', 'Arn']}, 'SubnetIds': SUBNETS, 'SecurityGroupIds': [{'Ref': 'Firewall'}],
        'CacheUsageLimits': {'DataStorage': {'Unit': 'GB', 'Maximum': maximum},
                             'ECPUPerSecond': {'Minimum': 1000, 'Maximum': 30000}},
        'SnapshotRetentionLimit': 7, 'DailySnapshotTime': '04:00'}})


OUTPUTS = {'Outputs': {'Host': {'Value': {'Fn::GetAtt': ['Cache', 'Endpoint.Address']}},
                       'Port': {'Value': {'Fn::GetAtt': ['Cache', 'Endpoint.Port']}}}}


@pytest.fixture
def deployed(stack):
    assert stack.deploy(serverless(), **OUTPUTS) == 'CREATE_COMPLETE', stack.reasons()
    return stack


def caches(aws):
    return {each['ServerlessCacheName']: each for each in aws('elasticache').describe_serverless_caches()['ServerlessCaches']}


def test_serverless_cache_comes_back_as_declared(aws, deployed):
    found = caches(aws)['sessions']
    assert found['Engine'] == 'valkey' and found['MajorEngineVersion'] == '8'
    assert found['UserGroupId'] == 'shop-users'
    assert found['KmsKeyId'].endswith(deployed.id_of('Key'))
    assert found['SecurityGroupIds'] == [deployed.id_of('Firewall')]
    assert sorted(found['SubnetIds']) == sorted([deployed.id_of('SubnetA'), deployed.id_of('SubnetB')])
    assert found['CacheUsageLimits']['ECPUPerSecond'] == {'Minimum': 1000, 'Maximum': 30000}
    assert found['SnapshotRetentionLimit'] == 7
    assert (found['Endpoint']['Address'], str(found['Endpoint']['Port'])) == (deployed.output('Host'), deployed.output('Port'))


def test_limits_change_in_place_and_a_new_name_makes_a_new_cache(aws, deployed):
    assert deployed.deploy(serverless(maximum=20)) == 'UPDATE_COMPLETE', deployed.reasons()
    assert caches(aws)['sessions']['CacheUsageLimits']['DataStorage']['Maximum'] == 20
    assert deployed.deploy(serverless(name='renamed')) == 'UPDATE_COMPLETE', deployed.reasons()
    assert set(caches(aws)) == {'renamed'}


def test_user_logs_in_by_password(aws, deployed):
    user = aws('elasticache').describe_users(UserId='shop-user')['Users'][0]
    assert user['Authentication'] == {'Type': 'password', 'PasswordCount': 1}
    assert user['AccessString'] == 'on ~sess:* +@all -@dangerous'
    assert aws('elasticache').describe_user_groups(UserGroupId='shop-users')['UserGroups'][0]['UserIds'] == ['shop-user']


def test_replication_group_comes_back_as_declared(aws, stack):
    assert stack.deploy(network(
        **USERS,
        Subnets={'Type': 'AWS::ElastiCache::SubnetGroup', 'Properties': {'Description': 'cache', 'SubnetIds': SUBNETS}},
        Cache={'Type': 'AWS::ElastiCache::ReplicationGroup', 'Properties': {
            'ReplicationGroupDescription': 'sessions', 'Engine': 'valkey', 'CacheNodeType': 'cache.t4g.small',
            'NumCacheClusters': 2, 'AutomaticFailoverEnabled': True, 'MultiAZEnabled': True,
            'TransitEncryptionEnabled': True, 'AtRestEncryptionEnabled': True, 'UserGroupIds': [{'Ref': 'Users'}],
            'CacheSubnetGroupName': {'Ref': 'Subnets'}, 'SecurityGroupIds': [{'Ref': 'Firewall'}]}},
    ), Outputs={'Host': {'Value': {'Fn::GetAtt': ['Cache', 'PrimaryEndPoint.Address']}}}) == 'CREATE_COMPLETE', stack.reasons()
    found = aws('elasticache').describe_replication_groups(ReplicationGroupId=stack.id_of('Cache'))['ReplicationGroups'][0]
    assert (found['TransitEncryptionEnabled'], found['AtRestEncryptionEnabled']) == (True, True)
    assert (found['AutomaticFailover'], found['MultiAZ']) == ('enabled', 'enabled')
    assert found['UserGroupIds'] == ['shop-users']
    assert found['NodeGroups'][0]['PrimaryEndpoint'] == {'Address': stack.output('Host'), 'Port': 6379}
    assert len(found['MemberClusters']) == 2


def parameters(policy):
    return {'Parameters': {'Type': 'AWS::ElastiCache::ParameterGroup', 'Properties': {
        'CacheParameterGroupFamily': 'valkey8', 'Description': 'cache', 'Properties': {'maxmemory-policy': policy}}}}


def test_parameters_of_a_group_come_back_as_declared_and_change_in_place(aws, stack):
    def policy():
        found = aws('elasticache').describe_cache_parameters(CacheParameterGroupName=stack.id_of('Parameters'))['Parameters']
        return {each['ParameterName']: each['ParameterValue'] for each in found}['maxmemory-policy']

    assert stack.deploy(parameters('allkeys-lru')) == 'CREATE_COMPLETE', stack.reasons()
    before = stack.id_of('Parameters')
    assert policy() == 'allkeys-lru'
    assert stack.deploy(parameters('allkeys-lfu')) == 'UPDATE_COMPLETE', stack.reasons()
    assert (stack.id_of('Parameters'), policy()) == (before, 'allkeys-lfu')
    assert aws('elasticache').describe_cache_parameter_groups(CacheParameterGroupName=before)['CacheParameterGroups'][0]['CacheParameterGroupFamily'] == 'valkey8'


def test_replication_group_has_the_parameters_that_are_declared(aws, stack):
    assert stack.deploy(network(
        **parameters('allkeys-lru'),
        Subnets={'Type': 'AWS::ElastiCache::SubnetGroup', 'Properties': {'Description': 'cache', 'SubnetIds': SUBNETS}},
        Cache={'Type': 'AWS::ElastiCache::ReplicationGroup', 'Properties': {
            'ReplicationGroupDescription': 'cache', 'Engine': 'valkey', 'CacheNodeType': 'cache.t4g.small', 'NumCacheClusters': 1,
            'CacheParameterGroupName': {'Ref': 'Parameters'}, 'CacheSubnetGroupName': {'Ref': 'Subnets'}}},
    )) == 'CREATE_COMPLETE', stack.reasons()
    group = aws('elasticache').describe_replication_groups(ReplicationGroupId=stack.id_of('Cache'))['ReplicationGroups'][0]
    member = aws('elasticache').describe_cache_clusters(CacheClusterId=group['MemberClusters'][0])['CacheClusters'][0]
    assert member['CacheParameterGroup']['CacheParameterGroupName'] == stack.id_of('Parameters')
