"""Saved queries of Logs Insights, which nothing runs, and the key of a log group, in front of ministack's CloudWatch Logs."""

import time

from ministack.core.responses import AccountRegionScopedDict, new_uuid
from ministack.services import cloudwatch_logs

from ..registry import uses
from .json_api import ApiError, answer

_QUERIES = AccountRegionScopedDict()
_GROUPS = uses(cloudwatch_logs, '_log_groups')


def with_queries_and_keys(logs):
    async def handle(method, path, headers, body, query_params):
        return answer(_OPERATIONS, headers, body) or await logs(method, path, headers, body, query_params)
    return handle


def _put(request):
    known = request.get('queryDefinitionId')
    if known is not None:
        _require(known)
    name = known or new_uuid()
    kept = ('name', 'queryString', 'logGroupNames', 'queryLanguage')
    _QUERIES[name] = {
        'queryDefinitionId': name, 'lastModified': int(time.time() * 1000), **{each: request[each] for each in kept if each in request}}
    return {'queryDefinitionId': name}


def _describe(request):
    prefix = request.get('queryDefinitionNamePrefix', '')
    found = [query for query in _QUERIES.values() if query['name'].startswith(prefix)]
    return {'queryDefinitions': sorted(found, key=lambda query: query['name'])}


def _delete(request):
    _require(request['queryDefinitionId'])
    _QUERIES.pop(request['queryDefinitionId'])
    return {'success': True}


def _require(name):
    if name not in _QUERIES:
        raise ApiError('ResourceNotFoundException', f'The specified query definition {name} does not exist.')


def _encrypt(request):
    _group(request)['kmsKeyId'] = request['kmsKeyId']
    return {}


def _decrypt(request):
    _group(request)['kmsKeyId'] = None
    return {}


def _group(request):
    name = request.get('logGroupName') or request['resourceIdentifier'].split(':log-group:')[-1].removesuffix(':*')
    if name not in _GROUPS:
        raise ApiError('ResourceNotFoundException', f'The specified log group {name} does not exist.')
    return _GROUPS[name]


_OPERATIONS = {
    'PutQueryDefinition': _put, 'DescribeQueryDefinitions': _describe, 'DeleteQueryDefinition': _delete,
    'AssociateKmsKey': _encrypt, 'DisassociateKmsKey': _decrypt,
}
