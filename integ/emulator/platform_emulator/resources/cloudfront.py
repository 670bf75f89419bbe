"""VPC origins, public keys and key groups: ministack has their APIs, and every other CloudFront type."""

from ..aws import client, gone_is_fine
from ..registry import Resource, resource


@resource('AWS::CloudFront::VpcOrigin')
class VpcOrigin(Resource):
    def create(self, at, props):
        tags = {'Tags': {'Items': props['Tags']}} if props.get('Tags') else {}
        made = client('cloudfront').create_vpc_origin(VpcOriginEndpointConfig=_endpoint(props), **tags)['VpcOrigin']
        return made['Id'], _attributes(made)

    def update(self, physical_id, old, new):
        api = client('cloudfront')
        version = api.get_vpc_origin(Id=physical_id)['ETag']
        changed = api.update_vpc_origin(Id=physical_id, IfMatch=version, VpcOriginEndpointConfig=_endpoint(new))
        return _attributes(changed['VpcOrigin'])

    def delete(self, physical_id, props):
        api = client('cloudfront')
        with gone_is_fine():
            api.delete_vpc_origin(Id=physical_id, IfMatch=api.get_vpc_origin(Id=physical_id)['ETag'])


def _endpoint(props):
    config = dict(props['VpcOriginEndpointConfig'])
    protocols = config.get('OriginSSLProtocols') or ['TLSv1.2']
    return {
        'Name': config['Name'],
        'Arn': config['Arn'],
        'HTTPPort': int(config.get('HTTPPort', 80)),
        'HTTPSPort': int(config.get('HTTPSPort', 443)),
        'OriginProtocolPolicy': config.get('OriginProtocolPolicy', 'match-viewer'),
        'OriginSslProtocols': {'Quantity': len(protocols), 'Items': protocols},
    }


def _attributes(origin):
    return {
        'Id': origin['Id'],
        'Arn': origin['Arn'],
        'Status': origin['Status'],
        'CreatedTime': str(origin['CreatedTime']),
        'LastModifiedTime': str(origin['LastModifiedTime']),
    }


@resource('AWS::CloudFront::PublicKey')
class PublicKey(Resource):
    def create(self, at, props):
        made = client('cloudfront').create_public_key(PublicKeyConfig=props['PublicKeyConfig'])['PublicKey']
        return made['Id'], _key_attributes(made)

    def update(self, physical_id, old, new):
        api = client('cloudfront')
        version = api.get_public_key(Id=physical_id)['ETag']
        changed = api.update_public_key(Id=physical_id, IfMatch=version, PublicKeyConfig=new['PublicKeyConfig'])
        return _key_attributes(changed['PublicKey'])

    def delete(self, physical_id, props):
        api = client('cloudfront')
        with gone_is_fine():
            api.delete_public_key(Id=physical_id, IfMatch=api.get_public_key(Id=physical_id)['ETag'])


def _key_attributes(key):
    return {'Id': key['Id'], 'CreatedTime': str(key['CreatedTime'])}


@resource('AWS::CloudFront::KeyGroup')
class KeyGroup(Resource):
    def create(self, at, props):
        made = client('cloudfront').create_key_group(KeyGroupConfig=props['KeyGroupConfig'])['KeyGroup']
        return made['Id'], _group_attributes(made)

    def update(self, physical_id, old, new):
        api = client('cloudfront')
        version = api.get_key_group(Id=physical_id)['ETag']
        return _group_attributes(api.update_key_group(Id=physical_id, IfMatch=version, KeyGroupConfig=new['KeyGroupConfig'])['KeyGroup'])

    def delete(self, physical_id, props):
        api = client('cloudfront')
        with gone_is_fine():
            api.delete_key_group(Id=physical_id, IfMatch=api.get_key_group(Id=physical_id)['ETag'])


def _group_attributes(group):
    return {'Id': group['Id'], 'LastModifiedTime': str(group['LastModifiedTime'])}
