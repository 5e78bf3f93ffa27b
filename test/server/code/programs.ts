// Programs with the verdict they must get, which is that of LiveCodeBench's own checker (`bench/code/tables.ts` asks it) but where the
// row says why it is not.
import type { TestSuite } from '../../../server/protocol/problem.ts';

/** `differs`: why the checker's verdict is another one, in the words of docs/security.md. */
export type Row = readonly [name: string, suite: TestSuite, code: string, passes: boolean, differs?: string];

const cases = (pairs: readonly (readonly [input: string, output: string])[]): TestSuite['cases'] => pairs.map(([input, output]) => ({ input, output }));
const script = (...pairs: readonly (readonly [input: string, output: string])[]): TestSuite => ({ funcName: null, cases: cases(pairs), timeLimitSeconds: SECONDS });
const calls = (...pairs: readonly (readonly [input: string, output: string])[]): TestSuite => ({ funcName: 'f', cases: cases(pairs), timeLimitSeconds: SECONDS });

/** The limit of all these programs. */
export const SECONDS = 3;
const SUM = script(['3\n1 2 3\n', '6\n']);
const ONE = script(['x', '6']);
const TWO = script(['x', '6'], ['y', '6']);
const ADD = calls(['[1]\n2', '[1,2]']);
const LEVELS = 'def g(n):\n    return 0 if n == 0 else 1 + g(n - 1)';
const METHOD = 'class Solution:\n    def f(self, a, b):\n        return a + [b]';

const scripts: readonly Row[] = [
  ['a main guard at the end runs', SUM, 'def main():\n    input(); print(sum(map(int, input().split())))\nif __name__ == "__main__":\n    main()', true],
  ['a guard in another place does not', SUM, 'if __name__ == "__main__":\n    print(6)\nx = 1', false],
  ['global on a top-level name', ONE, 'n = 0\ndef f():\n    global n\n    n += 6\nf()\nprint(n)', false],
  ['nonlocal on a top-level name', ONE, 'n = 0\ndef f():\n    nonlocal n\n    n += 6\nf()\nprint(n)', true],
  ['return at top level', ONE, 'print(6)\nreturn', true],
  ['yield at top level: nothing runs', ONE, 'print(6)\nyield 1', false],
  ['names before a later import', script(['x', '2']), 'print(os.path.sep.count("/") + 1)\nimport os', true],
  ['a star import inside try', ONE, 'try:\n    from math import *\nexcept ImportError:\n    pass\nprint(6)', false],
  ['from __future__', ONE, 'from __future__ import annotations\nprint(6)', false],
  ['a class named Solution', ONE, 'class Solution:\n    pass\nprint(6)', false],
  ['sys.stdin.read sees everything again', SUM, 'import sys\ninput()\nprint(len(sys.stdin.read().split()) + 2)', true],
  ['sys.stdin.buffer.readline is always the first line', script(['6\n7\n', '66']), 'import sys\na = sys.stdin.buffer.readline()\nb = sys.stdin.buffer.readline()\nprint(int(a) * 11 if a == b else 0)', true],
  ['iterating over sys.stdin', script(['x', '1']), 'import sys\nprint(len(list(sys.stdin)))', false],
  ['the original stream has lines without newline', script(['6\n7', "'6'"]), 'from sys import stdin\nprint(repr(stdin.readline()))', true],
  ['open(0) is empty', script(['x', '0']), 'print(len(open(0).read()))', true],
  ['builtins.open holds the input', script(['abc', 'abc']), 'import builtins\nprint(builtins.open("anything").read())', true],
  ['sys.exit ends the test normally', ONE, 'import sys\nprint(6)\nsys.exit(1)\nprint(7)', true],
  ['quit is gone', ONE, 'print(6)\nquit()', false],
  ['KeyboardInterrupt ends the process', ONE, 'print(6)\nraise KeyboardInterrupt', false],
  ['output of a thread that was joined', ONE, 'import threading\nt = threading.Thread(target=lambda: print(6))\nt.start()\nt.join()', true],
  ['a thread that never ends', ONE, 'import threading, time\nthreading.Thread(target=lambda: time.sleep(1000)).start()\nprint(6)', true],
  ['sys.__stdout__ does not count', ONE, 'import sys\nsys.__stdout__.write("6")', false],
  ['sys.stdout.buffer', ONE, 'import sys\nsys.stdout.buffer.write(b"6")', false],
  ['bisect is the module', script(['x', '2']), 'print(bisect([1, 2], 2))', false],
  ['sub is operator\'s', ONE, 'print(sub(8, 2))', true],
  ['time is the class of datetime', script(['x', 'time']), 'print(time.__name__)', true],
  ['fifty thousand digits at most', script(['x', 'x']), 'print(10 ** 50001)', false],
  ['recursion of 40000 levels', script(['x', '40000']), 'def g(n):\n    return n and 1 + g(n - 1)\nprint(g(40000))', true],
  ['modules of the library that are not loaded yet', ONE, 'import sqlite3, csv, asyncio, multiprocessing, tempfile, concurrent.futures, unittest.mock\nprint(6)', true],
  ['files of its own', ONE, 'with open("a.txt", "w") as f:\n    f.write("6")\nprint(open("a.txt").read())', true],
  ['asyncio', ONE, 'import asyncio\nasync def main():\n    print(6)\nasyncio.run(main())', true],
];

