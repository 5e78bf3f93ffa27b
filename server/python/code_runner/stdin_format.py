"""One test of a stdin program: the stand-ins for input and output that the reference checker uses, row by row."""
import builtins
import io
import sys

from unjoined import give_turn, others_time


class InputBytes:
    """`sys.stdin.buffer`: read gives everything, readline the first line, always; nothing else exists."""

    def __init__(self, text):
        self.inputs = text.encode("utf-8")  # a lone surrogate fails the test, as in the reference

    def read(self, *args):
        return self.inputs

    def readline(self, *args):
        return self.inputs.split(b"\n")[0] + b"\n"


class Input:
    """`sys.stdin`: readline moves on, read and readlines always see everything; the rest is a StringIO's."""

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


class OpenedInput:
    """`builtins.open` during a test: unittest's stand-in for it, made when it is called. Every file holds the test input."""

    def __init__(self, text):
        self._text, self._open = text, None

    def __call__(self, *args, **kwargs):
        if self._open is None:
            from unittest.mock import mock_open

            self._open = mock_open(read_data=self._text)
        return self._open(*args, **kwargs)


def output_of(function, text):
    """What the program's function writes with `text` as its input. SystemExit ends a test normally; other exceptions propagate."""
    with Captured() as captured:
        _with_input(function, text)
    return captured.text


def _with_input(function, text):
    stream, real_open = sys.stdin, builtins.open
    lines = iter(text.split("\n"))
    # The process's own stream object is changed, too: `from sys import stdin` has bound it before.
    stream.read, stream.readlines, stream.readline = lambda *a: text, lambda *a: text.split("\n"), lambda *a: next(lines)
    try:
        sys.stdin = Input(text)
        builtins.open = OpenedInput(text)
        _until_exit(function)
    finally:
        builtins.open, sys.stdin = real_open, stream
        missing = None
        for name in ("readline", "readlines", "read"):
            try:
                delattr(stream, name)
            except AttributeError as error:
                missing = error
        if missing is not None:
            raise missing


def _until_exit(function):
    before = others_time()
    try:
        function()
    except SystemExit:
        pass
    give_turn(before)


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
