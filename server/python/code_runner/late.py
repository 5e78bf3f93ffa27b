"""
What the checker's process has done to modules and has imported, done when a program imports or asks for them: every module that is
loaded before makes every process dearer, and few programs use these.

- Functions that the checker takes away.
- Submodules that a program finds in a package although it has imported the package only, because the checker has imported them.
- `multiprocessing` says that it runs in a process that it has started.
- What a module calls when it is loaded was not taken away yet then.
"""
import os
import sys
from importlib import import_module
from importlib.machinery import PathFinder, SourceFileLoader

_TAKEN_AWAY = {"shutil": ("rmtree", "move", "chown"), "subprocess": ("Popen",)}
_SUBMODULES = {
    "concurrent": ("futures",),
    "concurrent.futures": ("process",),
    "email": (
        "base64mime", "charset", "encoders", "errors", "feedparser", "header", "iterators", "message", "parser", "quoprimime", "utils",
    ),
    "importlib": ("abc", "machinery", "metadata", "readers", "resources", "util"),
    "multiprocessing": (
        "connection", "managers", "pool", "popen_fork", "queues", "resource_tracker", "shared_memory", "spawn", "util",
    ),
    "unittest": ("mock",),
}
_CALLED = {"multiprocessing.process": {"getcwd": os.getcwd}}
_left = {*_TAKEN_AWAY, *_SUBMODULES, *_CALLED}
"""Modules that have not been changed. A program that loads one anew gets it as it is."""
_exact = []


class _Loader(SourceFileLoader):
    def exec_module(self, module):
        called = _CALLED.get(module.__name__, {})
        now = {name: getattr(os, name) for name in called}
        vars(os).update(called)
        try:
            super().exec_module(module)
        finally:
            vars(os).update(now)
        _change(module)


class _Finder:
    """Finds these modules as Python does."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        spec = PathFinder.find_spec(name, path, target) if name in _left else None
        if spec is not None and type(spec.loader) is SourceFileLoader:
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


def _change(module):
    name = module.__name__
    _left.discard(name)
    for function in _TAKEN_AWAY.get(name, ()):
        setattr(module, function, None)
    if name in _SUBMODULES:
        _show(module)
    if name == "multiprocessing" and _exact:
        _be_a_child(module)


def _show(package):
    names, before = _SUBMODULES[package.__name__], vars(package).get("__getattr__")

    def __getattr__(name):
        if name in names:
            return import_module(f"{package.__name__}.{name}")
        if before is not None:
            return before(name)
        raise AttributeError(f"module {package.__name__!r} has no attribute {name!r}")

    package.__getattr__ = __getattr__


def _be_a_child(multiprocessing):
    process, parent = multiprocessing.process, os.getppid()
    main, child = process.current_process(), multiprocessing.Process(name="Process-2")
    child._parent_pid = parent
    process._current_process, process._parent_process = child, process._ParentProcess(main.name, parent, None)


def prepare():
    """For modules that are loaded and those that will be."""
    sys.meta_path.insert(0, _Finder)
    for name in sorted(_left):
        if name in sys.modules:
            _change(sys.modules[name])


def in_checker():
    """In a process that runs a program as the checker does."""
    _exact.append(True)
    if "multiprocessing" in sys.modules:
        _be_a_child(sys.modules["multiprocessing"])