const functions: readonly Row[] = [
  ['a method of Solution', calls(['[1]\n2', '[1,2]']), 'class Solution:\n    def f(self, a: List[int], b):\n        return a + [b]', true],
  ['a plain function', calls(['[1]\n2', '[1,2]']), 'def f(a, b):\n    return a + [b]', true],
  ['a comment "class Solution" over a function', calls(['1', '1']), '# class Solution\ndef f(a):\n    return a', false],
  ['two spaces before Solution', calls(['1', '1']), 'class  Solution:\n    def f(self, a):\n        return a', false],
  ['a constructor with arguments', calls(['1', '1']), 'class Solution:\n    def __init__(self, x):\n        pass\n    def f(self, a):\n        return a', false],
  ['state that survives from test to test', calls(['1', '[1]'], ['2', '[2]']), 'class Solution:\n    seen = []\n    def f(self, a):\n        self.seen.append(a)\n        return self.seen', false],
  ['an input with a final newline', calls(['1\n', '1']), 'def f(a):\n    return a', false],
  ['a malformed later test', calls(['1', '2'], ['x', '1']), 'def f(a):\n    return 2', false],
  ['a tuple outside', calls(['1', '[1,2]']), 'def f(a):\n    return (1, 2)', true],
  ['a tuple inside', calls(['1', '[[1,2]]']), 'def f(a):\n    return [(1, 2)]', false],
  ['printing', calls(['1', '1']), 'def f(a):\n    print("debug")\n    return a', true],
  ['input at top level', calls(['1', '1']), 'n = input()\ndef f(a):\n    return a', false],
  ['exit in the function', calls(['1', '1']), 'def f(a):\n    exit()', false],
  ['exact integers', calls(['9007199254740993', '9007199254740993']), 'def f(a):\n    return a', true],
  ['no exact integers', calls(['9007199254740993', '9007199254740993']), 'def f(a):\n    return float(a)', false],
  ['an own __eq__', calls(['1', '2']), 'class E:\n    def __eq__(self, other):\n        return True\ndef f(a):\n    return E()', false, 'a returned object with its own __eq__ equals nothing'],
];

const standardStreams: readonly Row[] = [
  ['sys.__stdin__ is closed', script(['x', 'True']), 'import sys\nprint(sys.__stdin__.closed)', true],
  ['reading sys.__stdin__', ONE, 'import sys\nsys.__stdin__.read()\nprint(6)', false],
  ['sys.__stdin__ in the place of sys.stdin', script(['6', '6']), 'import sys\nsys.stdin = sys.__stdin__\nprint(input())', false],
  ['sys.__stdin__ in a call', calls(['1', 'true']), 'import sys\ndef f(a):\n    return sys.__stdin__.closed and sys.stdin is not sys.__stdin__ and sys.stdin.read() == ""', true],
  ['the original stream is strict', script(['x', 'strict utf-8']), 'from sys import stdin\nprint(stdin.errors, stdin.encoding)', true],
  ['the original stream without what the checker put there', ONE, 'from sys import stdin\ndel stdin.readline\nprint(6)', false],
  ['sys.stderr replaced, one test', ONE, 'import sys\nsys.stderr = sys.stdout\nprint(6)', true],
  ['sys.stderr replaced, two tests', TWO, 'import sys\nsys.stderr = sys.stdout\nprint(6)', false],
  ['sys.stderr without a descriptor', TWO, 'import sys, io\nsys.stderr = io.StringIO()\nprint(6)', false],
  ['sys.stderr closed', TWO, 'import sys\nsys.stderr.close()\nprint(6)', false],
  ['sys.stderr is None', TWO, 'import sys\nsys.stderr = None\nprint(6)', false],
  ['sys.stderr is a file', TWO, 'import sys, os\nsys.stderr = open(os.devnull, "w")\nprint(6)', true],
  ['sys.stderr redirected for a while', TWO, 'import contextlib, io\nwith contextlib.redirect_stderr(io.StringIO()):\n    print(6)', true],
  ['sys.stderr replaced while loading, one call', ADD, `import sys, io\nsys.stderr = io.StringIO()\n${METHOD}`, false],
  ['the fault handler runs in tests', script(['x', 'True']), 'import faulthandler\nprint(faulthandler.is_enabled())', true],
  ['the fault handler does not run in a load', calls(['1', '[false,true]']), 'import faulthandler\nbefore = faulthandler.is_enabled()\ndef f(a):\n    return [before, faulthandler.is_enabled()]', true],
  ['an input with a lone surrogate', script(['\ud800', '6']), 'print(6)', false],
  ['two halves of a character are not the character', script(['x', '😀']), 'print("\\ud83d\\ude00")', false],
  ['two halves of a character, returned', calls(['["\\ud83d","\\ude00"]', '"😀"']), 'def f(a):\n    return "".join(a)', false],
  ['a character of two halves, returned', calls(['"\\ud83d\\ude00"', '"😀"']), 'def f(a):\n    return a', true],
  ['a lone surrogate, returned', calls(['"\\ud83d"', '"\\ud83d"']), 'def f(a):\n    return a', true],
];

