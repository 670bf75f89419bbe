"""Application Auto Scaling: keeps targets, policies and scheduled actions. It does not scale."""

import re
import time
from datetime import datetime, timezone

from ministack.core.responses import AccountRegionScopedDict, new_uuid

from ..aws import arn
from .json_api import ApiError, answer, unknown_operation

_TARGETS = AccountRegionScopedDict()
_POLICIES = AccountRegionScopedDict()
_SCHEDULED = AccountRegionScopedDict()


async def handle(method, path, headers, body, query_params):
    return answer(_OPERATIONS, headers, body) or unknown_operation(headers)


def _key(request):
    return '|'.join(request[name] for name in ('ServiceNamespace', 'ResourceId', 'ScalableDimension'))


def _register(request):
    known = _TARGETS.get(_key(request))
    if known is None and not {'MinCapacity', 'MaxCapacity'} <= request.keys():
        raise ApiError('ValidationException', 'MinCapacity and MaxCapacity are required for a new scalable target')
    target = {
        'RoleARN': arn('iam', 'role/aws-service-role/application-autoscaling.amazonaws.com/ScalableTarget', regional=False),
        'CreationTime': int(time.time()),
        'ScalableTargetARN': arn('application-autoscaling', f'scalable-target/{new_uuid()}'),
        'SuspendedState': {
            'DynamicScalingInSuspended': False, 'DynamicScalingOutSuspended': False, 'ScheduledScalingSuspended': False},
        **(known or {}),
        **{name: value for name, value in request.items() if name != 'Tags'},
    }
    if target['MinCapacity'] > target['MaxCapacity']:
        raise ApiError('ValidationException', 'Maximum capacity cannot be less than minimum capacity')
    _TARGETS[_key(request)] = target
    return {'ScalableTargetARN': target['ScalableTargetARN']}


def _require_target(request):
    if _key(request) not in _TARGETS:
        raise ApiError('ObjectNotFoundException', f'No scalable target registered for {_key(request)}')


def _deregister(request):
    _require_target(request)
    _TARGETS.pop(_key(request), None)
    for store in (_POLICIES, _SCHEDULED):
        for name in [name for name in store if name.startswith(_key(request) + '|')]:
            store.pop(name, None)
    return {}


def _put_policy(request):
    _require_target(request)
    name = f"{_key(request)}|{request['PolicyName']}"
    known = _POLICIES.get(name, {})
    policy_arn = known.get('PolicyARN') or arn(
        'autoscaling', f"scalingPolicy:{new_uuid()}:resource/{request['ServiceNamespace']}/{request['ResourceId']}"
        f":policyName/{request['PolicyName']}")
    _POLICIES[name] = {
        'CreationTime': int(time.time()), 'Alarms': [], **known, **request, 'PolicyARN': policy_arn}
    return {'PolicyARN': policy_arn, 'Alarms': []}


def _delete_policy(request):
    name = f"{_key(request)}|{request['PolicyName']}"
    if _POLICIES.pop(name, None) is None:
        raise ApiError('ObjectNotFoundException', f"No scaling policy {request['PolicyName']}")
    return {}


def _put_scheduled(request):
    _require_target(request)
    _require_future(request.get('Schedule', ''))
    name = f"{_key(request)}|{request['ScheduledActionName']}"
    action_arn = arn('autoscaling', f'scheduledAction:{new_uuid()}')
    _SCHEDULED[name] = {'ScheduledActionARN': action_arn, 'CreationTime': int(time.time()), **request}
    return {}


def _require_future(schedule):
    once = re.fullmatch(r'at\((.+)\)', schedule)
    if once and datetime.fromisoformat(once[1]).replace(tzinfo=timezone.utc) < datetime.now(timezone.utc):
        raise ApiError('ValidationException', f'{schedule} is in the past')


def _delete_scheduled(request):
    if _SCHEDULED.pop(f"{_key(request)}|{request['ScheduledActionName']}", None) is None:
        raise ApiError('ObjectNotFoundException', f"No scheduled action {request['ScheduledActionName']}")
    return {}


def _described(store, answer_name, **filters):
    """A Describe operation; each filter names the request's list and the member that it selects by."""
    def describe(request):
        wanted = {member: request[name] for name, member in filters.items() if request.get(name)}
        single = {name: request[name] for name in ('ServiceNamespace', 'ResourceId', 'ScalableDimension') if request.get(name)}
        return {answer_name: [
            entry for entry in store.values()
            if all(entry[member] in values for member, values in wanted.items())
            and all(entry[name] == value for name, value in single.items())
        ]}
    return describe


_OPERATIONS = {
    'RegisterScalableTarget': _register,
    'DeregisterScalableTarget': _deregister,
    'DescribeScalableTargets': _described(_TARGETS, 'ScalableTargets', ResourceIds='ResourceId'),
    'PutScalingPolicy': _put_policy,
    'DeleteScalingPolicy': _delete_policy,
    'DescribeScalingPolicies': _described(_POLICIES, 'ScalingPolicies', PolicyNames='PolicyName'),
    'PutScheduledAction': _put_scheduled,
    'DeleteScheduledAction': _delete_scheduled,
    'DescribeScheduledActions': _described(_SCHEDULED, 'ScheduledActions', ScheduledActionNames='ScheduledActionName'),
}
