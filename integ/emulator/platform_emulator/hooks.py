"""The places in ministack that this package holds on to, checked at start and then used."""

import functools
import inspect
from importlib.metadata import version

from ministack import app
from ministack.services.cloudformation import provisioners, stacks

from . import alarms, edge, names, replacement  # noqa: F401  importing registers what they stand in for
from .registry import ADDED, DEEPENED, GUARDED, REPLACED, USED

PINNED = '1.5.33'

# What must be there, with the parameters that we pass.
_HOOKS = [
    (provisioners, '_RESOURCE_HANDLERS', None),
    (provisioners, '_physical_name', ['stack_name', 'logical_id', 'lowercase', 'max_len', 'seeded']),
    (provisioners, '_seeded_create', ['create_fn', 'logical_id', 'props', 'stack_name']),
    (stacks, '_runs_on_worker_thread', ['resource_type']),
    (app, 'SERVICE_HANDLERS', None),
    (app, 'main', []),
]


class BrokenHook(Exception):
    pass


def check():
    """Fails with the name of the hook that this release of ministack no longer has."""
    found = version('ministack')
    hooks = [
        *_HOOKS,
        *((module, name, None) for module, name in USED),
        *((module, name, parameters) for (module, name), (parameters, _) in REPLACED.items()),
    ]
    problems = [problem for problem in (_problem(*hook) for hook in hooks) if problem]
    problems += [
        f'provisioners._RESOURCE_HANDLERS has no {part} for {type_name}, which we deepen'
        for type_name in {*DEEPENED, *GUARDED}
        for part in ('create', 'delete')
        if part not in getattr(provisioners, '_RESOURCE_HANDLERS', {}).get(type_name, {})
    ]
    if problems:
        raise BrokenHook(
            f'ministack {found} is not as this project knows it (it is written for {PINNED}, pinned in '
            'integ/requirements.txt):\n  ' + '\n  '.join(problems)
            + '\nMend integ/emulator/platform_emulator/hooks.py, or go back to the pinned version.')


def _problem(module, name, parameters):
    where = f"{module.__name__.removeprefix('ministack.')}.{name}"
    if not hasattr(module, name):
        return f'{where} is gone'
    if parameters is None:
        return None
    now = list(inspect.signature(getattr(module, name)).parameters)
    return None if now == parameters else f'{where} now takes ({", ".join(now)}), we call it with ({", ".join(parameters)})'


def install():
    """Puts our types and APIs into ministack's tables."""
    table = provisioners._RESOURCE_HANDLERS
    for type_name, entry in ADDED.items():
        table[type_name] = entry
    for type_name in {*DEEPENED, *GUARDED}:
        table[type_name] = _deepened(table[type_name], DEEPENED.get(type_name, []), GUARDED.get(type_name, []))
    for (module, name), (_, function) in REPLACED.items():
        setattr(module, name, functools.partial(function, getattr(module, name)))

    # Our handlers call the emulator over HTTP, so they must not hold the thread that answers.
    ours = {*ADDED, *DEEPENED, *GUARDED}
    native = stacks._runs_on_worker_thread
    stacks._runs_on_worker_thread = lambda resource_type: resource_type in ours or native(resource_type)


def _deepened(entry, functions, guards):
    def more(physical_id, props, attributes):
        for function in functions:
            attributes = {**(attributes or {}), **(function(physical_id, props) or {})}
        return physical_id, attributes

    def create(logical_id, props, stack):
        physical_id, attributes = entry['create'](logical_id, props, stack)
        try:
            return more(physical_id, props, attributes)
        except Exception:
            # The engine never hears of a resource whose create failed, so nobody else would remove it.
            entry['delete'](physical_id, props)
            raise

    def update(physical_id, old, new, stack, logical_id=None):
        if 'update' not in entry:
            return create(logical_id or physical_id, new, stack)
        extra = (logical_id,) if entry.get('update_with_logical_id') else ()
        updated_id, attributes = entry['update'](physical_id, old, new, stack, *extra)
        return more(updated_id, new, attributes)

    def delete(physical_id, props):
        for guard in guards:
            guard(physical_id, props)
        replacement.snapshot_first(entry, physical_id, props)
        entry['delete'](physical_id, props)

    return {**entry, 'create': create, 'update': update, 'update_with_logical_id': True, 'delete': delete}
