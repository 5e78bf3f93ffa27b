"""Runs program.py on the input of the test it failed, for debugging.

NOT in the sandbox: the program can do whatever you can. It is loaded with the names that the verifier's prelude gives it;
everything else is ordinary Python: a real standard input, real files, no limits.
"""
import json
import os
import sys
import traceback

sys.dont_write_bytecode = True
from prelude import RECURSION_LIMIT, prelude_module  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
SHOWN_CHARS = 4_000


def text(name):
    with open(os.path.join(HERE, name), encoding="utf-8", newline="") as file:
        return file.read()


def run(func_name):
    path = os.path.join(HERE, "program.py")
    program = compile(text("program.py"), path, "exec", dont_inherit=True)
    module = prelude_module()
    module.__name__, module.__file__ = "__main__", path
    if func_name is None:
        os.dup2(os.open(os.path.join(HERE, "input.txt"), os.O_RDONLY), 0)
        sys.stdin = open(0, encoding="utf-8")
        exec(program, module.__dict__)
        return
    exec(program, module.__dict__)
    function = getattr(module.Solution() if hasattr(module, "Solution") else module, func_name)
    result = function(*[json.loads(line) for line in text("input.txt").split("\n")])
    print(json.dumps(result, default=repr, ensure_ascii=False))


def show(error):
    """Its traceback without the frames of this file."""
    frames = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename == os.path.abspath(__file__):
        frames = frames.tb_next
    traceback.print_exception(type(error), error, frames)


def main():
    sys.setrecursionlimit(RECURSION_LIMIT)
    try:
        run(json.loads(text("test.json"))["func_name"])
    except SystemExit:
        pass
    except BaseException as error:
        sys.stdout.flush()
        show(error)
    sys.stdout.flush()
    expected = text("expected.txt")
    print("\n--- expected ---\n" + expected[:SHOWN_CHARS] + ("\n… (all in expected.txt)" if len(expected) > SHOWN_CHARS else ""), file=sys.stderr)


main()
