"""What a template says of updates besides properties, which ministack does not heed.

UpdateReplacePolicy: Snapshot: ministack deletes a replaced database without the snapshot that AWS takes first. UpdatePolicy:
how a change of an Auto Scaling group reaches its instances.
"""

from contextvars import ContextVar

from ministack.services.cloudformation import stacks

from .registry import replaces

_POLICY = ContextVar('update_replace_policy', default='Delete')
_UPDATE_POLICY = ContextVar('update_policy', default=None)
# Replaced, and to be deleted when the update has succeeded.
_SNAPSHOT_FIRST = set()


@replaces(stacks, '_resource_policy', [
    'res_def', 'attribute', 'resources', 'params', 'conditions', 'mappings', 'stack_name', 'stack_id'])
def resource_policy(ordinary, res_def, attribute, *rest):
    """ministack asks for the policy right before it updates a resource; the update below it needs it too."""
    policy = ordinary(res_def, attribute, *rest)
    if attribute == 'UpdateReplacePolicy':
        _POLICY.set(policy)
        _UPDATE_POLICY.set(res_def.get('UpdatePolicy'))
    return policy


@replaces(stacks, '_update_resource', [
    'resource_type', 'physical_id', 'old_props', 'new_props', 'stack_name', 'logical_id', 'old_attrs'])
def update_resource(ordinary, resource_type, physical_id, *rest):
    updated = ordinary(resource_type, physical_id, *rest)
    if updated[0] != physical_id and _POLICY.get() == 'Snapshot':
        _SNAPSHOT_FIRST.add(physical_id)
    return updated


def update_policy():
    """The UpdatePolicy of the resource that is being updated; None while one is made."""
    return _UPDATE_POLICY.get()


def snapshot_first(entry, physical_id, props):
    if physical_id in _SNAPSHOT_FIRST:
        _SNAPSHOT_FIRST.discard(physical_id)
        entry.get('snapshot', lambda *_: None)(physical_id, props)
