"""Second opinion on math answers: Math-Verify on top of sympy.

Reads JSON lines {"gold", "pred"} from standard input and answers each with {"equal": true | false | null, "ms": CPU time};
null when the checker failed. The caller kills this process when a pair takes too long: a timer of our own would not stop
every hang. RLVR_MEMORY_MB bounds the address space. The texts are a model's: what parses them loses files, programs and
network once it is loaded, in case a way through it to Python is ever found.
"""
import json
import logging
import os
import sys
import time

memory = os.environ.get("RLVR_MEMORY_MB")
if memory:
    try:
        import resource

        size = int(memory) * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    except (ImportError, ValueError, OSError):
        pass  # not on this platform: the time limit still holds

logging.disable(logging.CRITICAL)
from math_verify import parse, verify  # noqa: E402  (after the limits are set and logging is off)


def delimited(text):
    """Math-Verify looks for mathematics between delimiters; a bare answer gets them, as its users do."""
    text = text.strip()
    return text if any(mark in text for mark in ("$", "\\boxed", "\\(", "\\[")) else f"${text}$"


def judge(row):
    # No timeouts inside: they need signals, which the process's owner replaces by killing it.
    gold = parse(delimited(row["gold"]), parsing_timeout=None)
    answer = parse(delimited(row["pred"]), parsing_timeout=None)
    return bool(verify(gold, answer, timeout_seconds=None))


REFUSED = ("os.", "subprocess.", "socket.", "ctypes.", "shutil.", "pty.", "mmap.", "sqlite3.", "webbrowser.", "gc.", "sys._getframe", "sys.settrace", "sys.setprofile", "code.__new__")
LOOKING = ("os.listdir", "os.scandir", "os.walk", "os.fwalk")  # what importing a module needs


def guard(event, arguments):
    if event == "open":
        mode, flags = arguments[1], arguments[2]
        writes = isinstance(mode, str) and any(mark in mode for mark in "wax+") or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        if not writes:
            return
    elif not event.startswith(REFUSED) or event in LOOKING:
        return
    raise PermissionError(f"refused: {event}")


sys.dont_write_bytecode = True
judge({"gold": "\\frac12", "pred": "0.5"})  # imports and grammar tables are not part of the first pair's time
sys.addaudithook(guard)
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    row = json.loads(line)
    started = time.process_time()
    try:
        equal = judge(row)
    except Exception:  # whatever the checker throws is no opinion
        equal = None
    print(json.dumps({"equal": equal, "ms": (time.process_time() - started) * 1000}), flush=True)
