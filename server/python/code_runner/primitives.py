"""
Locks, queues and shared memory of `multiprocessing` in one process. Python makes them of named objects in /dev/shm and keeps account
of those in another process; the walls allow neither. Programs use them for threads (`ThreadPool`), or make them and start nothing.

Here a semaphore is made of `threading`'s parts, and shared memory is a file of the program's own folder, bounded and removed as all
its files are. `install` puts these in the place of the modules that the library imports for it.
"""
import os
import sys
import threading
from types import ModuleType

_RECURSIVE = 0
_unlink = os.unlink  # bound before the guard takes it away


class SemLock:
    """What `_multiprocessing.SemLock` does: a semaphore, or a lock that its owner may take again."""

    SEM_VALUE_MAX = 2**31 - 1

    def __init__(self, kind, value, maxvalue, name, unlink):
        self.kind, self.maxvalue, self.name, self.handle = kind, maxvalue, None, id(self)
        self._value, self._taken, self._owner = value, 0, None
        self._free = threading.Condition(threading.Lock())

    def acquire(self, block=True, timeout=None):
        if self.kind == _RECURSIVE and self._is_mine():
            self._taken += 1
            return True
        with self._free:
            if not self._free.wait_for(lambda: self._value > 0, (None if timeout is None else max(0.0, timeout)) if block else 0.0):
                return False
            self._value -= 1
            self._taken += 1
            self._owner = threading.get_ident()
            return True

    def release(self):
        if self.kind == _RECURSIVE:
            if not self._is_mine():
                raise AssertionError("attempt to release recursive lock not owned by thread")
            if self._taken > 1:
                self._taken -= 1
                return
        with self._free:
            if self._value >= self.maxvalue:
                raise ValueError("semaphore or lock released too many times")
            self._value += 1
            self._taken -= 1
            self._free.notify()

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *args):
        self.release()

    def _count(self):
        return self._taken

    def _is_mine(self):
        return self._taken > 0 and self._owner == threading.get_ident()

    def _get_value(self):
        return self._value

    def _is_zero(self):
        return self._value == 0

    def _after_fork(self):
        self._taken = 0


def _shm_open(path, flags, mode=0o777):
    return os.open("." + path, flags | os.O_CLOEXEC, mode)


def _nothing(*args):
    """Nobody else's process needs to clean up."""


def install():
    for name, content in (
        ("_multiprocessing", {"SemLock": SemLock, "sem_unlink": _nothing, "flags": {}}),
        ("_posixshmem", {"shm_open": _shm_open, "shm_unlink": lambda path: _unlink("." + path)}),
        ("multiprocessing.resource_tracker", {"register": _nothing, "unregister": _nothing, "ensure_running": _nothing}),
    ):
        module = sys.modules[name] = ModuleType(name)
        vars(module).update(content)