const openedInput: readonly Row[] = [
  ['a file that was read stays at its end', script(['a\nb', 'True']), 'import builtins\nf = builtins.open("x")\nf.read()\nf.seek(0)\nprint(f.read() == "")', true],
  ['files share one position', script(['a\nb', 'b']), 'import builtins\nf = builtins.open("x")\ng = builtins.open("y")\nf.readline()\nprint(g.readline())', true],
  ['opening begins anew', script(['a\nb', 'a']), 'import builtins\nf = builtins.open("x")\nf.readline()\nbuiltins.open("y")\nprint(f.readline())', true],
  ['attributes of a file', ONE, 'import builtins\nwith builtins.open("x", "w") as f:\n    f.name, f.fileno(), f.encoding, f.buffer, f.write("x")\nprint(6 if f.closed else 5)', true],
  ['lines of a file', script(['a\nb', "['a\\n', 'b']"]), 'import builtins\nprint(list(builtins.open("x")))', true],
];

const alarms: readonly Row[] = [
  ['an alarm of one test does not ring in the next', script(['a', '6'], ['b', '6']), 'import signal, time\nif input() == "a":\n    signal.alarm(1)\nelse:\n    time.sleep(1.2)\nprint(6)', true],
  ['a repeated timer neither', script(['a', '6'], ['b', '6']), 'import signal, time\nif input() == "a":\n    signal.setitimer(signal.ITIMER_REAL, 0.3, 0.3)\nelse:\n    time.sleep(0.5)\nprint(6)', true],
  ['an alarm set while loading does not ring in a call', ADD, `import signal, time\nsignal.alarm(1)\nclass Solution:\n    def f(self, a, b):\n        time.sleep(1.2)\n        return a + [b]`, true],
  ['an alarm that rings prints a line', ONE, 'import signal\nsignal.setitimer(signal.ITIMER_REAL, 0.05)\ntry:\n    while True:\n        pass\nexcept Exception:\n    print(6)', false],
  ['that line', script(['x', 'timeout occured: alarm went off\nTimeoutException()']), 'import signal\nsignal.setitimer(signal.ITIMER_REAL, 0.05)\ntry:\n    while True:\n        pass\nexcept Exception as e:\n    print(repr(e))', true],
  ['the checker has an alarm', script(['x', '3']), 'import signal\nprint(signal.alarm(0))', true],
  ['it has none while it looks up the method', calls(['1', '0']), 'import signal\nclass Solution:\n    @property\n    def f(self):\n        left = signal.alarm(0)\n        return lambda a: left', true],
];

