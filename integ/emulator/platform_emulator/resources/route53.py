"""Private zones, which ministack's CloudFormation makes public."""

from ministack.services import route53

from ..registry import deepens, uses

_ZONES = uses(route53, '_zones')


@deepens('AWS::Route53::HostedZone')
def private_zone(zone_id, props):
    vpcs = [{'VPCId': vpc['VPCId'], 'VPCRegion': vpc['VPCRegion']} for vpc in props.get('VPCs', [])]
    if vpcs:
        _ZONES[zone_id].update(private=True, vpcs=vpcs)
