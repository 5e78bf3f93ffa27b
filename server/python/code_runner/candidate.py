"""
The process that runs one candidate program, inside all walls. Nothing here is trusted by anyone: the program shares
the interpreter and may change all of it. It holds no expected output; it only says what came out.

Frames in:  I an input (call-based format, all before L) · L load (`LOAD`, name of the function, program) · R run the next test
Frames out: l loaded · f failed to load · o output text · v typed value · x the test raised · b the process ends
"""
import faulthandler
import gc
import json
import struct
import sys
from os import _exit
from types import ModuleType

import alarm
import failure
import rewrite
import script_format
import stdin_format
import values
from call_format import arguments
from channel import payload_of, text_of
from late import in_checker
from prelude import RECURSION_LIMIT, hide_module

# How it runs, seconds of a test, characters of a result, bytes of the function's name. Read without a reader of JSON: the fewer
# objects a new process touches, the fewer pages it has to copy.
LOAD = struct.Struct("<BddI")
STDIN, CALLS, SCRIPT = range(3)
CALL_PRELUDE = rewrite.PRELUDE + "\n"  # one line more in this format

_enable_faulthandler = faulthandler.enable
_int_digits = getattr(sys, "get_int_max_str_digits", lambda: 0)  # 0: any number


def serve(channel, module):
    """
    Runs one candidate: frames in, frames out, until the helper ends the process. `module` holds the prelude's names and
    becomes the program's module: it was filled before the fork, which is cheaper than to fill one here.
    """
    hide_module()
    inputs = []
    while True:
        kind, payload = channel.receive()
        if kind == "I":
            inputs.append(text_of(payload))
        elif kind == "L":
            break
    frame, run_test = load(payload, inputs, module)
    del payload
    channel.send(*frame)
    index = 0
    while run_test is not None:
        kind, payload = channel.receive()
        if kind != "R":
            continue
        frame = run_test(index, payload)
        channel.send(*frame)
        if frame[0] == "b":
            _exit(1)
        index += 1


def load(payload, inputs, module):
    """
    Loads a program. Returns the frame that says how that went, as (type, payload), and what runs its tests: called with the number
    of a test and its input it returns the frame with the outcome. None where the program did not load.
    """
    how, seconds, limit, size = LOAD.unpack_from(payload)
    name, code = text_of(payload[LOAD.size:LOAD.size + size]), text_of(payload[LOAD.size + size:])

    def trouble(kind, error, hint=""):
        """The frame about an exception; the checker's process does not survive one that is no `Exception`."""
        ends = not isinstance(error, Exception)
        said = {"kind": "none" if ends else _kind(error), "error": failure.describe(error, _lines(code, how)) + hint}
        return "b" if ends else kind, json.dumps(said).encode()

    try:
        if how == SCRIPT:
            run_test = _load_script(code, int(limit))
        elif how == STDIN:
            run_test = _load_stdin(code, module, int(limit), seconds)
        else:
            run_test = _load_call(code, module, name, inputs, int(limit), seconds)
    except BaseException as error:
        return trouble("f", error, _hint(error, code, how)), None

    def outcome(index, payload):
        try:
            return run_test(index, payload)
        except BaseException as error:
            return trouble("x", error)

    return ("l", str(_int_digits()).encode()), outcome


def _kind(error):
    if isinstance(error, MemoryError):
        return "memory"
    return "output" if isinstance(error, values.TooLarge) else "exception"


def _hint(error, code, how):
    """Why a program that runs as a script does not load here: the checker's own rules (rewrite.py)."""
    if how != STDIN:
        return ""
    if isinstance(error, SyntaxError) and rewrite.stdin_program(code) is not None:
        return "\n(The checker makes the top level of a script the body of a function; this one cannot be one.)"
    if isinstance(error, AttributeError) and "'Solution'" in str(error):
        return "\n(The checker fails every stdin program that contains the text 'class Solution'.)"
    return ""


def _lines(code, how):
    """A function from lines of the executed text to lines of the user's program."""
    if how == SCRIPT:
        return lambda line: line
    if how == CALLS:
        before = CALL_PRELUDE.count("\n")
        return lambda line: line - before if line > before else None
    cache = {}

    def line_of(line):
        if not cache:
            text = rewrite.stdin_program(code)
            cache.update({0: 0} if text is None else {0: 0, **rewrite.user_lines(code, text)})
            cache[-1] = text is None
        return line if cache[-1] else cache.get(line)

    return line_of


