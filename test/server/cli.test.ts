// The command line's forms are a contract: what goes in, what comes out in which order, and the exit codes.
import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { tempDir } from '../support/tempDir.ts';

const root = join(import.meta.dirname, '../..');
const samples = join(root, 'samples/workspace');
const program = join(root, 'dist/server/main.mjs');

interface Ended {
  readonly code: number | null;
  readonly lines: readonly Record<string, unknown>[];
  readonly stdout: string;
  readonly stderr: string;
}

/** `stdin`: what is written to it, or a function that writes to it and ends it, or the program. */
async function rlvr(args: readonly string[], stdin: string | ((child: ChildProcessWithoutNullStreams) => Promise<void>) = '', env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], { stdio: 'pipe', env: { ...process.env, ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  if (typeof stdin === 'string') child.stdin.end(stdin);
  else await stdin(child);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const lines = stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>);
  return { code, lines, stdout, stderr };
}

const jsonl = (...records: readonly unknown[]): string => records.map((record) => JSON.stringify(record)).join('\n') + '\n';

describe('rlvr verify', () => {
  it('judges math pairs in input order', async () => {
    const { code, lines } = await rlvr(['verify', '--math-pairs', '-'], jsonl({ id: 'a', gold: '\\frac{1}{2}', pred: '0.5' }, { id: 'b', gold: '3', pred: '4' }, { id: 3, gold: 10, pred: '10' }));
    assert.equal(code, 0);
    assert.deepEqual(lines.map((line) => [line['id'], line['verdict']]), [['a', 'correct'], ['b', 'incorrect'], [3, 'correct']]);
    assert.ok(lines.every((line) => typeof line['rule'] === 'string'));
  });

  it('names the line and field of a bad pair, does the rest, and exits with 2', async () => {
    const { code, lines, stderr } = await rlvr(['verify', '--math-pairs', '-'], `${jsonl({ id: 'a', gold: '1', pred: '1' }, { id: 'b', gold: '1' })}{"torn\n${jsonl({ id: 'c', gold: '2', pred: '2' })}`);
    assert.equal(code, 2);
    assert.deepEqual(lines.map((line) => line['id']), ['a', 'c']);
    assert.match(stderr, /-:2: pred: is missing/);
    assert.match(stderr, /-:3: is not JSON/);
  });

  it('verifies rollouts of a file with their problems, in input order', async () => {
    const file = join(samples, 'rollouts/verl-dump/120.jsonl');
    const { code, lines } = await rlvr(['verify', file, '--problems', join(samples, 'problems/math.jsonl')]);
    assert.equal(code, 0);
    const scores = readFileSync(file, 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { score: number }).score);
    assert.equal(lines.length, scores.length);
    // One stored score of the sample is wrong on purpose.
    const differ = lines.filter((line, i) => line['reward'] !== scores[i]);
    assert.equal(differ.length, 1, JSON.stringify(differ.map((line) => [line['id'], line['reason']])));
    for (const field of ['id', 'verdict', 'reward', 'extracted', 'reason', 'rule', 'warnings']) assert.ok(field in (lines[0] ?? {}), field);
  });

  it('reads rollouts from standard input', async () => {
    const { code, lines } = await rlvr(['verify', '-'], jsonl({ id: 'x', prompt: 'What is 1+1?', response: 'Hm.</think>\\boxed{2}', gold: '2' }));
    assert.equal(code, 0);
    assert.equal(lines[0]?.['reward'], 1);
  });

  it('judges rollouts of standard input as they come', async () => {
    const { code, lines } = await rlvr(['verify', '-'], async (child) => {
      child.stdin.write(jsonl({ id: 'first', prompt: 'What is 1+1?', response: 'Hm.</think>\\boxed{2}', gold: '2' }));
      await once(child.stdout, 'data'); // its verdict is there while the input is open
      child.stdin.end(jsonl({ id: 'second', prompt: 'What is 1+2?', response: 'Hm.</think>\\boxed{2}', gold: '3' }));
    });
    assert.equal(code, 0);
    assert.deepEqual(lines.map((line) => [line['id'], line['reward']]), [['first', 1], ['second', 0]]);
  });

  it('ends on Ctrl-C while it waits for input, and says how far it came', async () => {
    const { code, stderr } = await rlvr(['verify', '-'], async (child) => {
      child.stdin.write(jsonl({ id: 'first', prompt: 'What is 1+1?', response: 'Hm.</think>\\boxed{2}', gold: '2' }));
      await once(child.stdout, 'data');
      child.kill('SIGINT');
    });
    assert.equal(code, 3);
    assert.match(stderr, /interrupted after 1 rollout: 1 correct/);
  });

  it('ends on SIGTERM while it waits for input, whatever it reads', async (t) => {
    const folder = tempDir(t);
    for (const [args, first] of [
      [['verify', '--math-pairs', '-'], jsonl({ id: 'a', gold: '1', pred: '1' })],
      [['verify', '--programs', '-', '--problems', join(samples, 'problems/code.jsonl')], jsonl({ question_id: 'unknown', code: 'print(1)' })],
      [['decontaminate', '-'], null],
    ] as const) {
      const { code, stderr } = await rlvr(args, async (child) => {
        if (first === null) await eventually(() => readdirSync(folder).length > 0, 'standard input goes to a file');
        else {
          child.stdin.write(first);
          await once(child.stdout, 'data');
        }
        child.kill('SIGTERM');
      }, { TMPDIR: folder });
      assert.equal(code, 3, stderr);
      assert.match(stderr, /rlvr: interrupted\n/);
      assert.deepEqual(readdirSync(folder), []);
    }
  });

  it('takes a byte order mark from standard input as it does from a file', async () => {
    const { code, lines } = await rlvr(['verify', '-'], `\uFEFF${jsonl({ id: 'x', prompt: 'What is 1+1?', response: '</think>\\boxed{2}', gold: '2' })}`);
    assert.deepEqual([code, lines.length], [0, 1]);
  });

  it('judges an answer by all digits of a gold answer that is a long number', async (t) => {
    const path = join(tempDir(t), 'long.jsonl');
    writeFileSync(path, '{"id":"x","prompt":"2^64?","response":"</think>\\\\boxed{18446744073709551616}","gold":18446744073709551616}\n{"id":"y","prompt":"2^64?","response":"</think>\\\\boxed{18446744073709552000}","gold":18446744073709551616}\n');
    const { lines } = await rlvr(['verify', path]);
    assert.deepEqual(lines.map((line) => line['reward']), [1, 0]);
    const pairs = await rlvr(['verify', '--math-pairs', '-'], '{"id":18446744073709551617,"gold":18446744073709551616,"pred":"2^{64}"}\n');
    assert.deepEqual(pairs.lines.map((line) => [line['id'], line['verdict']]), [['18446744073709551617', 'correct']]);
  });

  it('does its work when nobody reads its messages', async (t) => {
    const path = join(tempDir(t), 'remarks.jsonl');
    writeFileSync(path, '{"id":"x","prompt":"1+1?","response":"</think>\\\\boxed{2}","gold":"2","score":NaN}\n'.repeat(20));
    const { code, lines } = await rlvr(['verify', path], (child) => {
      child.stderr.destroy();
      return Promise.resolve();
    });
    assert.deepEqual([code, lines.length], [0, 20]);
  });

  it('takes a list of rollouts from standard input, too', async () => {
    const rollout = (id: string): unknown => ({ id, prompt: 'What is 1+1?', response: 'Hm.</think>\\boxed{2}', gold: '2' });
    const { code, lines } = await rlvr(['verify', '-'], JSON.stringify([rollout('a'), rollout('b')], null, 2));
    assert.equal(code, 0);
    assert.deepEqual(lines.map((line) => line['id']), ['a', 'b']);
  });

  it('gives no reward where a rollout has no problem: exit code 3, a few messages and a sum', async () => {
    const { code, lines, stderr } = await rlvr(['verify', join(samples, 'rollouts/code-policy.jsonl')]);
    assert.equal(code, 3);
    assert.equal(lines.length, 218);
    assert.ok(lines.every((line) => line['reward'] === null && line['verdict'] === 'unverifiable' && line['rule'] === 'problem.missing'));
    assert.ok(stderr.trim().split('\n').length < 10, stderr);
    assert.match(stderr, /carries no answer, and there is no problem set to look up its problem `[^`]+` in/);
    assert.match(stderr, /218 rollouts have no problem to be judged by in all/);
    assert.match(stderr, /218 rollouts: 0 correct, 0 incorrect, 218 unverifiable/);
  });

  it('exits with 2 when a record is lost, also one that is torn off at the end', async (t) => {
    const path = join(tempDir(t), 'torn.jsonl');
    writeFileSync(path, `${jsonl({ id: 'a', prompt: 'What is 1+1?', response: '</think>\\boxed{2}', gold: '2' })}{"id": "b", "prom`);
    const { code, lines, stderr } = await rlvr(['verify', path]);
    assert.equal(code, 2);
    assert.equal(lines.length, 1);
    assert.match(stderr, /torn\.jsonl:2: .*not finished/);
  });

  it('names the verifiers there are', async () => {
    const { code, stderr } = await rlvr(['verify', join(samples, 'rollouts/verl-dump/120.jsonl'), '--verifier', 'nope']);
    assert.equal(code, 2);
    assert.match(stderr, /no verifier "nope": there are auto, math, code/);
  });

  it('runs programs against tests, with the same ids and what failed', async (t) => {
    const folder = tempDir(t);
    const problems = join(folder, 'problems.jsonl');
    const programs = join(folder, 'programs.jsonl');
    writeFileSync(problems, jsonl(
      { question_id: 'double', question_title: 'double', question_content: 'Print twice the number.', platform: 'test', starter_code: '', public_test_cases: [{ input: '1\n', output: '2\n', testtype: 'stdin' }, { input: '5\n', output: '10\n', testtype: 'stdin' }], private_test_cases: [], metadata: {} },
    ));
    writeFileSync(programs, jsonl(
      { question_id: 'double', candidate_id: 'right', code: 'print(2 * int(input()))' },
      { question_id: 'double', candidate_id: 'wrong', code: 'print(1 + int(input()))' },
      { question_id: 'double', candidate_id: 'raises', code: 'raise ValueError(1)' },
      { question_id: 'unknown', candidate_id: 'lost', code: 'print(1)' },
    ));
    const args = ['verify', '--programs', programs, '--problems', problems];
    for (const { code, lines, stderr } of [await rlvr(args), await rlvr([...args, '--python', '/nonexistent/python3'], '', { RLVR_CODE_SANDBOX: 'pyodide' })]) {
      assert.equal(code, 3, stderr);
      assert.match(stderr, /programs\.jsonl:4: question_id/);
      assert.deepEqual(lines.map((line) => [line['candidate_id'], line['verdict'], line['tests_passed'], line['n_tests']]), [
        ['right', 'correct', 2, 2], ['wrong', 'incorrect', 1, 2], ['raises', 'incorrect', 0, 2], ['lost', 'unverifiable', 0, 0],
      ]);
      assert.deepEqual(lines[1]?.['failed'], { index: 1, kind: 'wrong' });
      assert.equal(typeof lines[0]?.['cpu_seconds'], 'number');
    }
    const { code, stderr } = await rlvr(args, '', { RLVR_CODE_SANDBOX: 'paper' });
    assert.notEqual(code, 0);
    assert.match(stderr, /RLVR_CODE_SANDBOX is "paper"; there are auto/);
  });

  it('pays a cut response without tags as training and the rehearsal do, once it is told what the chat template does', async (t) => {
    const folder = tempDir(t);
    const [problems, rollouts] = [join(folder, 'p.jsonl'), join(folder, 'r.jsonl')];
    writeFileSync(problems, jsonl({ id: 'p', domain: 'math', problem: 'A box holds two rows of three eggs each. How many eggs does the box hold?', answer: '6' }));
    const response = 'Let me see, I get \\boxed{6}. Wait…';
    writeFileSync(rollouts, jsonl({ problem_id: 'p', prompt: [{ role: 'user', content: 'A box holds two rows of three eggs each. How many eggs does the box hold?' }], response, gold: '6', finish_reason: 'length', tokens: 12 }));
    const verified = async (file: string, ...options: string[]): Promise<unknown[]> => {
      const { lines: [line] } = await rlvr(['verify', file, '--problems', problems, ...options]);
      return [line?.['reward'], line?.['rule'], line?.['thinking_opened'], (line?.['warnings'] as { code: string }[]).map(({ code }) => code).join()];
    };
    assert.deepEqual(await verified(rollouts), [1, 'identical', false, 'thinking.unknown']);
    const never = [0, 'extract.unclosed-think', true, ''];
    assert.deepEqual(await verified(rollouts, '--thinking-opened', 'yes'), never);
    assert.deepEqual(await verified(rollouts, '--thinking-opened', 'no'), [1, 'identical', false, '']);
    const training = await rlvr(['reward', '--problems', problems], jsonl({ id: 1, problem_id: 'p', response, thinking_opened: true }, { id: 2, problem_id: 'p', response, thinking_opened: null }));
    assert.deepEqual(training.lines.map((line) => line['score']), [0, 1]);
    for (const [thinking, expected] of [['true', never], ['false', [1, 'identical', false, '']]] as const) {
      const { code, stderr } = await rlvr(['rehearse', 'math-8k', '--problems', problems, '--rollouts', rollouts, '--root', folder, '--id', thinking, '--set', 'steps=1', '--set', `thinkingOpened=${thinking}`]);
      assert.equal(code, 0, stderr);
      const file = join(folder, thinking, 'rollouts/1.jsonl');
      assert.match(readFileSync(file, 'utf8').split('\n')[0] ?? '', new RegExp(`"score":${expected[0]},`));
      assert.deepEqual(await verified(file), expected, 'rollouts of a run are verified by its stage’s word');
    }
    assert.deepEqual(await verified(join(folder, 'true/rollouts/1.jsonl'), '--thinking-opened', 'no'), [1, 'identical', false, ''], 'the command line has the last word');
    assert.equal((await rlvr(['verify', rollouts, '--thinking-opened', 'perhaps'])).code, 2);
  });

  it('uses a custom verifier', async () => {
    const { lines } = await rlvr(['verify', join(samples, 'rollouts/verl-dump/120.jsonl'), '--problems', join(samples, 'problems/math.jsonl'), '--verifier', join(samples, 'rlvr/verifiers/length-aware.js')]);
    assert.ok(lines.every((line) => line['verifier'] === 'custom:length-aware.js'));
    assert.ok(lines.some((line) => line['reward'] === 1) && lines.some((line) => line['reward'] === 0));
  });
});

