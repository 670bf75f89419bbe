"""Names that CloudFormation makes. ministack gives a stack that is made again the names of the first one, so that it runs
into what the first one left; AWS gives it others."""

from ministack.services import cloudformation
from ministack.services.cloudformation import provisioners

from .registry import replaces, uses

_STACKS = uses(cloudformation, '_stacks')
_SEED = uses(provisioners, '_NAME_SEED')


@replaces(provisioners, '_physical_name', ['stack_name', 'logical_id', 'lowercase', 'max_len', 'seeded'])
def physical_name(ordinary, stack_name, logical_id, **options):
    stack_id = _STACKS.get(stack_name, {}).get('StackId', '')
    token = _SEED.set(f'{stack_id}{_SEED.get()}')
    try:
        return ordinary(stack_name, logical_id, **options)
    finally:
        _SEED.reset(token)
