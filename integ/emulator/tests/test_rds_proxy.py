import pytest
from conftest import SUBNETS, network


def proxied(percent=90, **properties):
    return network(
        Subnets={'Type': 'AWS::RDS::DBSubnetGroup', 'Properties': {'DBSubnetGroupDescription': 'db', 'SubnetIds': SUBNETS}},
        Firewall={'Type': 'AWS::EC2::SecurityGroup', 'Properties': {'GroupDescription': 'proxy', 'VpcId': {'Ref': 'Vpc'}}},
        Credentials={'Type': 'AWS::SecretsManager::Secret', 'Properties': {'SecretString': '{"username":"shop","password":"a-password"}'}},
        Cluster={'Type': 'AWS::RDS::DBCluster', 'DeletionPolicy': 'Delete', 'Properties': {
            'Engine': 'aurora-mysql', 'MasterUsername': 'shop', 'MasterUserPassword': 'a-password', 'DBSubnetGroupName': {'Ref': 'Subnets'}}},
        Proxy={'Type': 'AWS::RDS::DBProxy', 'Properties': {
            'DBProxyName': 'shop-proxy', 'EngineFamily': 'MYSQL', 'RequireTLS': True, 'RoleArn': 'arn:aws:iam::000000000000:role/proxy',
            'Auth': [{'AuthScheme': 'SECRETS', 'IAMAuth': 'DISABLED', 'SecretArn': {'Ref': 'Credentials'}}],
            'VpcSubnetIds': SUBNETS, 'VpcSecurityGroupIds': [{'Fn::GetAtt': ['Firewall', 'GroupId']}], **properties}},
        Targets={'Type': 'AWS::RDS::DBProxyTargetGroup', 'Properties': {
            'DBProxyName': {'Ref': 'Proxy'}, 'TargetGroupName': 'default', 'DBClusterIdentifiers': [{'Ref': 'Cluster'}],
            'ConnectionPoolConfigurationInfo': {'MaxConnectionsPercent': percent, 'ConnectionBorrowTimeout': 30}}},
    )


OUTPUTS = {'Outputs': {'Endpoint': {'Value': {'Fn::GetAtt': ['Proxy', 'Endpoint']}}, 'Arn': {'Value': {'Fn::GetAtt': ['Proxy', 'DBProxyArn']}}}}


@pytest.fixture
def deployed(stack):
    assert stack.deploy(proxied(), **OUTPUTS) == 'CREATE_COMPLETE', stack.reasons()
    return stack


def proxy_of(aws, stack):
    return aws('rds').describe_db_proxies(DBProxyName=stack.id_of('Proxy'))['DBProxies'][0]


def test_proxy_comes_back_as_declared(aws, deployed):
    found = proxy_of(aws, deployed)
    assert (found['RequireTLS'], found['EngineFamily']) == (True, 'MYSQL')
    assert found['Auth'][0]['SecretArn'] == deployed.id_of('Credentials')
    assert found['VpcSecurityGroupIds'] == [deployed.id_of('Firewall')]
    assert deployed.output('Endpoint') == found['Endpoint']
    assert deployed.output('Arn').split(':')[6].startswith('prx-')


def test_proxy_serves_its_cluster(aws, deployed):
    [target] = aws('rds').describe_db_proxy_targets(DBProxyName='shop-proxy')['Targets']
    assert target['RdsResourceId'] == deployed.id_of('Cluster')
    [group] = aws('rds').describe_db_proxy_target_groups(DBProxyName='shop-proxy')['TargetGroups']
    assert group['TargetGroupArn'] == deployed.id_of('Targets')
    assert group['ConnectionPoolConfig']['MaxConnectionsPercent'] == 90
    assert group['ConnectionPoolConfig']['ConnectionBorrowTimeout'] == 30


def test_a_change_is_made_in_place(aws, deployed):
    endpoint = deployed.output('Endpoint')
    resources = proxied(percent=50, Auth=[{'AuthScheme': 'SECRETS', 'IAMAuth': 'REQUIRED', 'SecretArn': {'Ref': 'Credentials'}}])
    assert deployed.deploy(resources, **OUTPUTS) == 'UPDATE_COMPLETE', deployed.reasons()
    assert deployed.output('Endpoint') == endpoint
    assert proxy_of(aws, deployed)['Auth'][0]['IAMAuth'] == 'REQUIRED'
    [group] = aws('rds').describe_db_proxy_target_groups(DBProxyName='shop-proxy')['TargetGroups']
    assert group['ConnectionPoolConfig']['MaxConnectionsPercent'] == 50


def test_other_subnets_make_another_proxy_before_the_first_goes(aws, deployed):
    assert deployed.deploy(proxied(VpcSubnetIds=SUBNETS[:1])).endswith('ROLLBACK_COMPLETE')
    assert any('must be unique' in reason for reason in deployed.reasons())
    assert deployed.deploy(proxied(VpcSubnetIds=SUBNETS[:1], DBProxyName='other-proxy')) == 'UPDATE_COMPLETE', deployed.reasons()
    assert [each['DBProxyName'] for each in aws('rds').describe_db_proxies()['DBProxies']] == ['other-proxy']


def test_nothing_is_left(aws, deployed):
    assert deployed.delete() == 'DELETE_COMPLETE'
    assert aws('rds').describe_db_proxies()['DBProxies'] == []
