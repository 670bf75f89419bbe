"""A JSON API of AWS as a table of functions."""

import json

from ministack.core.responses import new_uuid


class ApiError(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def answer(operations, headers, body):
    """The response of the operation that X-Amz-Target names, or None when the table has no such operation."""
    operation = operations.get(headers.get('x-amz-target', '').rpartition('.')[2])
    if operation is None:
        return None
    try:
        return _response(200, operation(json.loads(body or b'{}')))
    except ApiError as error:
        return _response(400, {'__type': error.code, 'message': str(error)})


def unknown_operation(headers):
    target = headers.get('x-amz-target', '')
    return _response(400, {'__type': 'UnknownOperationException', 'message': f'{target} is not known here'})


def _response(status, content):
    headers = {'Content-Type': 'application/x-amz-json-1.1', 'x-amzn-RequestId': new_uuid()}
    return status, headers, json.dumps(content).encode()