const library: readonly Row[] = [
  ['a pool of threads', script(['1 2 3', '6']), 'from multiprocessing.pool import ThreadPool\nwith ThreadPool(2) as pool:\n    print(sum(pool.map(int, input().split())))', true],
  ['the same by another name', script(['1 2 3', '6']), 'from multiprocessing.dummy import Pool\nprint(sum(Pool(2).map(int, input().split())))', true],
  ['a lock between threads', ONE, 'import multiprocessing, threading\nlock, n = multiprocessing.Lock(), []\ndef work():\n    for _ in range(3):\n        with lock:\n            n.append(len(n))\nts = [threading.Thread(target=work) for _ in range(2)]\nfor t in ts:\n    t.start()\nfor t in ts:\n    t.join()\nprint(len(n))', true],
  ['a lock that is taken', ONE, 'from multiprocessing import Lock\nlock = Lock()\nlock.acquire()\nprint(5 if lock.acquire(False) or lock.acquire(timeout=0.01) else 6)', true],
  ['a lock released too often', ONE, 'from multiprocessing import Lock\ntry:\n    Lock().release()\nexcept ValueError:\n    print(6)', true],
  ['a lock of its owner', ONE, 'from multiprocessing import RLock\nlock = RLock()\nwith lock, lock:\n    print(6)\nlock.acquire()', true],
  ['semaphores, events and conditions', ONE, 'import multiprocessing as m, threading\ns, e, c = m.BoundedSemaphore(2), m.Event(), m.Condition()\ns.acquire()\nt = threading.Timer(0.01, e.set)\nt.start()\ne.wait()\nwith c:\n    c.notify_all()\nprint(5 + s.get_value())', true],
  ['a queue', ONE, 'import multiprocessing\nq = multiprocessing.SimpleQueue()\nq.put(6)\nprint(q.get())', true],
  ['a pool of processes that is only made', ONE, 'from concurrent.futures import ProcessPoolExecutor\npool = ProcessPoolExecutor(2)\nprint(6)', true],
  ['shared memory', ONE, 'from multiprocessing.shared_memory import SharedMemory\na = SharedMemory(create=True, size=10)\na.buf[0] = 6\nb = SharedMemory(name=a.name)\nprint(b.buf[0])\nb.close()\na.close()\na.unlink()', true],
  ['shared memory counts as a file', ONE, 'from multiprocessing.shared_memory import SharedMemory\nSharedMemory(create=True, size=2 << 20)\nprint(6)', false, 'memory, processes, threads, files, output and network are bounded'],
  ['/dev/shm is not writable', ONE, 'import os\ntry:\n    os.open("/dev/shm/x", os.O_CREAT | os.O_RDWR)\nexcept OSError:\n    print(6)', true, 'host files, the environment and the network are not there'],
  ['a temporary file', ONE, 'import tempfile\nwith tempfile.NamedTemporaryFile("w") as f:\n    f.write("x")\nprint(6)', false],
  ['functions taken away', ONE, 'import shutil, subprocess, os\nprint(6 if shutil.rmtree is shutil.move is shutil.chown is subprocess.Popen is os.remove is None else 5)', true],
  ['names that Python starts with', ONE, 'print(6 if callable(exit) and quit is None and help is None and copyright and credits and license else 5)', true],
  ['modules that the checker hides', ONE, 'import importlib\nfound = 0\nfor name in ("ipdb", "joblib", "resource", "psutil", "tkinter"):\n    try:\n        importlib.import_module(name)\n        found += 1\n    except ImportError:\n        pass\nprint(6 + found)', true],
  ['processes do not start', ONE, 'import multiprocessing\nmultiprocessing.Process(target=print).start()\nprint(6)', false],
  ...['concurrent.futures', 'concurrent.futures.process', 'importlib.abc', 'importlib.metadata', 'unittest.mock', 'multiprocessing.pool', 'multiprocessing.managers', 'multiprocessing.shared_memory', 'email.message']
    .map((name): Row => [`${name}, where only its package was imported`, ONE, `import ${name.split('.').slice(0, -1).join('.')}\n${name}\nprint(6)`, true]),
  ...['multiprocessing.dummy', 'xml.dom', 'concurrent.nothing']
    .map((name): Row => [`${name}, which the checker has not imported`, ONE, `import ${name.split('.')[0] ?? ''}\n${name}\nprint(6)`, false]),
  ['the runner\'s own modules', ONE, 'import importlib\nfound = 0\nfor name in ("candidate", "channel", "clock", "job", "values", "walls", "prelude", "helper"):\n    try:\n        importlib.import_module(name)\n        found += 1\n    except ImportError:\n        pass\nprint(6 + found)', true],
  ['the name of the process', script(['x', 'False True']), 'import multiprocessing as m\nprint(m.current_process().name == "MainProcess", m.parent_process() is not None)', true],
  ['each process has random numbers of its own', script(['x', '1']), 'import random\nprint(int(random.getrandbits(64) != random.getrandbits(64)))', true],
];

