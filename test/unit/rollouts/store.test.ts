import assert from 'node:assert/strict';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Verdict, VerdictKind } from '../../../server/protocol/verdict.ts';
import { ProblemStore } from '../../../server/problems/store.ts';
import { RolloutStore } from '../../../server/rollouts/store.ts';
import type { ThinkingChoice } from '../../../server/protocol/thinking.ts';
import { withThinkingDoubt } from '../../../server/rollouts/thinkingDoubt.ts';
import { tempDir } from '../../support/tempDir.ts';
import type { Cleanup } from '../../support/tempDir.ts';

const line = (record: object): string => `${JSON.stringify(record)}\n`;
const PROMPT = "<|im_start|>user\nWhat is $2+3$? Let's think step by step and output the final answer within \\boxed{}.<|im_end|>\n<|im_start|>assistant\n<think>\n";
const OTHER = 'user\nWhat is the smallest prime?\nassistant\n<think>\n';
const DUMP = [
  line({ input: PROMPT, output: 'well </think> it is \\boxed{5}', gts: '5', score: 1, step: 1 }),
  line({ input: OTHER, output: 'never ends', gts: '2', score: 0, step: 1 }),
  line({ input: PROMPT, output: 'hm </think> it is \\boxed{6}', gts: '5', score: 0, step: 1 }),
  line({ input: OTHER, output: '<think>a</think><think>b', gts: '2', score: 0, step: 1, finish_reason: 'length' }),
  line({ input: PROMPT, output: 'second step \\boxed{5}', gts: '5', score: 1, step: 2 }),
].join('');

async function opened(t: Cleanup, content: string | Buffer = DUMP, name = '1.jsonl'): Promise<{ store: RolloutStore; problems: ProblemStore; path: string; folder: string }> {
  const folder = tempDir(t);
  const path = join(folder, name);
  await writeFile(path, content);
  const problems = new ProblemStore();
  const store = new RolloutStore(problems);
  t.after(async () => { await store.dispose(); await problems.dispose(); });
  return { store, problems, path, folder };
}

const verdict = (kind: VerdictKind): Verdict => ({ verdict: kind, reward: kind === 'correct' ? 1 : kind === 'error' ? null : 0, verifier: 'math', extracted: { text: '5', start: 0, end: 1 }, reason: 'because', rule: 'test', warnings: [], durationMs: 1 });
const all = { offset: 0, limit: 100 };

test('groups are a problem at a step, with advantages, signal and think shapes', async (t) => {
  const { store, path } = await opened(t);
  const info = await store.open({ path });
  assert.deepEqual([info.schema, info.rollouts, info.groups, info.steps], ['verl-dump', 5, 3, [1, 2]]);
  const { groups, totals, total } = await store.groups({ path, query: {}, ...all });
  assert.equal(total, 3);
  assert.deepEqual(groups.map((group) => [group.title, group.step, group.count, group.judged, group.correct, group.signal]), [
    ['What is 2+3?', 1, 2, 2, 1, true], ['What is the smallest prime?', 1, 2, 2, 0, false], ['What is 2+3?', 2, 1, 1, 1, false],
  ]);
  const [first] = groups;
  assert.deepEqual(first?.rows.map((row) => [row.ref, row.index, row.line, row.state, row.stateFrom, row.extracted, row.thinkShape]), [[0, 0, 0, 'correct', 'stored', '5', 'onlyClose'], [2, 2, 2, 'incorrect', 'stored', '6', 'onlyClose']]);
  assert.ok(Math.abs((first.rows[0]?.advantage ?? 0) - Math.SQRT1_2) < 1e-5);
  assert.deepEqual(groups[1]?.rows.map((row) => [row.thinkShape, row.extracted]), [['unclosed', null], ['unclosed', null]]);
  assert.deepEqual(totals, { rollouts: 5, groups: 3, judged: 5, correct: 2, cut: 0, noSignal: 2, meanTokens: totals.meanTokens });
});

