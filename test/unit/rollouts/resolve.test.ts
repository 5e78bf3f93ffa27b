import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { ProblemStore } from '../../../server/problems/store.ts';
import { RolloutStore } from '../../../server/rollouts/store.ts';
import type { Resolution } from '../../../server/rollouts/resolve.ts';
import { tempDir } from '../../support/tempDir.ts';

const line = (record: object): string => `${JSON.stringify(record)}\n`;
const SET = [
  line({ id: 'sum', domain: 'math', problem: 'What is $2+3$?', answer: '5' }),
  line({ id: 'long', domain: 'math', problem: 'Find the number of positive integers below one hundred that are divisible by seven.', answer: '14' }),
  line({ id: 'add', domain: 'code', problem: 'Print the sum of the two integers that are given on the only line of the input.', tests: { cases: [{ input: '1 2\n', output: '3\n' }] } }),
  line({ id: '3', domain: 'math', problem: 'A problem whose id is a row number and which has many words.', answer: '9' }),
].join('');

test('a rollout finds its problem by id, else by statement, else carries its own answer', async (t) => {
  const folder = tempDir(t);
  const set = join(folder, 'set.jsonl');
  await writeFile(set, SET);
  const problems = new ProblemStore();
  const store = new RolloutStore(problems);
  t.after(async () => { await store.dispose(); await problems.dispose(); });
  await store.open({ path: set }).catch(() => undefined);

  const resolve = async (record: object): Promise<Resolution> => {
    for await (const item of store.select({ kind: 'text', path: 'x.jsonl', lines: [{ line: 11, text: JSON.stringify(record) }] })) {
      if ('rollout' in item) return store.resolve(item.rollout, [set]);
      throw new Error(item.issue.message);
    }
    throw new Error('nothing selected');
  };
  const short = async (record: object): Promise<unknown> => {
    const found = await resolve(record);
    return found.ok ? [found.problemId, found.task.domain, found.gold, found.task.tests?.cases.length ?? null] : found.issue.message;
  };

  assert.deepEqual(await short({ problem_id: 'sum', response: 'r' }), ['sum', 'math', '5', null]);
  assert.deepEqual(await short({ problem_id: 'add', response: 'r' }), ['add', 'code', null, 1]);
  // The statement in a chat template with an instruction, without any id.
  assert.deepEqual(await short({ input: '<|im_start|>user\nWhat is $2+3$? Please reason step by step, and put your final answer within \\boxed{}.<|im_end|>\n<|im_start|>assistant\n', output: 'r', gts: 'old', score: 0 }), ['sum', 'math', '5', null]);
  // The statement inside of a longer prompt, with other line breaks.
  assert.deepEqual(await short({ prompt: 'Example: 1+1 is 2.\nNow: Find the number of positive integers below\none hundred that are divisible by seven. Be quick.', response: 'r', gold: 'x' }), ['long', 'math', '14', null]);
  // Our veRL rows carry the id of a code problem as ground truth.
  assert.deepEqual(await short({ input: 'unknown prompt', output: 'r', gts: 'add', score: 0 }), ['add', 'code', null, 1]);
  // A row number as id counts only with the statement.
  assert.deepEqual(await short({ problem_id: '3', prompt: 'Something else entirely?', response: 'r', gold: '1' }), ['3', 'math', '1', null]);
  assert.deepEqual(await short({ problem_id: '3', response: 'r' }), ['3', 'math', '9', null]);
  // Its own answer, its own tests.
  assert.deepEqual(await short({ problem: 'Unknown?', response: 'r', gold: '42' }), [null, 'math', '42', null]);
  assert.deepEqual(await short({ input: 'write a program', output: 'r', gts: JSON.stringify({ inputs: ['1'], outputs: ['2'] }), score: 0 }), [null, 'code', null, 1]);
  assert.equal(await short({ problem_id: 'zz', response: 'r' }), `rollout line 12 carries no answer, and its problem \`zz\` is found in none of: set.jsonl`);
  assert.equal(await short({ problem: 'Unknown?', response: 'r', model: 'm' }), `rollout line 12 carries no answer, and its prompt is found in none of: set.jsonl`);

  // An edited answer counts.
  await problems.decide({ path: set, changes: [{ id: 'sum', decision: { id: 'sum', action: 'edit', answer: 'five', at: 'now' } }] });
  assert.deepEqual(await short({ problem_id: 'sum', response: 'r', gold: '5' }), ['sum', 'math', 'five', null]);
});

