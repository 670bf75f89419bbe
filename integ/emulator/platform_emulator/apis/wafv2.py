"""The logging configuration of web ACLs, in front of ministack's WAF."""

from ministack.core.responses import AccountRegionScopedDict

from .json_api import ApiError, answer

_LOGGING = AccountRegionScopedDict()


def with_logging(waf):
    async def handle(method, path, headers, body, query_params):
        return answer(_OPERATIONS, headers, body) or await waf(method, path, headers, body, query_params)
    return handle


def _put(request):
    configuration = request['LoggingConfiguration']
    destinations = configuration.get('LogDestinationConfigs', [])
    if len(destinations) != 1 or not _named_for_waf(destinations[0]):
        raise ApiError('WAFInvalidParameterException',
                       f'one log destination whose name begins with aws-waf-logs- is needed, got {destinations}')
    _LOGGING[configuration['ResourceArn']] = configuration
    return {'LoggingConfiguration': configuration}


def _named_for_waf(destination):
    return destination.replace('/', ':').split(':')[-1].startswith('aws-waf-logs-') or ':aws-waf-logs-' in destination


def _get(request):
    if request['ResourceArn'] not in _LOGGING:
        raise ApiError('WAFNonexistentItemException', 'AWS WAF couldn’t perform the operation because your resource doesn’t exist.')
    return {'LoggingConfiguration': _LOGGING[request['ResourceArn']]}


def _delete(request):
    _get(request)
    _LOGGING.pop(request['ResourceArn'])
    return {}


def _list(request):
    return {'LoggingConfigurations': list(_LOGGING.values())}


_OPERATIONS = {
    'PutLoggingConfiguration': _put,
    'GetLoggingConfiguration': _get,
    'DeleteLoggingConfiguration': _delete,
    'ListLoggingConfigurations': _list,
}
