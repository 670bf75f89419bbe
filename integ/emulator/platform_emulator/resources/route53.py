"""Private zones, which ministack's CloudFormation makes public, and health checks, which it does not know."""

from ministack.services import route53

from ..aws import boolean, client, gone_is_fine, input_of
from ..registry import Resource, deepens, resource, uses

_ZONES = uses(route53, '_zones')
_CHECKS = uses(route53, '_health_checks')


@deepens('AWS::Route53::HostedZone')
def private_zone(zone_id, props):
    vpcs = [{'VPCId': vpc['VPCId'], 'VPCRegion': vpc['VPCRegion']} for vpc in props.get('VPCs', [])]
    if vpcs:
        _ZONES[zone_id].update(private=True, vpcs=vpcs)


@resource('AWS::Route53::HealthCheck')
class HealthCheck(Resource):
    def create(self, at, props):
        made = client('route53').create_health_check(**input_of('route53', 'CreateHealthCheck', {
            'CallerReference': at.name(), 'HealthCheckConfig': props['HealthCheckConfig']}))['HealthCheck']
        _complete(_CHECKS[made['Id']]['config'], props['HealthCheckConfig'])
        return made['Id'], {'HealthCheckId': made['Id']}

    def delete(self, physical_id, props):
        with gone_is_fine():
            client('route53').delete_health_check(HealthCheckId=physical_id)


def _complete(kept, declared):
    """ministack answers with Python's True, which no client takes for true, and loses the checks that one is made of."""
    kept.update({name: str(value).lower() for name, value in declared.items() if boolean(value)})
    if 'ChildHealthChecks' in declared:
        kept['ChildHealthChecks'] = declared['ChildHealthChecks']
