"""One test of a stdin program: the stand-ins for input and output that the reference checker uses, row by row."""
import builtins
import io
import sys


class InputBytes:
    """`sys.stdin.buffer`: read gives everything, readline the first line, always; nothing else exists."""

    def __init__(self, text):
        self.inputs = text.encode("utf-8", "surrogatepass")

    def read(self, *args):
        return self.inputs

    def readline(self, *args):
        return self.inputs.split(b"\n")[0] + b"\n"


class Input:
    """`sys.stdin`: readline moves on, read and readlines always see everything; the rest is an io.StringIO's."""

    def __init__(self, text):
        self.inputs = text
        self._stringio = io.StringIO(text)
        self.buffer = InputBytes(text)

    def read(self, *args):
        return self.inputs

    def readline(self, *args):
        return self._stringio.readline(*args)

    def readlines(self, *args):
        return self.inputs.split("\n")

    def __getattr__(self, name):
        return getattr(self._stringio, name)


class OpenedInput(io.StringIO):
    """What `builtins.open(anything)` gives: a file that holds the test input and swallows writes."""

    def write(self, *args):
        return None

    def writelines(self, *args):
        return None

    def close(self):
        return None

    def __exit__(self, *args):
        return False


def call(function, text):
    """Calls the program's function with `text` as its input. SystemExit ends the test normally; others propagate."""
    stream, real_open = sys.stdin, builtins.open
    lines = iter(text.split("\n"))
    # The process's own stream object is changed, too: `from sys import stdin` has bound it before.
    stand_ins = {"read": lambda *a: text, "readlines": lambda *a: text.split("\n"), "readline": lambda *a: next(lines)}
    for name, stand_in in stand_ins.items():
        setattr(stream, name, stand_in)
    sys.stdin = Input(text)
    builtins.open = lambda *args, **kwargs: OpenedInput(text)
    try:
        function()
    except SystemExit:
        pass
    finally:
        builtins.open, sys.stdin = real_open, stream
        for name in stand_ins:
            try:
                delattr(stream, name)
            except AttributeError:
                pass


class Captured:
    """Replaces `sys.stdout` by a text buffer for the time of one test; `text` is what was written when it ended."""

    def __enter__(self):
        self._stdout = sys.stdout
        self._buffer = sys.stdout = io.StringIO()
        self._buffer.close = lambda x: 1  # as in the reference: calling it without an argument is a TypeError
        self.text = ""
        return self

    def __exit__(self, *args):
        sys.stdout = self._stdout
        self.text = self._buffer.getvalue()
        del self._buffer
        return False
