// Hostile programs are contained, get the verdict they must get, and leave nothing to the next program.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import * as v from 'valibot';
import { sharedData } from '../../support/shared.ts';
import { descendants, until } from './processes.ts';
import { cannotRun, gradeOf, linuxModes, modes, stdin, verifierOf } from './verifierOf.ts';

const Repeat = v.tuple([v.string(), v.number()]);
const HostileSchema = v.object({
  id: v.string(),
  code: v.string(),
  test: v.object({
    type: v.picklist(['stdin', 'functional']),
    func_name: v.optional(v.string()),
    tests: v.array(v.object({ input: v.optional(v.nullable(v.string())), output: v.optional(v.nullable(v.string())), input_repeat: v.optional(Repeat), output_repeat: v.optional(Repeat) })),
  }),
  limits: v.object({ time_s: v.number(), memory_mb: v.number() }),
  must: v.object({ verdict: v.picklist(['pass', 'fail', 'any']), max_seconds: v.number(), not_in_output: v.optional(v.array(v.string()), []) }),
});
type Hostile = v.InferOutput<typeof HostileSchema>;

const whole = (text: string | null | undefined, repeat: readonly [string, number] | undefined): string => (repeat ? repeat[0].repeat(repeat[1]) : text ?? '');
const suiteOf = (row: Hostile): Parameters<typeof gradeOf>[1] => ({
  funcName: row.test.type === 'functional' ? row.test.func_name ?? '' : null,
  cases: row.test.tests.map((one) => ({ input: whole(one.input, one.input_repeat), output: whole(one.output, one.output_repeat) })),
  timeLimitSeconds: row.limits.time_s,
  memoryMb: row.limits.memory_mb,
});
const SUM = 'n = input()\nprint(sum(map(int, input().split())))';
/** These run for a fixed time of the clock; on a busy machine that is less than their limit of CPU time. */
const BY_THE_CLOCK = new Set(['alarm-off', 'freeze-clock']);

for (const mode of modes) {
  test(`hostile programs, ${mode}`, { skip: cannotRun }, async (t) => {
    const file = sharedData(t, 'data/code/hostile.dev.jsonl');
    if (file === undefined) return;
    const secret = 'RLVR_CANARY_of_this_test';
    process.env['RLVR_TEST_SECRET'] = secret;
    const planted = [join(homedir(), `.rlvr-test-canary-${process.pid}`), join(tmpdir(), `rlvr-test-canary-${process.pid}`)];
    for (const path of planted) writeFileSync(path, secret);
    t.after(() => {
      delete process.env['RLVR_TEST_SECRET'];
      for (const path of planted) rmSync(path, { force: true });
    });
    const verifier = await verifierOf(t, { sandbox: mode, slots: 1 });
    if (!verifier) return;
    for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
      const row = v.parse(HostileSchema, JSON.parse(line));
      await t.test(row.id, async () => {
        const before = new Set(readdirSync(tmpdir()));
        const grade = await gradeOf(verifier, suiteOf(row), row.code);
        const { failed } = grade;
        const clock = BY_THE_CLOCK.has(row.id) && grade.cpuSeconds < row.limits.time_s;
        if (row.must.verdict !== 'any' && !clock) assert.equal(grade.passed ? 'pass' : 'fail', row.must.verdict, failed?.error ?? failed?.actual);
        assert.ok(grade.cpuSeconds <= row.must.max_seconds, `${grade.cpuSeconds} s`);
        for (const text of row.must.not_in_output) assert.ok(!`${failed?.actual ?? ''}${failed?.error ?? ''}`.includes(text), `${text} was found`);
        assert.deepEqual(readdirSync(tmpdir()).filter((name) => !before.has(name) && /^(?:rlvr_|big$|out(?:put)?(?:\.txt)?$|a$)/.test(name)), []);
        for (const path of planted) assert.equal(readFileSync(path, 'utf8'), secret);
        assert.ok((await gradeOf(verifier, stdin('3\n1 2 3\n', '6\n'), SUM)).passed, 'the next program passes');
        await until('only the waiting candidate is left', () => verifier.boxPids().every((box) => descendants(box).length === (mode === 'namespaces' ? 3 : 1)));
      });
    }
  });
}

for (const mode of linuxModes) {
  test(`programs see nothing of each other, ${mode}`, { skip: cannotRun }, async (t) => {
    const verifier = await verifierOf(t, { sandbox: mode, slots: 1 });
    if (!verifier) return;
    const mark = 'MARK-OF-THE-FIRST';
    // An input and an output that would stay in the helper's memory if it kept any, and files.
    await gradeOf(verifier, stdin(`${mark}-IN${' '.repeat(300_000)}`, ''), `open("left", "w").write("x")\nprint("${mark}-OUT" * 1000)`);
    const search = `
import ctypes, gc, os, sys
mark = "".join(["MARK-OF-", "THE-FIRST"]).encode()
found = sum(1 for o in gc.get_objects() if isinstance(o, (bytes, bytearray)) and mark in bytes(o))
# Everything that was mapped before the fork lies above the interpreter's heap start; walk the break area.
libc = ctypes.CDLL(None)
libc.sbrk.restype = ctypes.c_void_p
end = libc.sbrk(0)
found += ctypes.string_at(end - (1 << 20), 1 << 20).count(mark)
print(os.listdir("."), found)
`;
    const grade = await gradeOf(verifier, stdin('', '[] 0'), search);
    assert.ok(grade.passed, grade.failed?.error ?? grade.failed?.actual);
  });

  test(`memory, files and threads are bounded, ${mode}`, { skip: cannotRun }, async (t) => {
    const verifier = await verifierOf(t, { sandbox: mode, slots: 1, limits: { memoryMb: 256, seconds: 5, outputChars: 100_000 } });
    if (!verifier) return;
    const kindOf = async (code: string): Promise<string | null | undefined> => (await gradeOf(verifier, { funcName: null, cases: [{ input: '', output: '6' }] }, code)).failed?.kind;
    assert.equal(await kindOf('x = bytearray(300 << 20)\nprint(6)'), 'memory');
    assert.equal(await kindOf('x = bytearray(100 << 20)\nprint(6)'), undefined);
    assert.equal(await kindOf('print("x" * 200_000)'), 'output');
    assert.equal(await kindOf('for i in range(100): open(str(i), "w").close()\nprint(6)'), 'exception');
    assert.equal(await kindOf('for i in range(10): open(str(i), "w").close()\nprint(6)'), undefined);
    assert.equal(await kindOf('open("a", "wb").write(b"x" * (2 << 20))\nprint(6)'), 'exception');
    assert.match(await kindOf('import threading, time\nfor i in range(1000): threading.Thread(target=time.sleep, args=(1000,)).start()\nprint(6)') ?? '', /memory|exception/);
    assert.equal(await kindOf('f = [open("/dev/null") for i in range(1000)]\nprint(6)'), 'exception');
  });
}

