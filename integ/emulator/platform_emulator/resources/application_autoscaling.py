"""Scalable targets and their policies, made through the API in `apis/application_autoscaling.py`."""

from ..aws import client, gone_is_fine, input_of, pick
from ..registry import Resource, resource

_TARGET = ('ServiceNamespace', 'ResourceId', 'ScalableDimension')
_SERVICE = 'application-autoscaling'


@resource('AWS::ApplicationAutoScaling::ScalableTarget')
class ScalableTarget(Resource):
    replaced_by = _TARGET

    def create(self, at, props):
        _register(props)
        return '|'.join(props[name] for name in ('ResourceId', 'ScalableDimension', 'ServiceNamespace')), {}

    def update(self, physical_id, old, new):
        _register(new)
        declared = {action['ScheduledActionName'] for action in new.get('ScheduledActions') or []}
        for action in old.get('ScheduledActions') or []:
            if action['ScheduledActionName'] not in declared:
                with gone_is_fine():
                    client(_SERVICE).delete_scheduled_action(**pick(new, *_TARGET), ScheduledActionName=action['ScheduledActionName'])
        return {}

    def delete(self, physical_id, props):
        with gone_is_fine():
            client(_SERVICE).deregister_scalable_target(**pick(props, *_TARGET))


def _register(props):
    request = input_of(_SERVICE, 'RegisterScalableTarget', pick(
        props, *_TARGET, 'MinCapacity', 'MaxCapacity', 'RoleARN', 'SuspendedState'))
    client(_SERVICE).register_scalable_target(**request)
    for action in props.get('ScheduledActions') or []:
        client(_SERVICE).put_scheduled_action(**input_of(
            _SERVICE, 'PutScheduledAction', {**pick(props, *_TARGET), **action}))


@resource('AWS::ApplicationAutoScaling::ScalingPolicy')
class ScalingPolicy(Resource):
    replaced_by = ('PolicyName', 'ScalingTargetId', *_TARGET)

    def create(self, at, props):
        policy_arn = _put(props)
        return policy_arn, {'Arn': policy_arn}

    def update(self, physical_id, old, new):
        return {'Arn': _put(new)}

    def delete(self, physical_id, props):
        with gone_is_fine():
            client(_SERVICE).delete_scaling_policy(PolicyName=props['PolicyName'], **_target_of(props))


def _put(props):
    configuration = {
        'StepScalingPolicyConfiguration': props.get('StepScalingPolicyConfiguration'),
        'TargetTrackingScalingPolicyConfiguration': props.get('TargetTrackingScalingPolicyConfiguration'),
        'PredictiveScalingPolicyConfiguration': props.get('PredictiveScalingPolicyConfiguration'),
    }
    request = input_of(_SERVICE, 'PutScalingPolicy', {
        **pick(props, 'PolicyName', 'PolicyType'),
        **_target_of(props),
        **{name: value for name, value in configuration.items() if value},
    })
    return client(_SERVICE).put_scaling_policy(**request)['PolicyARN']


def _target_of(props):
    if props.get('ScalingTargetId'):
        return dict(zip(('ResourceId', 'ScalableDimension', 'ServiceNamespace'), props['ScalingTargetId'].split('|')))
    return pick(props, *_TARGET)
