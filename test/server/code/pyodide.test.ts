// Programs in Pyodide: what is true of this level alone.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import type { findInterpreter } from '../../../server/verifiers/code/interpreter.ts';
import { findParts } from '../../../server/verifiers/code/pyodide/parts.ts';
import { runnerCommand } from '../../../server/verifiers/code/pyodide/runnerCommand.ts';
import { snapshotFile } from '../../../server/verifiers/code/pyodide/snapshot.ts';
import { chooseSandbox } from '../../../server/verifiers/code/sandbox/choose.ts';
import { tempDir } from '../../support/tempDir.ts';
import { descendants } from './processes.ts';
import { runnerFolder } from './runner.ts';
import { cannotRun, gradeOf, stdin, verifierOf } from './verifierOf.ts';

const SUM = 'n = input()\nprint(sum(map(int, input().split())))';
const sum = stdin('3\n1 2 3\n', '6\n');

test('it is taken where the operating system is not Linux, and needs no Python there', { skip: cannotRun }, async () => {
  const python = (): ReturnType<typeof findInterpreter> => Promise.reject(new Error('a Python was looked for'));
  const chosen = await chooseSandbox('auto', false, { python, runner: runnerFolder }, 'darwin');
  assert.ok('sandbox' in chosen, 'problem' in chosen ? chosen.problem : '');
  assert.equal(chosen.sandbox.level, 'pyodide');
  assert.match(chosen.sandbox.detail, /namespaces: needs Linux; seccomp: needs Linux/);
});

test('verdict and status say where the program ran', { skip: cannotRun }, async (t) => {
  const verifier = await verifierOf(t, { sandbox: 'pyodide', slots: 1, python: '/nonexistent/python3' });
  if (!verifier) return;
  const verdict = await verifier.verify({ domain: 'code', problemId: null, statement: null, gold: null, tests: sum, response: `\`\`\`python\n${SUM}\n\`\`\`` });
  assert.equal(verdict.reward, 1);
  assert.equal(verdict.code?.sandbox, 'pyodide');
  assert.match(verdict.code?.interpreter ?? '', /^Pyodide 0\.\d+\.\d+, CPython 3\.\d+\.\d+, no numpy$/);
  const { sandbox, python } = await verifier.status();
  assert.deepEqual([sandbox.level, python?.path], ['pyodide', verdict.code?.interpreter.split(',')[0]]);
});

test('each program has an interpreter that nobody has used', { skip: cannotRun }, async (t) => {
  const verifier = await verifierOf(t, { sandbox: 'pyodide', slots: 1 });
  if (!verifier) return;
  await gradeOf(verifier, stdin('MARK-OF-THE-FIRST', ''), `
import builtins, js, os, sys, json
builtins.len = sys.left = json.loads = lambda *a: "left"
open("/tmp/left", "w").write(input() * 1000)
open("left", "w").close()
os.environ["LEFT"] = "left"
js.left = js.Object.prototype.left = js.Array.prototype.map = "left"
`);
  const grade = await gradeOf(verifier, stdin('[1]', '1 False [] False False False True True'), `
import ctypes, js, json, os, sys
mark = b"TSRIF-EHT-FO-KRAM"[::-1]
found = sum(ctypes.string_at(at, 1 << 20).count(mark) for at in range(1 << 16, 20 << 20, 1 << 20))
left = [len(json.loads(input())), hasattr(sys, "left"), os.listdir("."), os.path.exists("/tmp/left"), "LEFT" in os.environ, hasattr(js, "left"), callable(js.Array.prototype.map)]
print(*left, found < 10)
`);
  assert.ok(grade.passed, grade.failed?.error ?? grade.failed?.actual);
  const numbers = await Promise.all([1, 2].map(async (i) => (await gradeOf(verifier, stdin('', ''), `print(random.getrandbits(64), __import__("os").urandom(8))\n# ${i}`)).failed?.actual));
  assert.notEqual(numbers[0], numbers[1]);
});

