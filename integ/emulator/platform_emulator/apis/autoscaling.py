"""Warm pools, which hold no instances, and what a group's description lacks, in front of ministack's Auto Scaling."""

from urllib.parse import parse_qs

from ministack.core.responses import AccountRegionScopedDict
from ministack.services import autoscaling

_POOLS = AccountRegionScopedDict()


def with_warm_pools(ordinary):
    async def handle(method, path, headers, body, query_params):
        given = {name: values[0] for name, values in parse_qs((body or b'').decode('utf-8', errors='replace')).items()}
        operation = _OPERATIONS.get(given.get('Action'))
        if operation:
            return operation(given)
        status, answered, content = await ordinary(method, path, headers, body, query_params)
        return status, answered, _complete(content) if given.get('Action') == 'DescribeAutoScalingGroups' else content
    return handle


def _complete(content):
    """The members that a stack declared and ministack leaves out, at the head of each group."""
    for name, group in autoscaling._asgs.items():
        head = f'<member><AutoScalingGroupName>{name}</AutoScalingGroupName>'
        declared = {member: value for member, value in group.get('Declared', {}).items() if value not in (None, [], {})}
        content = content.replace(head.encode(), (head + autoscaling._member_xml(declared)).encode())
    return content


def _put(given):
    name = given['AutoScalingGroupName']
    if name not in autoscaling._asgs:
        return autoscaling._error('ValidationError', f'AutoScalingGroup name not found - {name}')
    known = {'MinSize': '0', 'PoolState': 'Stopped', **_POOLS.get(name, {})}
    _POOLS[name] = {**known, **{key: given[key] for key in ('MinSize', 'MaxGroupPreparedCapacity', 'PoolState') if key in given}}
    return _answer('PutWarmPool')


def _describe(given):
    pool = _POOLS.get(given['AutoScalingGroupName'])
    return _answer('DescribeWarmPool', f'<WarmPoolConfiguration>{autoscaling._member_xml(pool)}</WarmPoolConfiguration><Instances/>' if pool else '<Instances/>')


def _delete(given):
    if _POOLS.pop(given['AutoScalingGroupName'], None) is None:
        return autoscaling._error('ValidationError', 'No warm pool found')
    return _answer('DeleteWarmPool')


def _answer(operation, content=''):
    return autoscaling._xml(200, f'{operation}Response', f'<{operation}Result>{content}</{operation}Result>')


_OPERATIONS = {'PutWarmPool': _put, 'DescribeWarmPool': _describe, 'DeleteWarmPool': _delete}