test('groups are told apart where an instruction stands before every question', async (t) => {
  const instruction = 'Is the following statement something that a careful person would say? Answer with one word. ';
  const asks = (question: string, step = 1): string => line({ prompt: question, response: 'r', gold: '1', step });
  const titles = async (...lines: string[]): Promise<(string | undefined)[]> => {
    const { store, path } = await opened(t, lines.join(''));
    return (await store.groups({ path, query: {}, ...all })).groups.map(({ title }) => title);
  };
  const three = ['Cats can $fly$.', 'Cats can $walk$.', 'No.'];
  assert.deepEqual(await titles(...three.map((text) => asks(instruction + text))), ['… Cats can fly.', '… Cats can walk.', '… No.']);
  assert.deepEqual(await titles(...three.slice(0, 2).map((text) => asks(instruction + text))), three.slice(0, 2).map((text) => (instruction + text).replaceAll('$', '')), 'two may be alike by chance');
  assert.deepEqual(await titles(...[1, 2, 3].map((step) => asks(instruction + 'Yes.', step))), Array(3).fill(instruction + 'Yes.'), 'one question at three steps');
  assert.deepEqual(await titles(...three.map((text) => asks(instruction + text)), asks('Another one?')), [...three.map((text) => (instruction + text).replaceAll('$', '')), 'Another one?']);
});

test('verdicts override stored scores in rows, groups and filters; errors have no reward', async (t) => {
  const { store, path } = await opened(t);
  await store.open({ path });
  const heard = new Promise<number>((resolve) => store.onChanged(({ generation }) => resolve(generation)));
  store.setVerdict(path, 1, verdict('correct'));
  store.setVerdict(path, 0, verdict('error'));
  store.setVerdict(path, 99, verdict('correct'));
  const { groups, generation } = await store.groups({ path, query: {}, ...all });
  assert.deepEqual(groups[0]?.rows[0], { ...groups[0]?.rows[0], state: 'error', stateFrom: 'verdict', reward: null, advantage: null, storedScore: 1 });
  assert.deepEqual([groups[0]?.judged, groups[1]?.correct, groups[1]?.signal], [1, 1, true]);
  const filtered = await store.groups({ path, query: { query: 'verdict:correct reward:1' }, ...all });
  assert.deepEqual(filtered.groups.map((group) => group.rows.map((row) => row.ref)), [[1], [4]]);
  assert.equal((await store.get({ path, ref: 1 })).verdict?.reason, 'because');
  assert.equal(await heard, generation);
});

test('filters, text search and sorting', async (t) => {
  const { store, path } = await opened(t);
  const refs = async (query: string): Promise<string> => (await store.groups({ path, query: { query }, ...all })).groups.map((group) => group.rows.map((row) => row.ref).join('+')).join();
  assert.equal(await refs('smallest ends'), '1');
  assert.equal(await refs('"IT IS"'), '0+2');
  assert.equal(await refs('think:unclosed'), '1+3,4');
  assert.equal(await refs('step:2'), '4');
  assert.equal(await refs('nowhere'), '');
  await assert.rejects(store.groups({ path, query: { query: 'foo:1' }, ...all }), /"foo:" is no filter/);
  const order = async (sort: 'passRate' | 'spread' | 'title' | 'tokens', descending: boolean): Promise<string> =>
    (await store.groups({ path, query: { sort, descending }, ...all })).groups.map((group) => group.rows[0]?.ref).join();
  assert.equal(await order('passRate', false), '1,0,4');
  assert.equal(await order('spread', true), '0,1,4');
  assert.equal(await order('title', false), '0,4,1');
});

test('a page has the whole anatomy; long responses come in stretches', async (t) => {
  const long = `<think>${'x'.repeat(500_000)}</think>\\boxed{7}`;
  const { store, path } = await opened(t, line({ problem_id: 'p', response: long, prompt: 'Q', tokens: 1000, finish_reason: 'length', model: 'm', gold: '7', odd: 'kept' }));
  const page = await store.get({ path, ref: 0 });
  assert.equal(page.responseLength, long.length);
  assert.ok(page.response.length < long.length);
  assert.deepEqual(page.segments.map(({ kind }) => kind), ['tag', 'thinking', 'tag', 'answer']);
  assert.equal(page.segments.at(-1)?.end, long.length);
  assert.deepEqual([page.row.cut, page.row.tokens, page.row.extracted, page.extra['odd']], [true, { value: 1000, estimated: false }, '7', 'kept']);
  const { text } = await store.text({ path, ref: 0, offset: long.length - 9, length: 100 });
  assert.equal(text, '\\boxed{7}');
  await assert.rejects(store.get({ path, ref: 1 }), /has no rollout 1; it has 1/);
});