test('nothing leads from Python to the JavaScript of the server', { skip: cannotRun }, async (t) => {
  const verifier = await verifierOf(t, { sandbox: 'pyodide', slots: 1 });
  if (!verifier) return;
  const server = createServer(() => assert.fail('a program used the network'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const attempts: Readonly<Record<string, string>> = {
    'names of Node and of the web': 'import js\nassert any(hasattr(js, n) for n in ("process", "require", "module", "Buffer", "global", "fetch", "XMLHttpRequest", "WebSocket", "Worker", "eval", "importScripts", "Deno", "Bun", "ivm"))',
    'run_js': 'from pyodide.code import run_js\nrun_js("1 + 1")',
    'the constructor of functions': 'import js\njs.Object.constructor("return 1")()',
    'Function': 'import js\njs.Function.new("return 1")()',
    'the constructor of a function of Pyodide': 'import pyodide_js\npyodide_js.loadPackage.constructor("return 1")()',
    'asynchronous functions': 'import js, pyodide_js\njs.Reflect.getPrototypeOf(pyodide_js.loadPackage).constructor("return 1")()',
    'a module of WebAssembly': 'import js\njs.WebAssembly.Module.new(js.Uint8Array.new([0, 97, 115, 109, 1, 0, 0, 0]))',
    'memory of WebAssembly': 'import js\njs.WebAssembly.Memory.new(js.Object.fromEntries([["initial", 1]]))',
    'a library of this machine': 'import ctypes\nctypes.CDLL("libc.so.6").getpid()',
    'a function that is not there': 'import ctypes\nctypes.CDLL(None).socketpair_of_nobody()',
    'files of this machine': 'import js, pyodide_js\nassert js.Object.keys(pyodide_js.FS.filesystems).includes("NODEFS")\npyodide_js.FS.mount(pyodide_js.FS.filesystems.NODEFS, js.Object.fromEntries([["root", "/"]]), "/mnt")',
    'a folder of this machine': 'import pyodide_js\npyodide_js.mountNodeFS("/mnt", "/")',
    'a connection': `import _socket\ns = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)\ns.connect(("127.0.0.1", ${port}))`,
    'a page': `from pyodide.http import open_url\nopen_url("http://127.0.0.1:${port}/")`,
    'a process': 'import _posixsubprocess, posix\nposix.posix_spawn("/bin/true", ["true"], {})',
  };
  for (const [what, code] of Object.entries(attempts)) {
    await t.test(what, async () => {
      const { failed } = await gradeOf(verifier, stdin('', 'reached'), `${code}\nprint("reached")`);
      assert.match(failed?.kind ?? 'passed', /^(?:exception|none|load)$/, failed?.actual);
    });
  }
  assert.ok((await gradeOf(verifier, sum, SUM)).passed, 'the next program passes');
});

test('memory, output, time and files are bounded, and the next program passes', { skip: cannotRun }, async (t) => {
  const verifier = await verifierOf(t, { sandbox: 'pyodide', slots: 1, limits: { memoryMb: 256, seconds: 3, outputChars: 100_000 } });
  if (!verifier) return;
  const kindOf = async (code: string): Promise<string | null | undefined> => {
    const { failed } = await gradeOf(verifier, { funcName: null, cases: [{ input: '', output: '6' }] }, code);
    assert.ok((await gradeOf(verifier, sum, SUM)).passed, `the program after ${code}`);
    return failed?.kind;
  };
  assert.equal(await kindOf('x = bytearray(300 << 20)\nprint(6)'), 'memory');
  assert.equal(await kindOf('x = bytearray(200 << 20)\nprint(6)'), undefined);
  assert.equal(await kindOf('x = []\nwhile True:\n    x.append(bytes(1 << 20))'), 'memory');
  assert.equal(await kindOf('import js\nx = []\nwhile True:\n    x.append(js.Array.new(1000).fill(1))'), 'memory');
  assert.match(await kindOf('import js\nx = [js.Uint8Array.new(64 << 20) for i in range(100)]\nprint(6)') ?? '', /^(?:memory|exception)$/);
  assert.equal(await kindOf('print("x" * 200_000)'), 'output');
  assert.match(await kindOf('f = open("a", "wb")\nwhile True:\n    f.write(b"x" * (1 << 20))') ?? '', /^(?:memory|exception|none)$/);
  assert.equal(await kindOf('while True:\n    pass'), 'time');
  assert.equal(await kindOf('import js\njs.Array.new(1 << 24).fill(0).sort().sort().sort().sort().sort().sort().sort().sort()\nwhile True:\n    js.String.prototype.normalize.call("a" * 10000)'), 'time');
  assert.equal(await kindOf('try:\n    while True:\n        pass\nexcept BaseException:\n    print(6)'), 'time');
  assert.equal(await kindOf('import os\nos._exit(3)'), 'none');
  assert.equal(await kindOf('import os\nos.abort()'), 'none');
  assert.equal(await kindOf('import ctypes\nctypes.memset(0, 255, 8 << 20)'), 'none');
});

test('a box serves many programs, with the same processes', { skip: cannotRun }, async (t) => {
  const verifier = await verifierOf(t, { sandbox: 'pyodide', slots: 1 });
  if (!verifier) return;
  const jobs = Number(process.env['RLVR_SOAK_JOBS'] ?? 200) / 10;
  const processes = (): number[] => verifier.boxPids().flatMap((box) => [box, ...descendants(box)]);
  const residentMb = (): number => processes().reduce((sum, pid) => sum + Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024, 0);
  const round = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) assert.ok((await gradeOf(verifier, sum, `${i % 2 === 0 ? 'x = bytearray(50 << 20)\n' : ''}${SUM}`)).passed);
  };
  await round(5);
  const before = { processes: processes(), memory: residentMb() };
  await round(jobs);
  assert.deepEqual(processes(), before.processes);
  assert.ok(residentMb() < before.memory + 300, `${residentMb()} MB, ${before.memory} MB before`);
});

test('outside of the isolate, the process of the programs has no rights either', { skip: cannotRun }, (t) => {
  const folder = tempDir(t);
  const [script, secret] = [join(folder, 'attempts.mjs'), join(folder, 'secret')];
  writeFileSync(secret, 'secret');
  writeFileSync(script, `
    import { spawnSync } from 'node:child_process';
    import { readFileSync, writeFileSync } from 'node:fs';
    const could = [];
    for (const [name, action] of Object.entries({
      read: () => readFileSync(${JSON.stringify(secret)}),
      write: () => writeFileSync(${JSON.stringify(secret)}, ''),
      start: () => { const { error } = spawnSync('/bin/true'); if (error) throw error; },
    })) try { action(); could.push(name); } catch (error) { if (error.code !== 'ERR_ACCESS_DENIED') throw error; }
    process.stdout.write(could.join());
  `);
  const [node, ...args] = runnerCommand({ readable: [script], runnerProgram: script });
  assert.equal(execFileSync(node, args, { encoding: 'utf8' }), '');
});

test('the memory of the interpreter is made once, whole or not at all', { skip: cannotRun }, async (t) => {
  const folder = tempDir(t);
  const parts = findParts(runnerFolder);
  const [one, other] = await Promise.all([snapshotFile(parts, folder), snapshotFile(parts, folder)]);
  assert.equal(one, other);
  assert.equal(await snapshotFile(parts, folder), one);
});
