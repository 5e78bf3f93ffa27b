"""What the reference checker changes in the interpreter before a program is loaded, and the names it gives it.

Source of every rule: LiveCodeBench's checker as described in docs/security.md and in the semantics it is tested
against. `guard` is applied once in the helper; children inherit it by fork.
This file imports nothing of ours: it also stands beside a program that is run in a terminal (run_test.py).
"""
import builtins
import os
import sys
from types import ModuleType

STAR_IMPORTS = (
    "string", "re", "datetime", "collections", "heapq", "bisect", "copy", "math", "random", "statistics",
    "itertools", "functools", "operator", "io", "sys", "json", "builtins", "typing",
)
"""Order matters: a later star import hides the earlier names."""

PLAIN_IMPORTS = STAR_IMPORTS[:16]

RECURSION_LIMIT = 50_000
INT_DIGITS = 50_000

_OS_NAMES = (
    "kill", "system", "putenv", "remove", "removedirs", "rmdir", "fchdir", "setuid", "fork", "forkpty", "killpg",
    "rename", "renames", "truncate", "replace", "unlink", "fchmod", "fchown", "chmod", "chown", "chroot",
    "lchflags", "lchmod", "lchown", "getcwd", "chdir",
)


def hide_module():
    """Makes importing `resource` fail, as in the reference. Done in each candidate: the helper's own `os.wait4` needs it."""
    sys.modules["resource"] = None


def prelude_module():
    """The module a program is executed in, with the prelude's names. Call after `guard`: they are bound to the objects of that moment."""
    lines = [f"from {name} import *" for name in STAR_IMPORTS] + [f"import {name}" for name in PLAIN_IMPORTS]
    module = ModuleType("tmp_sol", "")
    exec(compile("\n".join(lines), "<prelude>", "exec", dont_inherit=True), module.__dict__)
    return module


def guard():
    """Disables what the reference's `reliability_guard` disables. Parity, not security: the walls are elsewhere."""
    builtins.quit = None
    builtins.help = None
    os.environ["OMP_NUM_THREADS"] = "1"
    for name in _OS_NAMES:
        setattr(os, name, None)
    for name in ("ipdb", "joblib", "psutil", "tkinter"):
        sys.modules[name] = None
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(INT_DIGITS)