test('a file that grows is read on from where it ended, verdicts kept', async (t) => {
  const half = DUMP.indexOf('never');
  const { store, path } = await opened(t, DUMP.slice(0, half));
  const first = await store.open({ path });
  assert.equal(first.rollouts, 1);
  assert.match(first.issues[0]?.message ?? '', /last line \(2\) is not finished/);
  store.setVerdict(path, 0, verdict('incorrect'));
  await appendFile(path, DUMP.slice(half));
  const second = await store.open({ path });
  assert.deepEqual([second.rollouts, second.groups, second.issues], [5, 3, []]);
  assert.ok(second.generation > first.generation);
  const { groups } = await store.groups({ path, query: {}, ...all });
  assert.equal(groups[0]?.rows[0]?.stateFrom, 'verdict');
  assert.equal((await store.get({ path, ref: 4 })).row.step, 2);
});

test('a complete last line without a line end counts, and is not doubled when it gets one', async (t) => {
  const { store, path } = await opened(t, DUMP.trimEnd());
  assert.equal((await store.open({ path })).rollouts, 5);
  await appendFile(path, `\n${line({ input: PROMPT, output: 'third', gts: '5', score: 0, step: 3 })}`);
  const info = await store.open({ path });
  assert.deepEqual([info.rollouts, info.groups, info.steps], [6, 4, [1, 2, 3]]);
});

test('another file under the same name is read anew, verdicts forgotten', async (t) => {
  const { store, path } = await opened(t);
  await store.open({ path });
  store.setVerdict(path, 0, verdict('incorrect'));
  await writeFile(path, DUMP.replace('well', 'WELL') + DUMP);
  assert.equal((await store.open({ path })).rollouts, 10);
  const { groups } = await store.groups({ path, query: {}, ...all });
  assert.equal(groups[0]?.rows[0]?.stateFrom, 'stored');
});

test('bad lines are issues; the others are there', async (t) => {
  const { store, path } = await opened(t, Buffer.concat([Buffer.from(`{"torn\n${line({ foo: 1 })}`), Buffer.from(line({ problem_id: 'p', response: 5 })), Buffer.from(line({ problem_id: 'p', response: 'r' }))]));
  const info = await store.open({ path });
  assert.equal(info.rollouts, 1);
  assert.deepEqual(info.issues.map((issue) => [issue.line, issue.field]), [[0, null], [1, null], [2, 'response']]);
  assert.match(info.issues[1]?.message ?? '', /its fields are: foo/);
});

test('a 30 MB line among others', async (t) => {
  const { store, path } = await opened(t, line({ problem_id: 'a', response: 'x'.repeat(30 * 1024 * 1024) }) + line({ problem_id: 'b', response: 'short' }));
  assert.equal((await store.open({ path })).rollouts, 2);
  assert.equal((await store.get({ path, ref: 0 })).responseLength, 30 * 1024 * 1024);
  assert.equal((await store.get({ path, ref: 1 })).response, 'short');
});

test('selecting by refs, by lines, and from a document that is not saved', async (t) => {
  const { store, path } = await opened(t);
  const select = async (target: Parameters<RolloutStore['select']>[0]): Promise<string[]> => {
    const found: string[] = [];
    for await (const item of store.select(target)) found.push('issue' in item ? `issue ${String(item.issue.line)}` : `${String(item.ref)}:${item.rollout.response.slice(0, 5)}`);
    return found;
  };
  assert.equal((await select({ kind: 'file', path, refs: null })).length, 5);
  assert.deepEqual(await select({ kind: 'file', path, refs: [2, 0] }), ['0:well ', '2:hm </']);
  assert.deepEqual(await select({ kind: 'file', path, refs: null, lines: [1, 40] }), ['issue 40', '1:never']);
  assert.deepEqual(await select({ kind: 'text', path, lines: [{ line: 7, text: line({ problem_id: 'p', response: 'typed' }) }, { line: 8, text: 'no json' }] }), ['0:typed', 'issue 8']);
  assert.equal(await store.count({ kind: 'file', path, refs: null }), 5);
});

