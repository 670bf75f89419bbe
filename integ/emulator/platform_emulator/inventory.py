"""All that the emulator holds, as `service.store: names`, written to a file at each SIGUSR1: what is there before the
first deploy and is not gone after the last delete has been left behind."""

import json
import os
import signal
import sys
from pathlib import Path

from ministack.core.responses import AccountRegionScopedDict, AccountScopedDict

SERVICES = 'ministack.services.'
# Records of what happened, labels and indices, rather than what there is.
HISTORY = ('event', 'history', 'activit', 'record', 'metric', 'invocation', 'quer', 'session', 'token', 'state_change', 'deployments',
           'tags', 'latest')
# What AWS too keeps showing for a while after it is gone.
GONE = ('deleted', 'inactive', 'stopped', 'terminated', 'pendingdeletion')


def holdings():
    """Keys without account and region, of every store that a service of ministack keeps."""
    found = {}
    for name, module in sorted(sys.modules.items()):
        if not name.startswith(SERVICES):
            continue
        for attribute, store in vars(module).items():
            if isinstance(store, (AccountScopedDict, AccountRegionScopedDict)) and not any(word in attribute for word in HISTORY):
                found[f'{name.removeprefix(SERVICES)}.{attribute.strip("_")}'] = sorted({
                    str(key[-1]) for key, value in list(store._data.items()) if not _gone(value)})
    return {place: names for place, names in found.items() if names}


def _gone(value):
    states = [value.get(name) for name in ('State', 'Status', 'status', 'lastStatus', 'state', 'KeyState')] if isinstance(value, dict) else []
    return any(isinstance(state, str) and state.lower() in GONE for state in states)


def install():
    signal.signal(signal.SIGUSR1, lambda *_: _write())


def _write():
    folder = Path(os.environ['LOCAL_AWS_RUN'])
    # Written whole: whoever waits for the file must not read half of it.
    draft = folder / 'inventory.draft.json'
    draft.write_text(json.dumps(holdings()) + '\n')
    draft.rename(folder / 'inventory.json')