def _holder(text, module, recursion_limit):
    """Executes `text` in the module and returns the holder of the wanted function, as the checker does."""
    program = compile(text, "<string>", "exec", dont_inherit=True)
    sys.setrecursionlimit(recursion_limit)  # the prelude does that; the text was compiled before
    exec(program, module.__dict__)
    holder = module.Solution() if "class Solution" in text else module
    assert holder is not None
    return holder


def _function(holder, name):
    """Looked up twice, as the checker does, which what looks up may notice."""
    if not hasattr(holder, name):
        raise AttributeError(f"{type(holder).__name__!r} has no attribute {name!r}")
    function = getattr(holder, name)
    if function is None:
        raise TypeError(f"{name!r} is None")
    return function


def _begin(seconds):
    """Before each test: the alarm, and the checker's own use of `sys.stderr`, without which it runs no test."""
    alarm.start(seconds)
    try:
        _enable_faulthandler()  # for good: it makes no difference to a program when the next test enables it again
    except Exception as error:
        raise BrokenStderr(f"sys.stderr is of no use any more: {error}") from None


class BrokenStderr(Exception):
    """A program has closed or replaced `sys.stderr`."""


def _load_stdin(code, module, limit, seconds):
    in_checker()
    alarm.start(seconds)
    text = rewrite.stdin_program(code)
    if text is None:
        holder = _holder(code, ModuleType("tmp_sol", ""), sys.getrecursionlimit())
    else:
        holder = _holder(text, module, RECURSION_LIMIT)
    alarm.stop()
    function = _function(holder, rewrite.FUNCTION)

    def run_test(_, payload):
        text = text_of(payload)
        _begin(seconds)
        try:
            output = stdin_format.output_of(function, text)
        finally:
            alarm.stop()
        if len(output) > limit:
            raise values.TooLarge(f"more than {limit} characters of output")
        return "o", payload_of(output)

    run_test.keep = module  # a program may drop every other reference to it
    return run_test


def _load_script(code, limit):
    program = script_format.load(code)
    sys.setrecursionlimit(RECURSION_LIMIT)

    def run_test(_, payload):
        text = script_format.run(program, text_of(payload), limit)
        if len(text) > limit:
            raise values.TooLarge(f"more than {limit} characters of output")
        return "o", payload_of(text)

    return run_test


def _load_call(code, module, name, inputs, limit, seconds):
    in_checker()
    alarm.start(seconds)
    holder = _holder(CALL_PRELUDE + code, module, RECURSION_LIMIT)
    alarm.stop()
    function = _function(holder, name)
    tests = [arguments(text) for text in inputs]

    def run_test(index, _):
        _begin(seconds)
        try:
            value = function(*tests[index])
        finally:
            alarm.stop()
        try:
            return "v", payload_of(values.typed_text(value, limit))
        except values.TooLarge:
            raise values.TooLarge(f"more than {limit} characters of result") from None

    run_test.keep = module  # a program may drop every other reference to it
    return run_test


def warm_up():
    """
    Once, before the fork: judges a small program of our own, so that what every candidate needs first (names looked up, library
    symbols bound, byte code specialised) is done in pages that children share.
    """
    sample = (
        "import math\ndef f(values, least=1):\n    return [x for x in values if x > least]\n"
        "n = int(input())\nfor i in range(n):\n    a, *b = map(int, input().split())\n    print(f(b), a if a else -1, math.gcd(a, n), sep=' ')\n"
        "if n > 3 and not n == 7:\n    d = {1: 'x'}\n    d[1] += f'{n}'\nwhile n:\n    n -= 1\n"
    )
    for _ in range(3):
        module = ModuleType("tmp_sol", "")
        exec(compile(rewrite.stdin_program(sample), "<string>", "exec", dont_inherit=True), module.__dict__)
        payload_of(stdin_format.output_of(_function(module, rewrite.FUNCTION), "2\n1 2 3\n4 5\n"))
        text_of(payload_of("1"))
        values.typed_text([1, "x", 0.5], 100)


def freeze():
    """Before the fork: objects of the helper leave the collector, so that children do not copy their pages."""
    gc.collect()
    gc.freeze()