test('the record of a problem: its groups in several files', async (t) => {
  const { store, path, folder } = await opened(t);
  const set = join(folder, 'set.jsonl');
  await writeFile(set, line({ id: 'sum', domain: 'math', problem: 'What is $2+3$?', answer: '5' }) + line({ id: 'p', domain: 'math', problem: 'Unasked.', answer: '5' }));
  const own = join(folder, 'own.jsonl');
  await writeFile(own, line({ problem_id: 'sum', response: 'a', score: 1 }) + line({ problem_id: 'sum', response: 'b', score: 0 }));
  const { groups } = await store.ofProblem({ problems: set, id: 'sum', rollouts: [path, own] });
  assert.deepEqual(groups.map(({ path: file, group }) => [file, group.count, group.step]), [[path, 2, 1], [path, 1, 2], [own, 2, null]]);
  assert.deepEqual((await store.ofProblem({ problems: set, id: 'p', rollouts: [path, own] })).groups, []);
});

test('a large file is indexed with progress, within bounded memory, and can be cancelled', async (t) => {
  const body = 'therefore we compute the sum '.repeat(1000);
  const records = Array.from({ length: 2000 }, (_, i) => line({ problem_id: `p${String(i >> 3)}`, response: `${body}</think> \\boxed{${String(i)}}`, score: i % 2 })).join('');
  const { store, path } = await opened(t, records);
  const abort = new AbortController();
  await assert.rejects(store.open({ path }, { signal: abort.signal, progress: () => abort.abort() }), { name: 'AbortError' });
  const seen: number[] = [];
  const info = await store.open({ path }, { progress: ({ done }) => seen.push(done) });
  assert.deepEqual([info.rollouts, info.groups], [2000, 250]);
  assert.ok(seen.length > 20 && seen.at(-1) === info.size);
  const searching = new AbortController();
  const search = store.groups({ path, query: { query: 'boxed{1999}' }, ...all }, { signal: searching.signal });
  searching.abort();
  await assert.rejects(search, { name: 'AbortError' });
  assert.equal((await store.groups({ path, query: { query: 'boxed{1999}' }, ...all })).groups[0]?.rows[0]?.ref, 1999);
});

test('listeners hear of a file that grows by itself', async (t) => {
  const { store, path } = await opened(t);
  const { generation } = await store.open({ path });
  const heard = new Promise<number>((resolve) => store.onChanged((change) => resolve(change.generation)));
  await appendFile(path, line({ input: PROMPT, output: 'more', gts: '5', score: 0, step: 3 }));
  assert.ok(await heard > generation);
  assert.equal((await store.open({ path })).rollouts, 6);
});

const CUT = line({ problem_id: 'p', prompt: [{ role: 'user', content: 'What is 2*3?' }], response: 'Let me see, I get \\boxed{6}. Wait', gold: '6', finish_reason: 'length' });

