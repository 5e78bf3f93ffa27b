"""
Fair mode: the program runs as a script, with real pipes for input and output, one process for each test. The checker of
LiveCodeBench does not do this; verdicts of the two are never mixed.
"""
import os
import sys
import threading
from types import ModuleType


def load(code):
    """The program's code object; raises SyntaxError."""
    return compile(code, "<string>", "exec", dont_inherit=True)


def run(program, text, limit):
    """What the program writes to its standard output, at most `limit` + 1 characters. SystemExit ends it normally."""
    _feed(text.encode("utf-8", "surrogatepass"))
    written, collector = _collect(4 * limit + 4)
    sys.stdin = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)
    sys.stdout = open(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False)
    sys.__stdin__, sys.__stdout__ = sys.stdin, sys.stdout
    module = sys.modules["__main__"] = ModuleType("__main__")
    try:
        exec(program, module.__dict__)
    except SystemExit:
        pass
    finally:
        try:
            sys.__stdout__.flush()
            sys.stdout.flush()
        except (OSError, ValueError):
            pass  # the program closed it
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
    collector.join(30)
    return b"".join(written).decode("utf-8", "surrogateescape")[:limit + 1]


def _feed(data):
    reading, writing = os.pipe()
    os.dup2(reading, 0)
    os.close(reading)

    def write():
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(writing, view):]
        except OSError:
            pass
        finally:
            os.close(writing)

    threading.Thread(target=write, daemon=True).start()


def _collect(limit):
    """Reads the other end of descriptor 1 in a thread; what comes beyond `limit` bytes is dropped."""
    reading, writing = os.pipe()
    os.dup2(writing, 1)
    os.close(writing)
    parts, left = [], [limit]

    def read():
        while True:
            part = os.read(reading, 1 << 16)
            if not part:
                return
            if left[0] > 0:
                parts.append(part[:left[0]])
                left[0] -= len(part)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    return parts, thread
