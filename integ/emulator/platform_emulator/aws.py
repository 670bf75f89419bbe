"""How a handler speaks to the emulator: through the same public API that a test asks afterwards."""

import functools
import os
from contextlib import contextmanager

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from ministack.core.responses import get_account_id, get_region

_GONE = ('NotFound', 'NoSuch', 'DoesNotExist', 'NonexistentItem')


def client(service):
    """A client of the emulator in the account and region of the stack under way."""
    return _client(service, get_account_id(), get_region())


@functools.lru_cache(maxsize=None)
def _client(service, account, region):
    # ministack takes a 12-digit access key as the account.
    return boto3.client(
        service,
        endpoint_url=f"http://127.0.0.1:{os.environ.get('GATEWAY_PORT', '4566')}",
        region_name=region,
        aws_access_key_id=account,
        aws_secret_access_key='local',
        config=Config(retries={'max_attempts': 1}, s3={'addressing_style': 'path'}),
    )


def arn(service, resource, *, regional=True):
    return f"arn:aws:{service}:{get_region() if regional else ''}:{get_account_id()}:{resource}"


@contextmanager
def gone_is_fine():
    """A delete of what is already gone succeeds, as in CloudFormation; every other error stays one."""
    try:
        yield
    except ClientError as error:
        if not any(word in error.response['Error']['Code'] for word in _GONE):
            raise


def pick(props, *names):
    """The named properties that the template sets."""
    return {name: props[name] for name in names if name in props}


def boolean(value):
    """A template boolean, which may arrive as the string 'true'."""
    return str(value).lower() == 'true'


def input_of(service, operation, props):
    """Template properties as the input of an operation: its own spelling of each name (PascalCase becomes camelCase
    where the API has it so), and its own type of each scalar, since templates may write 5 as '5' and true as 'true'."""
    model = client(service).meta.service_model.operation_model(operation)
    return _shaped(model.input_shape, props)


def _shaped(shape, value):
    if shape.type_name == 'structure' and isinstance(value, dict):
        spelling = {name.lower(): name for name in shape.members}
        unknown = [name for name in value if name.lower() not in spelling]
        if unknown:
            raise ValueError(f"{shape.name} has no {', '.join(unknown)}; the handler must map or leave out what it cannot pass on")
        return {spelling[name.lower()]: _shaped(shape.members[spelling[name.lower()]], item) for name, item in value.items()}
    if shape.type_name == 'list' and isinstance(value, list):
        return [_shaped(shape.member, item) for item in value]
    if shape.type_name == 'map' and isinstance(value, dict):
        return {name: _shaped(shape.value, item) for name, item in value.items()}
    return _scalar(shape.type_name, value)


def _scalar(type_name, value):
    if type_name in ('integer', 'long'):
        return int(value)
    if type_name in ('double', 'float'):
        return float(value)
    if type_name == 'boolean':
        return boolean(value)
    if type_name == 'string' and not isinstance(value, (dict, list)):
        return str(value)
    return value
