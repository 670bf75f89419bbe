"""VPC origins; ministack has their API, and every other CloudFront type."""

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
