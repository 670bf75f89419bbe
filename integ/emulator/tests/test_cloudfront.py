import pytest
from conftest import SUBNETS, network


def distribution(name='shop'):
    return network(
        Media={'Type': 'AWS::S3::Bucket'},
        Balancer={'Type': 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'Properties': {'Scheme': 'internal', 'Subnets': SUBNETS}},
        Acl={'Type': 'AWS::WAFv2::WebACL', 'Properties': {
            'Scope': 'CLOUDFRONT', 'DefaultAction': {'Allow': {}}, 'Rules': [],
            'VisibilityConfig': {'MetricName': 'acl', 'CloudWatchMetricsEnabled': True, 'SampledRequestsEnabled': True}}},
        Control={'Type': 'AWS::CloudFront::OriginAccessControl', 'Properties': {'OriginAccessControlConfig': {
            'Name': 'media', 'OriginAccessControlOriginType': 's3', 'SigningBehavior': 'always', 'SigningProtocol': 'sigv4'}}},
        Origin={'Type': 'AWS::CloudFront::VpcOrigin', 'Properties': {'VpcOriginEndpointConfig': {
            'Name': name, 'Arn': {'Ref': 'Balancer'}, 'HTTPPort': 80, 'OriginProtocolPolicy': 'http-only',
            'OriginSSLProtocols': ['TLSv1.2']}}},
        Cdn={'Type': 'AWS::CloudFront::Distribution', 'Properties': {'DistributionConfig': {
            'Enabled': True, 'WebACLId': {'Fn::GetAtt': ['Acl', 'Arn']},
            'Origins': [
                {'Id': 'app', 'DomainName': {'Fn::GetAtt': ['Balancer', 'DNSName']},
                 'VpcOriginConfig': {'VpcOriginId': {'Fn::GetAtt': ['Origin', 'Id']}}},
                {'Id': 'media', 'DomainName': {'Fn::GetAtt': ['Media', 'RegionalDomainName']}, 'S3OriginConfig': {},
                 'OriginAccessControlId': {'Fn::GetAtt': ['Control', 'Id']}}],
            'DefaultCacheBehavior': {'TargetOriginId': 'app', 'ViewerProtocolPolicy': 'redirect-to-https',
                                     'CachePolicyId': '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'},
            'CacheBehaviors': [{'PathPattern': '/media/*', 'TargetOriginId': 'media', 'ViewerProtocolPolicy': 'https-only',
                                'CachePolicyId': '658327ea-f89d-4fab-a63d-7e88639e58f6'}],
            'Logging': {'Bucket': {'Fn::GetAtt': ['Media', 'RegionalDomainName']}, 'Prefix': 'cdn/'}}}},
    )


@pytest.fixture
def deployed(stack):
    assert stack.deploy(distribution()) == 'CREATE_COMPLETE', stack.reasons()
    return stack


def test_distribution_comes_back_as_declared(aws, deployed):
    config = aws('cloudfront').get_distribution_config(Id=deployed.id_of('Cdn'))['DistributionConfig']
    app, media = config['Origins']['Items']
    assert app['VpcOriginConfig']['VpcOriginId'] == deployed.id_of('Origin')
    assert media['OriginAccessControlId'] == deployed.id_of('Control')
    assert config['DefaultCacheBehavior']['ViewerProtocolPolicy'] == 'redirect-to-https'
    assert config['CacheBehaviors']['Items'][0]['PathPattern'] == '/media/*'
    assert config['CacheBehaviors']['Items'][0]['TargetOriginId'] == 'media'
    assert '/webacl/' in config['WebACLId']
    assert config['Logging']['Prefix'] == 'cdn/'


def test_vpc_origin_points_at_the_load_balancer_and_is_renamed_in_place(aws, stack):
    def alone(**named):
        return {name: each for name, each in distribution(**named).items() if name != 'Cdn'}

    assert stack.deploy(alone()) == 'CREATE_COMPLETE', stack.reasons()
    before = stack.id_of('Origin')
    origin = aws('cloudfront').get_vpc_origin(Id=before)['VpcOrigin']
    assert origin['VpcOriginEndpointConfig']['Arn'] == stack.id_of('Balancer')
    assert origin['VpcOriginEndpointConfig']['OriginProtocolPolicy'] == 'http-only'
    assert stack.deploy(alone(name='renamed')) == 'UPDATE_COMPLETE', stack.reasons()
    assert stack.id_of('Origin') == before
    assert aws('cloudfront').get_vpc_origin(Id=before)['VpcOrigin']['VpcOriginEndpointConfig']['Name'] == 'renamed'


def test_vpc_origin_goes_with_the_stack(aws, deployed):
    origin = deployed.id_of('Origin')
    assert deployed.delete() == 'DELETE_COMPLETE'
    items = aws('cloudfront').list_vpc_origins()['VpcOriginList'].get('Items', [])
    assert origin not in [each['Id'] for each in items]


def signing(*keys, comment='media'):
    """A key group of keys, each under an id of its own, as CloudFront changes none."""
    return {
        **{f'Key{key}': {'Type': 'AWS::CloudFront::PublicKey', 'Properties': {'PublicKeyConfig': {
            'CallerReference': key, 'Name': f'key-{key}', 'EncodedKey': f'-----BEGIN PUBLIC KEY-----\n{key}\n-----END PUBLIC KEY-----\n'}}}
           for key in keys},
        'Group': {'Type': 'AWS::CloudFront::KeyGroup', 'Properties': {'KeyGroupConfig': {
            'Name': 'media', 'Comment': comment, 'Items': [{'Ref': f'Key{key}'} for key in keys]}}},
    }


def test_key_group_comes_back_as_declared_and_takes_another_key(aws, stack):
    assert stack.deploy(signing('A')) == 'CREATE_COMPLETE', stack.reasons()
    api, group = aws('cloudfront'), stack.id_of('Group')
    assert api.get_key_group(Id=group)['KeyGroup']['KeyGroupConfig']['Items'] == [stack.id_of('KeyA')]
    assert 'BEGIN PUBLIC KEY' in api.get_public_key(Id=stack.id_of('KeyA'))['PublicKey']['PublicKeyConfig']['EncodedKey']
    old = stack.id_of('KeyA')
    assert stack.deploy(signing('B', 'A')) == 'UPDATE_COMPLETE', stack.reasons()
    assert api.get_key_group(Id=group)['KeyGroup']['KeyGroupConfig']['Items'] == [stack.id_of('KeyB'), old]
    assert stack.deploy(signing('B')) == 'UPDATE_COMPLETE', stack.reasons()
    with pytest.raises(api.exceptions.ClientError, match='NoSuchPublicKey'):
        api.get_public_key(Id=old)


def test_a_key_is_not_changed_in_place(stack):
    assert stack.deploy(signing('A')) == 'CREATE_COMPLETE', stack.reasons()
    changed = signing('A')
    changed['KeyA']['Properties']['PublicKeyConfig']['EncodedKey'] = '-----BEGIN PUBLIC KEY-----\nC\n-----END PUBLIC KEY-----\n'
    assert stack.deploy(changed) == 'UPDATE_ROLLBACK_COMPLETE'
    assert any('CannotChangeImmutablePublicKeyFields' in reason for reason in stack.reasons())