test('a response without tags is what the choice for its file says; a change of it reads the file again', async (t) => {
  const { store: auto, problems, path } = await opened(t, CUT);
  const [row] = (await auto.groups({ path, query: {}, ...all })).groups[0]?.rows ?? [];
  assert.deepEqual([row?.thinkShape, row?.extracted, (await auto.get({ path, ref: 0 })).thinking], ['none', '6', { opened: false, by: 'nothing' }]);

  let told: ThinkingChoice = 'yes';
  const store = new RolloutStore(problems, { of: () => told });
  t.after(() => store.dispose());
  const first = await store.groups({ path, query: {}, ...all });
  assert.deepEqual([first.groups[0]?.rows[0]?.thinkShape, first.groups[0]?.rows[0]?.extracted], ['unclosed', null]);
  store.setVerdict(path, 0, verdict('correct'));
  told = 'no';
  const heard = new Promise<number>((resolve) => store.onChanged(({ generation }) => resolve(generation)));
  await store.toldAnew();
  const page = await store.get({ path, ref: 0 });
  assert.deepEqual([page.thinking, page.row.thinkShape, page.segments[0]?.kind, page.verdict], [{ opened: false, by: 'choice' }, 'none', 'answer', null], 'a verdict made by another choice is forgotten');
  assert.ok(await heard > first.generation);
});

test('rollouts of a run are what its stage says, also where the run is older than the setting', async (t) => {
  const folder = tempDir(t);
  const problems = new ProblemStore();
  const store = new RolloutStore(problems, { of: () => 'auto' });
  t.after(async () => { await store.dispose(); await problems.dispose(); });
  const startOf = async (run: string, request: unknown): Promise<unknown> => {
    await mkdir(join(folder, run, 'rollouts'), { recursive: true });
    await writeFile(join(folder, run, 'request.json'), JSON.stringify(request));
    const path = join(folder, run, 'rollouts/1.jsonl');
    await writeFile(path, CUT);
    return (await store.get({ path, ref: 0 })).thinking;
  };
  const request = { runId: 'r', stageId: 'math-8k', settings: { thinkingOpened: true } };
  assert.deepEqual(await startOf('on', request), { opened: true, by: 'choice' });
  assert.deepEqual(await startOf('off', { ...request, settings: { thinkingOpened: false } }), { opened: false, by: 'choice' });
  assert.deepEqual(await startOf('older', { ...request, settings: {} }), { opened: true, by: 'choice' });
  assert.deepEqual(await startOf('foreign', { url: 'http://x', settings: {} }), { opened: false, by: 'nothing' });
});

test('a reward that rests on a guess carries a warning, and no other', () => {
  const guessed = { thinking: { opened: false, by: 'nothing' }, cut: true } as const;
  const codes = (rollout: Parameters<typeof withThinkingDoubt>[1], others = false, kind: VerdictKind = 'correct'): string[] => withThinkingDoubt(verdict(kind), rollout, others).warnings.map(({ code }) => code);
  assert.deepEqual(codes(guessed), ['thinking.unknown']);
  assert.deepEqual(codes({ ...guessed, cut: null }, true), ['thinking.unknown']);
  assert.deepEqual(codes({ ...guessed, cut: false }), []);
  assert.deepEqual(codes({ thinking: { opened: false, by: 'choice' }, cut: true }, true), []);
  assert.deepEqual(codes(guessed, true, 'incorrect'), []);
});

test('samples of a group are numbered by their place in the file where the records do not number them', async (t) => {
  const numbersOf = async (store: RolloutStore, path: string): Promise<number[][]> => (await store.groups({ path, query: {}, ...all })).groups.map((group) => group.rows.map((row) => row.sample));
  const dump = await opened(t);
  assert.deepEqual(await numbersOf(dump.store, dump.path), [[0, 1], [0, 1], [0]]);
  assert.equal((await dump.store.get({ path: dump.path, ref: 2 })).row.sample, 1);
  await appendFile(dump.path, line({ input: PROMPT, output: 'third </think> \\boxed{5}', gts: '5', score: 1, step: 1 }));
  assert.deepEqual(await numbersOf(dump.store, dump.path), [[0, 1, 2], [0, 1], [0]]);
  const own = await opened(t, [4, 2].map((sample) => line({ problem_id: 'p', response: 'r', sample })).join(''));
  assert.deepEqual(await numbersOf(own.store, own.path), [[4, 2]], 'their own numbers stay');
  for await (const selected of own.store.select({ kind: 'text', path: own.path, lines: [{ line: 5, text: line({ problem_id: 'p', response: 'r' }) }] })) {
    assert.ok('rollout' in selected && selected.rollout.sample === null, 'lines of a document are no group');
  }
});
