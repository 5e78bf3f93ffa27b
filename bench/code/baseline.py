"""
A plain checker with the process model of LiveCodeBench's, written for this benchmark: a pool of workers; for every
candidate a manager process and a forked child; the program rewritten into a function and executed behind the prelude's
text; for every stdin test `mock_open` and a patched stdin; a wall-clock alarm.

Reads jobs from standard input, one JSON object a line: {"code", "func_name", "inputs", "outputs"}. Prints one JSON object:
{"passed": [...], "wall": seconds, "cpu": seconds, "start": seconds}.

    python3 baseline.py WORKERS SECONDS_PER_TEST [MEGABYTES]

MEGABYTES of memory are held by the process that forks, as an evaluation holds its data set.
"""
import ast
import builtins
import io
import json
import multiprocessing
import os
import resource
import signal
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from types import ModuleType
from unittest.mock import mock_open, patch

STARS = "string re datetime collections heapq bisect copy math random statistics itertools functools operator io sys json builtins typing"
PRELUDE = "".join(f"from {name} import *\n" for name in STARS.split())
PRELUDE += "".join(f"import {name}\n" for name in STARS.split()[:16]) + "sys.setrecursionlimit(50000)\n"


class Alarm(Exception):
    pass


def on_alarm(signum, frame):
    raise Alarm


def rewritten(code):
    tree = ast.parse(code)
    last = tree.body[-1]
    if isinstance(last, ast.If) and ast.unparse(last.test) == "__name__ == '__main__'":
        tree = ast.parse(ast.unparse(tree.body[:-1]) + "\n" + ast.unparse(last.body))
    imports = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    rest = [node for node in tree.body if node not in imports]
    arguments = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
    function = ast.FunctionDef(name="program", args=arguments, body=rest, decorator_list=[], lineno=-1)
    return PRELUDE + ast.unparse(imports) + "\n" + ast.unparse(function)


class Stdin:
    def __init__(self, text):
        self.text, self._lines = text, io.StringIO(text)
        self.buffer = io.BytesIO(text.encode())

    def read(self, *_):
        return self.text

    def readlines(self, *_):
        return self.text.split("\n")

    def __getattr__(self, name):
        return getattr(self._lines, name)


def same_output(actual, expected):
    a = [line.strip() for line in actual.strip().split("\n")]
    b = [line.strip() for line in expected.strip().split("\n")]
    if len(a) != len(b):
        return False
    for x, y in zip(a, b):
        if x == y:
            continue
        try:
            if [Decimal(word) for word in x.split()] != [Decimal(word) for word in y.split()]:
                return False
        except Exception:
            return False
    return True


def run_stdin(function, text):
    lines = iter(text.split("\n"))
    out = sys.stdout = io.StringIO()
    try:
        with patch("sys.stdin.read", lambda *_: text), patch("sys.stdin.readlines", lambda *_: text.split("\n")), \
                patch("sys.stdin.readline", lambda *_: next(lines)), patch("sys.stdin", Stdin(text)), \
                patch("builtins.open", mock_open(read_data=text)):
            try:
                function()
            except SystemExit:
                pass
    finally:
        sys.stdout = sys.__stdout__
    return out.getvalue()


def grade(job, seconds):
    for name in ("fork", "kill", "remove", "system", "chdir", "getcwd"):
        setattr(os, name, None)
    builtins.quit = builtins.help = None
    signal.signal(signal.SIGALRM, on_alarm)
    call_based = job["func_name"] is not None
    module = ModuleType("program", "")
    signal.alarm(seconds)
    exec(PRELUDE + "\n" + job["code"] if call_based else rewritten(job["code"]), module.__dict__)
    signal.alarm(0)
    if not call_based:
        for text, expected in zip(job["inputs"], job["outputs"]):
            signal.alarm(seconds)
            actual = run_stdin(module.program, text)
            signal.alarm(0)
            if not same_output(actual, expected):
                return False
        return True
    holder = module.Solution() if "class Solution" in job["code"] else module
    function = getattr(holder, job["func_name"])
    tests = [[json.loads(line) for line in text.split("\n")] for text in job["inputs"]]
    golds = [json.loads(text) for text in job["outputs"]]
    for arguments, gold in zip(tests, golds):
        signal.alarm(seconds)
        value = function(*arguments)
        signal.alarm(0)
        if isinstance(value, tuple):
            value = list(value)
        if not value == gold:
            return False
    return True


def child(job, seconds, results):
    sys.stdin = open(os.devnull)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        results.append(grade(job, seconds))
    except Exception:
        results.append(False)


def check(job, seconds):
    results = multiprocessing.Manager().list()
    process = multiprocessing.Process(target=child, args=(job, seconds, results))
    process.start()
    process.join(timeout=(seconds + 1) * len(job["inputs"]) + 5)
    if process.is_alive():
        process.kill()
    return bool(results) and bool(results[0])


def main():
    workers, seconds = int(sys.argv[1]), int(sys.argv[2])
    held = b"x" * ((int(sys.argv[3]) if len(sys.argv) > 3 else 0) << 20)
    jobs = [json.loads(line) for line in sys.stdin]
    begun = time.monotonic()
    with ProcessPoolExecutor(workers) as pool:
        passed = list(pool.map(check, jobs, [seconds] * len(jobs)))
    wall = time.monotonic() - begun
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    del held
    cpu = sum(usage.ru_utime + usage.ru_stime for usage in used)
    print(json.dumps({"passed": passed, "wall": wall, "cpu": cpu}), file=sys.__stdout__)


if __name__ == "__main__":
    main()