const compiling: readonly Row[] = [
  ['a long sum, compiled before the recursion limit is raised', ADD, `x = ${Array(3000).fill('1').join(' + ')}\n${METHOD}`, false],
  ['a long chain of elif', ADD, `if 0:\n    pass\n${Array.from({ length: 3000 }, (_, i) => `elif ${i}:\n    pass\n`).join('')}${METHOD}`, false],
  ['a long sum that is written again', ONE, `x = ${Array(290).fill('1').join(' + ')}\nprint(6)`, true],
  ['a longer one', ONE, `x = ${Array(324).fill('1').join(' + ')}\nprint(6)`, false],
  // How many frames lie under a program depends a little on who calls the checker.
  ['a recursion limit of 1,000 leaves 940 levels', script(['x', '940']), `import sys\nsys.setrecursionlimit(1000)\n${LEVELS}\nprint(g(940))`, true],
  ['but not 985', script(['x', '985']), `import sys\nsys.setrecursionlimit(1000)\n${LEVELS}\nprint(g(985))`, false],
  ['and 940 to a call', calls(['940', '940']), `import sys\n${LEVELS}\ndef f(a):\n    sys.setrecursionlimit(1000)\n    return g(a)`, true],
  ['but not 988', calls(['988', '988']), `import sys\n${LEVELS}\ndef f(a):\n    sys.setrecursionlimit(1000)\n    return g(a)`, false],
  ['a limit that the checker itself does not live with', TWO, 'import sys\nsys.setrecursionlimit(30)\nprint(6)', true, 'a recursion limit of a few frames fails there and is judged by its output here'],
  ['line numbers of a stdin program', script(['x', '39']), 'import sys\nprint(sys._getframe().f_lineno)', true],
  ['line numbers of a module', calls(['1', '40']), 'import sys\ndef f(a):\n    return sys._getframe().f_lineno', true],
  ['a method is looked up twice', calls(['1', '2']), 'class Solution:\n    n = 0\n    @property\n    def f(self):\n        Solution.n += 1\n        found = Solution.n\n        return lambda a: found', true],
  ['a method that is there only once', calls(['1', '2']), 'class Solution:\n    n = 0\n    @property\n    def f(self):\n        Solution.n += 1\n        if Solution.n == 2:\n            raise AttributeError\n        return lambda a: 2', false],
  ['a method that is None', calls(['1', '2']), 'f = None', false],
];

const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
const long = '9'.repeat(60_000);
const values: readonly Row[] = [
  ['nesting of twenty thousand levels', calls([deep, deep]), 'def f(a):\n    return a', true],
  ['nesting of one level less', calls([deep, deep]), 'def f(a):\n    return a[0]', false],
  ['integers of any length, where the program says so', calls([long, long]), 'import sys\nsys.set_int_max_str_digits(0)\ndef f(a):\n    return a', true],
  ['else of fifty thousand digits', calls(['1', long]), 'def f(a):\n    return int("9" * 50_000)', false],
  ['exactly fifty thousand', calls(['1', '9'.repeat(50_000)]), 'def f(a):\n    return int("9" * 50_000)', true],
  ['one more is too many, whatever is returned', calls(['1', '9'.repeat(50_001)]), 'from decimal import Decimal\ndef f(a):\n    return Decimal("9" * 50_001)', false],
  ['also in a later test', calls(['1', '1'], ['1', `-${'9'.repeat(50_001)}`]), 'def f(a):\n    return a', false],
  ['fewer digits from a call on', calls(['1', '9'.repeat(700)]), 'import sys\ndef f(a):\n    sys.set_int_max_str_digits(640)\n    return 10 ** 700 - 1', true],
  ['the NaN of the arguments in a list', calls(['[NaN]', '[NaN]']), 'def f(a):\n    return a', true],
  ['alone', calls(['NaN', 'NaN']), 'def f(a):\n    return a', false],
  ['in a dict', calls(['NaN', '{"k":NaN}']), 'def f(a):\n    return {"k": a}', true],
  ['deeper', calls(['NaN', '[[1,{"k":[NaN]}]]']), 'def f(a):\n    return ([1, {"k": [a]}],)', true],
  ['from another text', calls(['1', '[NaN]']), 'import json\ndef f(a):\n    return [json.loads("NaN")]', true],
  ['another NaN', calls(['[NaN]', '[NaN]']), 'def f(a):\n    return [a[0] + 0]', false],
  ['an array of a class of the program\'s own', calls(['1', '[1]']), 'import numpy as np\nclass A(np.ndarray):\n    pass\ndef f(a):\n    return np.array([1]).view(A)', false],
  ['what a program does to the json module', ADD, `import json, builtins\njson.dumps = json.encoder.JSONEncoder = builtins.map = builtins.set = None\n${METHOD}`, true],
];

/** All of them, by what they are about. */
export const tables: Readonly<Record<string, readonly Row[]>> = { scripts, functions, standardStreams, openedInput, alarms, library, compiling, values };
