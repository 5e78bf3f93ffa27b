"""
The runner inside Pyodide, which is CPython in WebAssembly. What helper.py does before it forks is done once here; then the memory of the
interpreter is kept, and each program gets an interpreter of its own that is restored from it. Nothing waits for frames here: the host
calls `answer` with one after the other.

Nothing here is trusted by anyone, as in candidate.py.
"""
import os
import random
import sys
from importlib import import_module

import what_pyodide_lacks

what_pyodide_lacks.replace()  # before modules of the runner look for it

import alarm
import candidate
import prelude
import pyodide_streams
import surroundings
from channel import text_of

FOLDER = os.path.dirname(__file__)

# In the memory that is kept a module costs a program nothing, and importing from Pyodide's archive is slow. late.py changes modules
# of an archive only where they are loaded already.
PRELOADED = (
    "array", "ast", "calendar", "cmath", "concurrent.futures.process", "dataclasses", "email", "hashlib", "inspect", "multiprocessing", "numbers", "pickle",
    "platform", "pprint", "queue", "shutil", "subprocess", "textwrap", "unittest.mock", "zlib",
)


def prepare():
    """All that programs share, before the memory is kept. Returns what the host calls for each program."""
    forget_modules()
    pyodide_streams.replace()
    sys.argv[:] = [""]
    for name in PRELOADED:
        import_module(name)
    surroundings.arrange()
    putenv = os.putenv
    prelude.guard()
    os.putenv = putenv  # for Pyodide, which sets variables when it starts
    module = prelude.prelude_module()
    alarm.handle()
    candidate.warm_up()
    candidate.freeze()

    def begin():
        """In the interpreter of a program. Returns `answer`."""
        random.seed()
        os.putenv = None
        prelude.hide_module()
        return Program(module).answer

    return begin


class Program:
    def __init__(self, module):
        self.module, self.inputs, self.run_test, self.index = module, [], None, 0

    def answer(self, kind, payload):
        """The frame that answers this one (candidate.py) as its type and payload; empty where none does."""
        payload = payload.to_bytes()
        if kind == "I":
            self.inputs.append(text_of(payload))
            return b""
        if kind == "L":
            frame, self.run_test = candidate.load(payload, self.inputs, self.module)
        else:
            frame = self.run_test(self.index, payload)
            self.index += 1
        return frame[0].encode() + frame[1]


def forget_modules():
    """A program finds no module of the runner's, and nothing in the folder where they were."""
    sys.path[:] = [path for path in sys.path if path not in ("", FOLDER)]
    for name, module in list(sys.modules.items()):
        if (getattr(module, "__file__", None) or "").startswith(FOLDER):
            del sys.modules[name]
