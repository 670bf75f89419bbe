"""Where a load balancer stands, and its protection against deletion."""

from ministack.services import alb

from ..aws import client
from ..registry import deepens, guards_delete_of, uses

_LOAD_BALANCERS = uses(alb, '_lbs')


@deepens('AWS::ElasticLoadBalancingV2::LoadBalancer')
def network(load_balancer_arn, props):
    subnets = [subnet for subnet in props.get('Subnets') or []]
    if subnets:
        found = client('ec2').describe_subnets(SubnetIds=subnets[:1])['Subnets'][0]
        _LOAD_BALANCERS[load_balancer_arn]['VpcId'] = found['VpcId']


@guards_delete_of('AWS::ElasticLoadBalancingV2::LoadBalancer')
def protected(load_balancer_arn, props):
    attributes = {each['Key']: each['Value'] for each in props.get('LoadBalancerAttributes') or []}
    if attributes.get('deletion_protection.enabled') == 'true':
        raise ValueError(f'Load balancer {load_balancer_arn} cannot be deleted because deletion protection is enabled')


@deepens('AWS::ElasticLoadBalancingV2::TargetGroup')
def full_name(target_group_arn, props):
    """As CloudWatch knows it, `targetgroup/<name>/<id>`: ministack leaves the first part out."""
    return {'TargetGroupFullName': target_group_arn.split(':')[-1]}
