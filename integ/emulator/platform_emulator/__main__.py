"""Runs the local AWS in the foreground: python -m platform_emulator"""

import sys

from ministack import app

from . import apis, hooks, inventory, public_registry, resources


def main():
    try:
        hooks.check()
    except hooks.BrokenHook as problem:
        sys.exit(str(problem))
    hooks.install()
    apis.install(app.SERVICE_HANDLERS)
    inventory.install()
    public_registry.start()
    print(f'platform_emulator: {resources.summary()}', flush=True)
    sys.argv = ['ministack']
    app.main()


main()
