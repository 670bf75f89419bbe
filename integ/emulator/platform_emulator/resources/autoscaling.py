"""Auto Scaling groups as they were declared: their instances, where these stand, and how a change reaches them.

ministack keeps a group, but launches no instance for CloudFormation, sets the desired capacity back at each update, and
drops part of what is declared (a mixed instances policy, target groups, lifecycle hooks).
"""

from ministack.services import autoscaling

from ..aws import client, gone_is_fine, input_of, pick
from ..registry import Resource, deepens, guards_delete_of, resource, uses
from ..replacement import update_policy

_GROUPS = uses(autoscaling, '_asgs')
_KEPT = ('CapacityRebalance', 'Context', 'DefaultInstanceWarmup', 'MaxInstanceLifetime', 'MixedInstancesPolicy', 'TargetGroupARNs')


@deepens('AWS::AutoScaling::AutoScalingGroup')
def group(name, props):
    record, api = _GROUPS[name], client('autoscaling')
    record['Declared'] = pick(props, *_KEPT)
    record['AvailabilityZones'] = _zones(props.get('VPCZoneIdentifier') or [])
    for hook in props.get('LifecycleHookSpecificationList') or []:
        api.put_lifecycle_hook(**input_of('autoscaling', 'PutLifecycleHook', {**hook, 'AutoScalingGroupName': name}))
    _launch(name, props)
    return {}


def _zones(subnets):
    found = client('ec2').describe_subnets(SubnetIds=subnets)['Subnets'] if subnets else []
    return sorted({subnet['AvailabilityZone'] for subnet in found})


def _launch(name, props):
    """As many instances as there were, unless the template has a number of its own; new ones after an instance refresh."""
    record, api = _GROUPS[name], client('autoscaling')
    _template_of_policy(record)
    wanted = props.get('DesiredCapacity') or min(max(len(record['Instances']), record['MinSize']), record['MaxSize'])
    before = list(record['Instances'])
    outdated = any(instance['LaunchTemplate'] != record['LaunchTemplate'] for instance in before)
    refresh = (update_policy() or {}).get('AutoScalingInstanceRefresh')
    if outdated and refresh:
        api.start_instance_refresh(AutoScalingGroupName=name, Strategy=refresh['Strategy'], Preferences=pick(
            refresh.get('Preferences', {}), 'MinHealthyPercentage', 'MaxHealthyPercentage', 'SkipMatching'))
        record['Instances'].clear()
    api.set_desired_capacity(AutoScalingGroupName=name, DesiredCapacity=int(wanted))
    _register(props.get('TargetGroupARNs') or [], before, record['Instances'])


def _template_of_policy(record):
    """A mixed instances policy names the launch template one level further in."""
    policy = record['Declared'].get('MixedInstancesPolicy')
    if policy:
        given = policy['LaunchTemplate']['LaunchTemplateSpecification']
        record['LaunchTemplate'] = {'LaunchTemplateId': given['LaunchTemplateId'], 'LaunchTemplateName': '', 'Version': str(given['Version'])}


def _register(target_groups, before, after):
    api, kept = client('elbv2'), [instance['InstanceId'] for instance in after]
    gone = [{'Id': each['InstanceId']} for each in before if each['InstanceId'] not in kept]
    for target_group in target_groups:
        if gone:
            api.deregister_targets(TargetGroupArn=target_group, Targets=gone)
        if kept:
            api.register_targets(TargetGroupArn=target_group, Targets=[{'Id': each} for each in kept])


@guards_delete_of('AWS::AutoScaling::AutoScalingGroup')
def empty(name, props):
    """CloudFormation takes the instances out of the group first."""
    record = _GROUPS.get(name)
    if record:
        _register(props.get('TargetGroupARNs') or [], record['Instances'], [])


@resource('AWS::AutoScaling::WarmPool')
class WarmPool(Resource):
    replaced_by = ('AutoScalingGroupName',)

    def create(self, at, props):
        _put_pool(props)
        return props['AutoScalingGroupName'], {}

    def update(self, physical_id, old, new):
        _put_pool(new)
        return {}

    def delete(self, physical_id, props):
        with gone_is_fine():
            client('autoscaling').delete_warm_pool(AutoScalingGroupName=physical_id, ForceDelete=True)


def _put_pool(props):
    client('autoscaling').put_warm_pool(**input_of('autoscaling', 'PutWarmPool', props))