test('an id that several sets have means the problem that is asked, else the one whose answer was edited, and says so', async (t) => {
  const folder = tempDir(t);
  const [a, b] = [join(folder, 'a', 'set.jsonl'), join(folder, 'b', 'set.jsonl')];
  for (const path of [a, b]) await mkdir(dirname(path));
  await writeFile(a, line({ id: 'same', domain: 'math', problem: 'Let $a=1$. Find $a+1$.', answer: '2' }));
  await writeFile(b, line({ id: 'same', domain: 'math', problem: 'Let $b=2$. Find $b+100$.', answer: '102' }));
  const problems = new ProblemStore();
  const store = new RolloutStore(problems);
  t.after(async () => { await store.dispose(); await problems.dispose(); });
  const golds = async (record: object): Promise<[string | null, string[]]> => {
    for await (const item of store.select({ kind: 'text', path: 'x.jsonl', lines: [{ line: 0, text: JSON.stringify(record) }] })) {
      const found = 'rollout' in item ? await store.resolve(item.rollout, [a, b]) : null;
      if (found?.ok) return [found.gold, found.warnings.map(({ message }) => message)];
    }
    throw new Error('no problem found');
  };

  assert.deepEqual(await golds({ problem_id: 'same', prompt: 'Let $b=2$. Find $b+100$.', response: 'r' }), ['102', []]);
  assert.deepEqual(await golds({ problem_id: 'same', prompt: 'Let $a=1$. Find $a+1$.', response: 'r' }), ['2', []]);
  assert.deepEqual(await golds({ problem_id: 'same', response: 'r' }), ['2', ['Problem "same" has the answer 2 in a/set.jsonl, which was used, and 102 in b/set.jsonl.']]);
  await problems.decide({ path: b, changes: [{ id: 'same', decision: { id: 'same', action: 'edit', answer: '103', at: 'now' } }] });
  assert.deepEqual(await golds({ problem_id: 'same', response: 'r' }), ['103', ['Problem "same" has the answer 103 in b/set.jsonl, which was used, and 2 in a/set.jsonl.']]);
});

test('a statement that several sets have is judged by the answer that was edited, else by the one the rollout was made for', async (t) => {
  const folder = tempDir(t);
  const [bare, copy, source] = [join(folder, 'bare.jsonl'), join(folder, 'copy.jsonl'), join(folder, 'source.jsonl')];
  const problem = 'What is $2+3$?';
  await writeFile(bare, line({ id: 'b1', domain: 'math', problem }));
  await writeFile(copy, line({ id: 'c1', domain: 'math', problem, answer: '6' }));
  await writeFile(source, line({ id: 's1', domain: 'math', problem, answer: '5' }));
  const problems = new ProblemStore();
  const store = new RolloutStore(problems);
  t.after(async () => { await store.dispose(); await problems.dispose(); });
  const judged = async (record: object): Promise<unknown> => {
    for await (const item of store.select({ kind: 'text', path: 'x.jsonl', lines: [{ line: 0, text: JSON.stringify({ prompt: problem, response: 'r', ...record }) }] })) {
      const found = 'rollout' in item ? await store.resolve(item.rollout, [bare, copy, source]) : null;
      if (found?.ok) return [found.problemId, found.gold, ...found.warnings.map(({ message }) => message)];
    }
    throw new Error('no problem found');
  };

  assert.deepEqual(await judged({}), ['c1', '6', 'Problem "c1" has the answer 6 in copy.jsonl, which was used, and 5 in source.jsonl.']);
  assert.deepEqual(await judged({ gold: '5' }), ['s1', '5', 'Problem "s1" has the answer 5 in source.jsonl, which was used, and 6 in copy.jsonl.']);
  await problems.decide({ path: source, changes: [{ id: 's1', decision: { id: 's1', action: 'edit', answer: 'five', at: 'now' } }] });
  assert.deepEqual(await judged({ gold: '6' }), ['s1', 'five', 'Problem "s1" has the answer five in source.jsonl, which was used, and 6 in copy.jsonl.']);
});
