"""What the stacks declared and the emulator only took note of, in a file that the tasks print after each run."""

import json
import os
import threading
from pathlib import Path


class Recorder:
    def __init__(self):
        self._entries = {}
        self._lock = threading.Lock()

    def add(self, type_name, stack, logical_id, physical_id):
        with self._lock:
            self._entries[type_name, physical_id] = {'type': type_name, 'stack': stack, 'logicalId': logical_id}
            self.write()

    def remove(self, type_name, physical_id):
        # The entry stays: what a run deployed is reported after the run has destroyed it.
        with self._lock:
            if (type_name, physical_id) in self._entries:
                self._entries[type_name, physical_id]['deleted'] = True
            self.write()

    def write(self):
        folder = os.environ.get('LOCAL_AWS_RUN')
        if folder:
            entries = sorted(self._entries.values(), key=lambda entry: (entry['type'], entry['stack'], entry['logicalId']))
            (Path(folder) / 'recorded-only.json').write_text(json.dumps(entries, indent=2) + '\n')


RECORDER = Recorder()
