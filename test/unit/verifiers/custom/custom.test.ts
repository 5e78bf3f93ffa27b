import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCustomVerifier, listCustomVerifiers } from '../../../../server/verifiers/custom/verifier.ts';
import type { VerificationTask } from '../../../../server/verifiers/verifier.ts';
import type { Verdict } from '../../../../server/protocol/verdict.ts';
import { bundleIsolate } from '../support/isolateBundle.ts';

let folder = '';
let code = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rlvr-custom-'));
  code = await bundleIsolate('server/verifiers/custom/custom.isolate.ts');
});
after(() => rm(folder, { recursive: true }));

const task = (response: string, gold = '42'): VerificationTask => ({ domain: 'math', problemId: 'p1', statement: 'What?', gold, tests: null, response });

async function verdictOf(source: string, response = 'so \\boxed{42}', options = {}): Promise<Verdict> {
  const file = join(folder, 'reward.js');
  await writeFile(file, source);
  const verifier = await createCustomVerifier(file, { code, workers: 1, ...options });
  try {
    return await verifier.verify(task(response));
  } finally {
    await verifier.dispose();
  }
}

const returns: [string, string, number | null][] = [
  ['true', 'correct', 1], ['1', 'correct', 1], ['false', 'incorrect', 0], ['0', 'incorrect', 0], ['null', 'unverifiable', 0],
  ['({ reward: 1, reason: "good" })', 'correct', 1], ['0.5', 'error', null], ['"yes"', 'error', null], ['undefined', 'error', null], ['Promise.resolve(1)', 'error', null],
];
for (const [value, verdict, reward] of returns) {
  test(`a reward function that returns ${value} gives ${verdict}`, async () => {
    const result = await verdictOf(`export default () => ${value};`);
    assert.equal(result.verdict, verdict);
    assert.equal(result.reward, reward);
    assert.equal(result.verifier, 'custom:reward.js');
  });
}

test('the function sees the problem, the parts of the response and the boxed answer', async () => {
  const result = await verdictOf(`export default (input) => ({ reward: 1, reason: JSON.stringify(input) });`, '<think>hm</think>so \\boxed{42}');
  assert.deepEqual(JSON.parse(result.reason), {
    problem: { id: 'p1', statement: 'What?', gold: '42', domain: 'math' }, response: '<think>hm</think>so \\boxed{42}', thinking: 'hm', final: 'so \\boxed{42}', answer: '42',
  });
  assert.equal(result.extracted?.text, '42');
});

test('the built-in math verifier can be called', async () => {
  const source = 'export default ({ problem, answer }) => rlvr.math.verify(problem.gold, answer).reward;';
  assert.equal((await verdictOf(source, '\\boxed{\\frac{84}{2}}')).verdict, 'correct');
  assert.equal((await verdictOf(source, '\\boxed{43}')).verdict, 'incorrect');
});

test('an exception names file and line', async () => {
  const result = await verdictOf('export default function reward() {\n  const a = null;\n  return a.b;\n}\n');
  assert.equal(result.verdict, 'error');
  assert.match(result.reason, /reward\.js:3:\d+: Cannot read properties of null/);
});

test('a syntax error names file and line', async () => {
  const result = await verdictOf('export default () => {\n  return 1 +;\n}');
  assert.match(result.reason, /reward\.js:2/);
});

test('what one response leaves behind never reaches the next', async () => {
  const file = join(folder, 'stateful.js');
  await writeFile(file, 'let seen = 0; export default () => { globalThis.count = (globalThis.count ?? 0) + 1; return ++seen === 1 && globalThis.count === 1; };');
  const verifier = await createCustomVerifier(file, { code, workers: 1 });
  for (let i = 0; i < 3; i++) assert.equal((await verifier.verify(task('x'))).verdict, 'correct');
  await verifier.dispose();
});

test('there is nothing to reach out with', async () => {
  const names = ['process', 'require', 'fetch', 'setTimeout', 'Buffer', 'XMLHttpRequest', 'rlvrBatch'];
  const result = await verdictOf(`export default () => ({ reward: 1, reason: ${JSON.stringify(names)}.filter((n) => typeof globalThis[n] !== 'undefined').join() });`);
  assert.equal(result.reason, '');
  assert.match((await verdictOf('import fs from "node:fs"; export default () => 1;')).reason, /cannot import "node:fs"/);
});

test('endless loops and endless memory cost only the response', async () => {
  const loop = await verdictOf('export default () => { for (;;); };', 'x', { timeoutMs: 100 });
  assert.deepEqual([loop.verdict, loop.rule], ['unverifiable', 'limit.time']);
  const memory = await verdictOf('export default () => { const all = []; for (;;) all.push(new Array(1e5).fill(all.length)); };', 'x', { memoryMb: 24, timeoutMs: 20_000 });
  assert.deepEqual([memory.verdict, memory.rule], ['unverifiable', 'limit.memory']);
});

test('listing a folder shows every file and what is wrong with it', async () => {
  const listed = await mkdtemp(join(tmpdir(), 'rlvr-list-'));
  await writeFile(join(listed, 'a.js'), 'export default () => 1;');
  await writeFile(join(listed, 'b.js'), 'export default (');
  await writeFile(join(listed, 'c.js'), 'import "./a.js"; export default () => 1;');
  await writeFile(join(listed, 'notes.txt'), '');
  const found = await listCustomVerifiers(listed);
  assert.deepEqual(found.map((each) => [each.file.slice(-4), each.problem === null]), [['a.js', true], ['b.js', false], ['c.js', false]]);
  assert.deepEqual(await listCustomVerifiers(join(listed, 'missing')), []);
  await rm(listed, { recursive: true });
});
