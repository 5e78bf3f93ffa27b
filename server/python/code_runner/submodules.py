"""
Submodules that a program finds in a package although it has imported the package only: the checker's own process has imported them.
Here they are imported when a program asks for them, because every module that is loaded makes every process dearer.
"""
import sys
from importlib import import_module
from importlib.machinery import PathFinder, SourceFileLoader

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


class _Loader(SourceFileLoader):
    def exec_module(self, module):
        super().exec_module(module)
        _show(module)


class _Finder:
    """Finds the packages above as Python does, and shows their submodules once they are loaded."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        spec = PathFinder.find_spec(name, path, target) if name in _SUBMODULES else None
        if spec is not None and type(spec.loader) is SourceFileLoader:
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


def _show(package):
    names, before = _SUBMODULES[package.__name__], vars(package).get("__getattr__")

    def __getattr__(name):
        if name in names:
            return import_module(f"{package.__name__}.{name}")
        if before is not None:
            return before(name)
        raise AttributeError(f"module {package.__name__!r} has no attribute {name!r}")

    package.__getattr__ = __getattr__


def show():
    """For packages that are loaded and those that will be."""
    sys.meta_path.insert(0, _Finder)
    for name in _SUBMODULES:
        if name in sys.modules:
            _show(sys.modules[name])
