import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testsAreIndependent } from '../../../../server/verifiers/code/independentTests.ts';

const independent = [
  'n = int(input())\nprint(n)',
  'import sys\ninput = sys.stdin.readline\nsys.setrecursionlimit(10 ** 6)\nfrom functools import cache\n@cache\ndef f(x):\n    return x\nprint(f(int(input())))',
  'from sys import stdin, setrecursionlimit\nfrom collections import deque\nq = deque([1])\nprint(q)',
  'class Node:\n    __slots__ = ("x",)\n    def __init__(self, x):\n        self.x = x\n    def __lt__(self, o):\n        return self.x < o.x\nprint(Node(1).x)',
  "import heapq as hq\ndef main():\n    h = []\n    hq.heappush(h, 1)\n    print(h)\nif __name__ == '__main__':\n    main()",
  'import math\nok = math.pi == 3\nprint(math.gcd(4, 6), max([1], key=lambda x: math.sqrt(x)))',
  'import sys\nprint(1, file=sys.stderr)\nsys.stderr.write("x")\nsys.stdout.write("1")',
];
const dependent = [
  'def f():\n    global n\n    n = 1\nf()',
  'import math\nmath.seen = 1',
  'import math as m, string\nm.seen += 1',
  'import random\nrandom.seed(1)',
  'import sys\nif input():\n    sys.setrecursionlimit(10000)',
  'import sys\nsys.path.append(1)',
  'open("left", "w").write("x")',
  'import decimal\ndecimal.getcontext().prec = 50',
  'list.__class__',
  'setattr(input, "x", 1)',
  'globals()["x"] = 1',
  'import threading\nthreading.stack_size(1 << 27)',
  'from sys import modules',
  'import collections.abc as c\nc.x = 1',
  'exec(input())',
  'import sys\nif input():\n    sys.stderr = None',
  'import sys\nif input():\n    sys.stderr.close()',
  'if input():\n    stderr.close()',
  'import sys\nerr = sys.stderr\nerr.close()',
];

for (const code of independent) test(`tests may change places: ${JSON.stringify(code).slice(0, 60)}`, () => { assert.ok(testsAreIndependent(code)); });
for (const code of dependent) test(`tests keep their order: ${JSON.stringify(code).slice(0, 60)}`, () => { assert.ok(!testsAreIndependent(code)); });