/** Answers by hand, past the checker's part of the process: `head` begins a frame of two bytes, `answer` is the rest. */
const BY_HAND = `
import os, struct, time
head, answer = struct.pack("<IB", 2, ord("o")), b"\\x006"
def work():
    while time.process_time() < 3:
        pass
`;
const END_MAIN_THREAD = 'import ctypes\nctypes.CDLL(None).syscall({"x86_64": 60, "aarch64": 93}[os.uname().machine], 0)';

for (const mode of linuxModes) {
  test(`the limit holds for a program that writes into its channel, ${mode}`, { skip: cannotRun }, async (t) => {
    const verifier = await verifierOf(t, { sandbox: mode, slots: 1 });
    if (!verifier) return;
    const long = { input: 'x'.repeat(4_000_000), output: '6' };
    const suite = { funcName: null, cases: [{ input: '', output: '6' }, long], timeLimitSeconds: 1 };
    await gradeOf(verifier, suite, 'print(6)');
    const boxes = verifier.boxPids();
    for (const [what, code, kind] of [
      ['an answer by hand', 'os.write(3, head + answer)\nos.read(3, 5)\nos._exit(0)', 'none'],
      ['work behind the head of an answer', 'os.write(3, head)\nwork()\nos.write(3, answer)', 'time'],
      ['sleep behind it', 'os.write(3, head)\ntime.sleep(3)\nos.write(3, answer)', 'time'],
      ['an answer in small pieces', 'os.write(3, struct.pack("<IB", 99, ord("o")))\nfor i in range(99):\n    os.write(3, b"6")\n    time.sleep(0.2)', 'time'],
      ['work while the input is on its way', 'os.write(3, head + answer)\nwork()\nleft = 4_000_006\nwhile left:\n    left -= len(os.read(3, left))\nos.write(3, head + answer)\ntime.sleep(9)', 'time'],
      ['sleep while it is on its way', 'os.write(3, head + answer)\ntime.sleep(99)', 'time'],
      ['input that is taken slowly', 'os.write(3, head + answer)\nwhile True:\n    os.read(3, 100_000)\n    time.sleep(0.2)', 'time'],
      ['an answer before the input was taken', 'os.write(3, head + answer)\nos.read(3, 5)\nos.write(3, head + answer)\ntime.sleep(9)', 'none'],
      ['a channel that is closed while input comes', 'os.write(3, head + answer)\nos.read(3, 5)\nos.close(3)\ntime.sleep(9)', 'none'],
      ['a main thread that ends before the others', `import threading\nthreading.Thread(target=time.sleep, args=(99,)).start()\n${END_MAIN_THREAD}`, 'time'],
    ] as const) {
      const grade = await gradeOf(verifier, suite, `${BY_HAND}${code}`);
      assert.equal(grade.failed?.kind, kind, `${what}: ${grade.failed?.error ?? ''}`);
      assert.ok((await gradeOf(verifier, suite, 'print(6)')).passed, `the program after ${what}`);
      assert.deepEqual(verifier.boxPids(), boxes, `${what} costs no box`);
    }
  });
}

test('the sandbox of this machine is the strongest one', { skip: cannotRun }, async (t) => {
  const verifier = await verifierOf(t);
  if (!verifier) return;
  const { sandbox } = await verifier.status();
  assert.equal(sandbox.level, existsSync('/usr/bin/bwrap') ? 'namespaces' : sandbox.level);
});

for (const mode of linuxModes) {
  test(`what the walls refuse is said to be their doing (${mode})`, { skip: cannotRun }, async (t) => {
    const verifier = await verifierOf(t, { sandbox: mode, slots: 1 });
    if (!verifier) return;
    const { failed } = await gradeOf(verifier, stdin('', '1'), 'import socket\nsocket.create_connection(("127.0.0.1", 9), timeout=1)');
    assert.match(failed?.error ?? '', /^line 2\nPermissionError: .* \(the sandbox permits no network, no other processes, and only files of its own folder\)$/);
    const own = await gradeOf(verifier, stdin('', '1'), 'raise ValueError("PermissionError: [Errno 1] is only a text\\nof mine")');
    assert.doesNotMatch(own.failed?.error ?? '', /the sandbox permits/);
  });
}