describe('rlvr', () => {
  it('decontaminates: one line a problem, in order, with the planted one found', async () => {
    const file = join(samples, 'problems/math.jsonl');
    const { code, lines } = await rlvr(['decontaminate', file]);
    assert.equal(code, 0);
    const ids = readFileSync(file, 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { id: string }).id);
    assert.deepEqual(lines.map((line) => line['id']), ids);
    const found = lines.filter((line) => line['contaminated'] === true);
    assert.equal(found.length, 1);
    for (const field of ['benchmark', 'item', 'overlap', 'span']) assert.ok(found[0]?.[field] !== null, field);
  });

  it('says of a problem that was compared with nothing neither yes nor no', async (t) => {
    const file = join(tempDir(t), 'set.jsonl');
    writeFileSync(file, jsonl({ id: 'p', domain: 'math', problem: 'What is the largest prime number below one hundred?', answer: '97' }));
    for (const [options, code, said] of [[['--against', '/nope.jsonl'], 2, /nope\.jsonl: .*no such file/], [['--n', '5'], 3, /take n = 8 or more/]] as const) {
      const ended = await rlvr(['decontaminate', file, ...options]);
      assert.deepEqual(ended.lines.map((line) => [line['contaminated'], line['overlap']]), [[null, null]], options.join(' '));
      assert.equal(ended.code, code);
      assert.match(ended.stderr, said);
      assert.match(ended.stderr, /nothing to compare with/);
    }
    assert.deepEqual((await rlvr(['decontaminate', file])).lines.map((line) => [line['contaminated'], line['overlap']]), [[false, 0]]);
  });

  it('names a record that was torn off at the end, and does not pass over it', async (t) => {
    const file = join(tempDir(t), 'set.jsonl');
    const whole = jsonl(...[1, 2, 3, 4, 5].map((i) => ({ id: i, domain: 'math', problem: `What is ${i} plus ${i}, in words?`, answer: String(2 * i) })));
    writeFileSync(file, `${whole}{"id": 6, "domain": "math", "prob`);
    const { code, lines, stderr } = await rlvr(['decontaminate', file]);
    assert.deepEqual([code, lines.length], [2, 5]);
    assert.match(stderr, /set\.jsonl:6: the last line \(6\) is not finished/);
  });

  it('keeps contaminated problems out of a rehearsal, and says what else is left out', async (t) => {
    const folder = tempDir(t);
    const { code, stderr } = await rlvr(['rehearse', 'math-8k', '--problems', join(samples, 'problems/math.jsonl'), '--rollouts', join(samples, 'rollouts/math-policy.jsonl'), '--root', folder, '--id', 'clean', '--set', 'steps=1', '--set', 'batchSize=8']);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /of 74 problems; left out: .*1 contaminated/);
    assert.match(stderr, /1 filtered: multiple_choice/);
    assert.doesNotMatch(readFileSync(join(folder, 'clean/problems.jsonl'), 'utf8'), /planted-beanstalk/);
    const stage = JSON.parse(readFileSync(join(folder, 'clean/stage.json'), 'utf8')) as { decontamination: { benchmarks: { name: string }[] }[] };
    assert.ok(stage.decontamination[0]?.benchmarks.some(({ name }) => name === 'GSM8K test'));
  });

  it('rehearses a stage into a run directory', async (t) => {
    const folder = tempDir(t);
    const { code, lines, stderr } = await rlvr(['rehearse', 'math-8k', '--problems', join(samples, 'problems/math.jsonl'), '--rollouts', join(samples, 'rollouts/math-policy.jsonl'), '--root', folder, '--id', 'dry', '--set', 'steps=2', '--set', 'batchSize=8']);
    assert.equal(code, 0, stderr);
    assert.equal(lines.filter((line) => 'step' in line).length, 2);
    assert.equal(readFileSync(join(folder, 'dry/metrics.jsonl'), 'utf8').trim().split('\n').length, 2);
  });

  it('says where a run directory cannot be made', { skip: process.platform !== 'linux' }, async () => {
    const { code, stderr } = await rlvr(['rehearse', 'math-8k', '--problems', join(samples, 'problems/math.jsonl'), '--rollouts', join(samples, 'rollouts/math-policy.jsonl'), '--root', '/proc/runs', '--set', 'steps=1', '--set', 'batchSize=8']);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /the run directory cannot be made: .*\/proc\/runs/);
  });

  it('serves with a token file, private to the user, and stops on SIGTERM', async (t) => {
    const folder = tempDir(t);
    const child = spawn(process.execPath, [program, 'serve', '--token-file', join(folder, 'token')], { stdio: ['ignore', 'pipe', 'pipe'] });
    const line = await new Promise<string>((resolve) => child.stdout.once('data', (data: Buffer) => resolve(data.toString())));
    assert.match(line, /"listening":"ws:\/\/127\.0\.0\.1:\d+"/);
    const token = readFileSync(join(folder, 'token'), 'utf8').trim();
    assert.ok(token.length >= 32 && !line.includes(token));
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    assert.equal(await ended, 0);
  });

  it('ends in good order on a Ctrl-C that reaches the program and its launcher', async () => {
    const child = spawn(process.execPath, [join(root, 'scripts/rlvr.mjs'), 'verify', '-'], { stdio: 'pipe', detached: true });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin.write(jsonl({ id: 'first', prompt: 'What is 1+1?', response: '</think>\\boxed{2}', gold: '2' }));
    await once(child.stdout, 'data');
    // A terminal sends it to the whole group of processes; the launcher passes it on as well.
    process.kill(-(child.pid ?? 0), 'SIGINT');
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    assert.equal(code, 3);
    assert.match(stderr, /interrupted after 1 rollout/);
  });

  it('ends in good order also where the second signal of one Ctrl-C comes while it ends', async () => {
    const child = spawn(process.execPath, [program, 'verify', '-'], { stdio: 'pipe' });
    child.stdin.write(jsonl({ id: 'first', prompt: 'What is 1+1?', response: '</think>\\boxed{2}', gold: '2' }));
    await once(child.stdout, 'data');
    const closed = once(child, 'close');
    // Again and again until it has ended, but not for so long that it would be a second press.
    const ending = new AbortController();
    void closed.then(() => { ending.abort(); });
    for (const until = performance.now() + 300; !ending.signal.aborted && performance.now() < until; await delay(1)) child.kill('SIGINT');
    assert.deepEqual(await closed, [3, null]);
  });

  it('ends by the signal that killed its program', async (t) => {
    const child = spawn(process.execPath, [join(root, 'scripts/rlvr.mjs'), 'serve', '--token-file', join(tempDir(t), 'token')], { stdio: ['ignore', 'pipe', 'ignore'] });
    const line = await new Promise<string>((resolve) => child.stdout.once('data', (data: Buffer) => resolve(data.toString())));
    const ended = once(child, 'exit');
    process.kill((JSON.parse(line) as { pid: number }).pid, 'SIGHUP');
    assert.deepEqual(await ended, [null, 'SIGHUP']);
  });

  it('ends when it cannot listen, and leaves no lock behind', async (t) => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    t.after(() => taken.close());
    const { port } = taken.address() as AddressInfo;
    const folder = tempDir(t);
    const { code, stderr } = await rlvr(['serve', '--port', String(port), '--endpoint-file', join(folder, 'endpoint.json')]);
    assert.equal(code, 3);
    assert.match(stderr, /^rlvr: listen EADDRINUSE: [^\n]*\n$/m);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('says that its output cannot be written: exit code 3, no trace of the program', { skip: !existsSync('/dev/full') }, async () => {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [program, 'decontaminate', join(samples, 'problems/math.jsonl')], { stdio: ['ignore', full, 'pipe'] });
    closeSync(full);
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [code] = await once(child, 'close') as [number | null];
    assert.equal(code, 3);
    assert.match(stderr, /^rlvr: standard output cannot be written: ENOSPC: [^\n]*\n$/m);
    assert.doesNotMatch(stderr, /\n +at /);
  });

  it('ends when its endpoint file cannot be written, and leaves nothing behind', async (t) => {
    const folder = tempDir(t);
    const taken = join(folder, 'endpoint.json');
    mkdirSync(taken);
    const { code, stderr } = await rlvr(['serve', '--endpoint-file', taken]);
    assert.equal(code, 3);
    assert.match(stderr, /^rlvr: E[A-Z]+: .*endpoint\.json/m);
    assert.deepEqual(readdirSync(folder), ['endpoint.json']);
  });

  it('says its version', async () => {
    const { code, stdout } = await rlvr(['--version']);
    assert.deepEqual([code, /^rlvr \d+\.\d+\.\d+-[0-9a-f]{8}\n$/.test(stdout)], [0, true]);
  });

  it('exits with 2 on bad usage', async () => {
    for (const args of [['nonsense'], ['verify'], ['verify', 'no-such-file.jsonl'], ['verify', root], ['verify', '-', '--problems', root], ['help', 'nonsense'], ['verify', '--math-pairs', '--programs', '-'], ['decontaminate'], ['rehearse', 'no-such-stage'], ['rehearse', 'math-8k', '--problems', 'no-such-file.jsonl'], ['rehearse', 'math-8k', '--against', root], ['rehearse', 'math-8k', '--id', '../outside'], ['rehearse', 'math-8k', '--set', 'toString=1'],
      ['rehearse', 'math-8k', '--problems', join(samples, 'problems/math.jsonl'), '--rollouts', join(samples, 'rollouts/math-policy.jsonl'), '--root', '/nowhere', '--set', 'batchSize=8', '--set', 'rolloutsPerProblem=1e9'], ['serve', '--port', 'x'], ['serve', '--host', '']]) {
      const { code, stderr, stdout } = await rlvr(args);
      assert.equal(code, 2, `${args.join(' ')}: ${stderr}`);
      assert.equal(stdout, '');
    }
  });
});
