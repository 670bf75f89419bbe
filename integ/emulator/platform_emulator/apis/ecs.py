"""The current revision of a service, in front of ministack's ECS, which keeps none.

A revision is the one place where ECS says at which resolution a service's metrics are (API reference, `ServiceRevision`).
"""

from ministack.core.responses import AccountRegionScopedDict, new_uuid

from .json_api import answer

_REVISIONS = AccountRegionScopedDict()


def with_revisions(ecs):
    async def handle(method, path, headers, body, query_params):
        return answer(_OPERATIONS, headers, body) or await ecs(method, path, headers, body, query_params)
    return handle


def add_revision(service, monitoring):
    """A new revision of the service as ministack's store has it; the service names it as its current one."""
    revision_arn = f"{service['serviceArn'].replace(':service/', ':service-revision/')}/{new_uuid().replace('-', '')[:19]}"
    kept = ('serviceArn', 'clusterArn', 'taskDefinition', 'capacityProviderStrategy', 'launchType', 'loadBalancers', 'networkConfiguration')
    _REVISIONS[revision_arn] = {
        'serviceRevisionArn': revision_arn,
        **{name: service[name] for name in kept if service.get(name)},
        **({'monitoring': monitoring} if monitoring else {}),
    }
    service['currentServiceRevisions'] = [{'arn': revision_arn, 'requestedTaskCount': service['desiredCount']}]


def _describe(request):
    wanted = request['serviceRevisionArns']
    return {
        'serviceRevisions': [_REVISIONS[each] for each in wanted if each in _REVISIONS],
        'failures': [{'arn': each, 'reason': 'MISSING'} for each in wanted if each not in _REVISIONS],
    }


_OPERATIONS = {'DescribeServiceRevisions': _describe}
