"""Where a function stands and how often it runs at once, which ministack leaves out of what a stack declares."""

from ..aws import client, input_of, pick
from ..registry import deepens


@deepens('AWS::Lambda::Function')
def network(function_name, props):
    wanted = {
        'VpcConfig': {'SubnetIds': [], 'SecurityGroupIds': []}, 'FileSystemConfigs': [],
        **input_of('lambda', 'UpdateFunctionConfiguration', pick(props, 'VpcConfig', 'FileSystemConfigs')),
    }
    api = client('lambda')
    found = api.get_function_configuration(FunctionName=function_name)
    changed = {name: value for name, value in wanted.items() if _declared(found.get(name), value) != value}
    if changed:
        api.update_function_configuration(FunctionName=function_name, **changed)
        api.get_waiter('function_updated_v2').wait(FunctionName=function_name, WaiterConfig={'Delay': 1})


def _declared(found, wanted):
    """Without what Lambda adds to it, such as the VPC of the subnets."""
    return {name: (found or {}).get(name, []) for name in wanted} if isinstance(wanted, dict) else found or []


@deepens('AWS::Lambda::Function')
def reserved_concurrency(function_name, props):
    if 'ReservedConcurrentExecutions' in props:
        client('lambda').put_function_concurrency(
            FunctionName=function_name, ReservedConcurrentExecutions=int(props['ReservedConcurrentExecutions']))
    else:
        client('lambda').delete_function_concurrency(FunctionName=function_name)
