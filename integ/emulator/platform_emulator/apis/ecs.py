"""Revisions and deployments of a service, in front of ministack's ECS, which keeps none.

A revision is the one place where ECS says at which resolution a service's metrics are, and of which images its units are (API reference,
`ServiceRevision`): a deployment takes what is behind a tag when it begins. Each deployment succeeds at once.
"""

import json
import re
import time

from ministack.core.responses import AccountRegionScopedDict, new_uuid
from ministack.services import ecr, ecs as stored

from ..registry import uses
from .json_api import answer

_REVISIONS = AccountRegionScopedDict()
_DEPLOYMENTS = AccountRegionScopedDict()
_SERVICES, _DEFINITIONS = uses(stored, '_services'), uses(stored, '_task_defs')
_IMAGES = uses(ecr, '_images')
_IN_ECR = re.compile(r'^\d+\.dkr\.ecr\.[^/]+/(?P<repository>[^:@]+):(?P<tag>[^:@]+)$')


def with_revisions(ecs):
    async def handle(method, path, headers, body, query_params):
        answered = answer(_OPERATIONS, headers, body)
        if answered is not None:
            return answered
        response = await ecs(method, path, headers, body, query_params)
        request = json.loads(body or b'{}')
        if headers.get('x-amz-target', '').endswith('.UpdateService') and request.get('forceNewDeployment') and response[0] == 200:
            service = json.loads(response[2])['service']['serviceArn']
            add_revision(next(each for each in _SERVICES.values() if each['serviceArn'] == service))
        return response
    return handle


def add_revision(service, monitoring=None):
    """A deployment of the service as ministack's store has it, and the revision that it makes; the service names it as its current one."""
    before = [each['arn'] for each in service.get('currentServiceRevisions', [])]
    if monitoring is None and before:
        monitoring = _REVISIONS[before[0]].get('monitoring')
    revision_arn = _part_of(service, 'service-revision')
    kept = ('serviceArn', 'clusterArn', 'taskDefinition', 'capacityProviderStrategy', 'launchType', 'loadBalancers', 'networkConfiguration')
    _REVISIONS[revision_arn] = {
        'serviceRevisionArn': revision_arn,
        **{name: service[name] for name in kept if service.get(name)},
        **({'monitoring': monitoring} if monitoring else {}),
        'containerImages': [_image(each) for each in _containers(service['taskDefinition'])],
    }
    service['currentServiceRevisions'] = [{'arn': revision_arn, 'requestedTaskCount': service['desiredCount']}]
    deployment = {
        'serviceDeploymentArn': _part_of(service, 'service-deployment'),
        'serviceArn': service['serviceArn'],
        'clusterArn': service['clusterArn'],
        'status': 'SUCCESSFUL',
        'createdAt': time.time(),
        'targetServiceRevision': {'arn': revision_arn},
        'sourceServiceRevisions': [{'arn': arn} for arn in before],
    }
    _DEPLOYMENTS.setdefault(service['serviceArn'], []).append(deployment)


def _part_of(service, kind):
    return f"{service['serviceArn'].replace(':service/', f':{kind}/')}/{new_uuid().replace('-', '')[:19]}"


def _containers(task_definition):
    return next((each['containerDefinitions'] for each in _DEFINITIONS.values() if each['taskDefinitionArn'] == task_definition), [])


def _image(container):
    found = _IN_ECR.match(container['image'])
    images = _IMAGES.get(found['repository'], []) if found else []
    digest = next((each['imageDigest'] for each in images if found['tag'] in each.get('imageTags', [])), None)
    return {'containerName': container['name'], 'image': container['image'], **({'imageDigest': digest} if digest else {})}


def _describe_revisions(request):
    return _found('serviceRevisions', request['serviceRevisionArns'], _REVISIONS)


def _describe_deployments(request):
    known = {each['serviceDeploymentArn']: each for all_of in _DEPLOYMENTS.values() for each in all_of}
    return _found('serviceDeployments', request['serviceDeploymentArns'], known)


def _found(name, wanted, known):
    return {
        name: [known[each] for each in wanted if each in known],
        'failures': [{'arn': each, 'reason': 'MISSING'} for each in wanted if each not in known],
    }


def _list_deployments(request):
    asked = request['service'].rpartition('/')[2]
    made = [each for arn, all_of in _DEPLOYMENTS.items() if arn.rpartition('/')[2] == asked for each in all_of]
    kept = ('serviceDeploymentArn', 'serviceArn', 'clusterArn', 'status', 'createdAt')
    briefs = [{**{name: each[name] for name in kept}, 'targetServiceRevisionArn': each['targetServiceRevision']['arn']} for each in made]
    return {'serviceDeployments': [each for each in briefs if each['status'] in request.get('status', [each['status']])]}


_OPERATIONS = {
    'DescribeServiceRevisions': _describe_revisions,
    'DescribeServiceDeployments': _describe_deployments,
    'ListServiceDeployments': _list_deployments,
}
