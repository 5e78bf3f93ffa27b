import assert from 'node:assert/strict';
import { appendFile, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Decision } from '../../../server/protocol/problem.ts';
import { ProblemStore } from '../../../server/problems/store.ts';
import type { ContaminationMark, LabelProvider } from '../../../server/problems/labels.ts';
import type { SetCheck } from '../../../server/problems/setCheck.ts';
import { tempDir } from '../../support/tempDir.ts';
import type { Cleanup } from '../../support/tempDir.ts';

const proofFilter: LabelProvider = { labelsOf: ({ statement }) => (statement.startsWith('Prove') ? ['proof'] : []) };

const line = (record: object): string => `${JSON.stringify(record)}\n`;
const SET = [
  line({ id: 'b', domain: 'math', problem: 'What is $2+3$?', answer: '5', difficulty: 2, pass_rate: { correct: 6, attempts: 8 } }),
  line({ id: 'a', domain: 'math', problem: 'Prove that 1 = 1.', answer: 'trivial', difficulty: 7 }),
  line({ id: 'c', domain: 'code', problem: 'Add two numbers.', tests: { cases: [{ input: '1 2\n', output: '3\n' }], time_limit_s: 2 } }),
  line({ id: 'd', domain: 'math', problem: 'No answer here.', answer: null }),
  line({ id: 'b', domain: 'math', problem: 'Another with the same id.', answer: '1' }),
].join('');

/** Finds what it is told to. */
const marking = (...marks: ContaminationMark[]): SetCheck => ({ keyOf: () => Promise.resolve('key'), filesFor: () => [], check: () => Promise.resolve({ marks, remarks: [], testSet: false }) });

async function opened(t: Cleanup, content: string | Buffer = SET, name = 'set.jsonl', check?: SetCheck): Promise<{ store: ProblemStore; path: string; folder: string }> {
  const folder = tempDir(t);
  const path = join(folder, name);
  await writeFile(path, content);
  const store = new ProblemStore({ labels: proofFilter, ...(check === undefined ? {} : { check }) });
  t.after(() => store.dispose());
  return { store, path, folder };
}

const decision = (id: string, fields: Partial<Decision>): Decision => ({ id, action: 'keep', at: '2026-01-01T00:00:00Z', ...fields });
const states = async (store: ProblemStore, path: string): Promise<string> =>
  (await store.list({ path, query: {}, offset: 0, limit: 100 })).rows.map((row) => `${row.id}:${row.state}${row.labels.length > 0 ? `(${row.labels.join()})` : ''}`).join(' ');

test('rows, states, and repeated ids made unique with a note', async (t) => {
  const { store, path } = await opened(t);
  const info = await store.open({ path });
  assert.equal(info.schema, 'rlvr');
  assert.deepEqual(info.byState, { ok: 3, filtered: 1, invalid: 1 });
  assert.deepEqual(info.byDomain, { math: 4, code: 1 });
  assert.equal(Object.values(info.byPassRate).reduce((sum, members) => sum + members, 0), 5);
  assert.equal(await states(store, path), 'b:ok a:filtered(proof) c:ok d:invalid(no answer) b#2:ok');
  const { problem, row } = await store.get({ path, id: 'b#2' });
  assert.equal(problem.statement, 'Another with the same id.');
  assert.match(problem.notes.join(), /id "b" occurs several times/);
  assert.equal(row.line, 4);
  await assert.rejects(store.get({ path, id: 'zz' }), /no problem with the id "zz"/);
});

test('state precedence: invalid, dropped, contaminated, filtered, ok; keep, ignore and edit', async (t) => {
  const { store, path } = await opened(t, SET, 'set.jsonl', marking({ id: 'a', benchmark: 'AIME 2024', item: 'I-1' }, { id: 'b', benchmark: 'AIME 2024', item: 'I-2' }, { id: 'gone', benchmark: 'x', item: 'y' }));
  assert.equal(await states(store, path), 'b:unchecked a:filtered(proof) c:unchecked d:invalid(no answer) b#2:unchecked');
  await store.checked(path);
  assert.equal(await states(store, path), 'b:contaminated(AIME 2024 I-2) a:contaminated(AIME 2024 I-1) c:ok d:invalid(no answer) b#2:ok');
  const decide = (...changes: readonly Decision[]) => store.decide({ path, changes: changes.map((change) => ({ id: change.id, decision: change })) });
  await decide(decision('a', { ignore: ['AIME 2024'] }), decision('b', { action: 'keep' }), decision('c', { action: 'drop', reason: 'too easy' }), decision('d', { action: 'edit', answer: '4' }));
  assert.equal(await states(store, path), 'b:ok a:filtered(proof) c:dropped(too easy) d:ok b#2:ok');
  const edited = await store.get({ path, id: 'd' });
  assert.deepEqual([edited.problem.answer, edited.fileAnswer], ['4', null]);
  await store.decide({ path, changes: [{ id: 'a', decision: null }] });
  assert.match(await states(store, path), /a:contaminated/);
});

test('a gold answer that the verifier cannot read makes a problem invalid, until it is edited', async (t) => {
  const { store, path } = await opened(t, line({ id: 'g', domain: 'math', problem: 'What is seven halves?', answer: '\\frac{7}{2' }) + line({ id: 'h', domain: 'math', problem: 'What is one half?', answer: '1/2' }));
  assert.match(await states(store, path), /^g:invalid\(gold cannot be read: .+\) h:ok$/);
  const edit = (id: string, answer: string) => store.decide({ path, changes: [{ id, decision: decision(id, { action: 'edit', answer }) }] });
  await edit('g', '\\frac{7}{2}');
  await edit('h', '\\piR');
  assert.match(await states(store, path), /^g:ok h:invalid\(gold cannot be read: .*piR/);
});

test('decisions are sorted lines beside the set, and foreign lines survive', async (t) => {
  const { store, path } = await opened(t);
  const file = `${path}.decisions.jsonl`;
  await writeFile(file, 'torn {\n{"id":"a","action":"explode","at":"x"}\n');
  const before = await readFile(path);
  const { info, rows } = await store.decide({ path, changes: [{ id: 'c', decision: decision('c', { action: 'drop', reason: 'x' }) }, { id: 'a', decision: decision('a', {}) }] });
  assert.deepEqual(rows.map((row) => row.state), ['dropped', 'ok']);
  assert.equal(await readFile(file, 'utf8'), [
    '{"id":"a","action":"keep","at":"2026-01-01T00:00:00Z"}',
    '{"id":"c","action":"drop","reason":"x","at":"2026-01-01T00:00:00Z"}',
    'torn {', '{"id":"a","action":"explode","at":"x"}', '',
  ].join('\n'));
  assert.equal(info.issues.length, 2);
  assert.match(info.issues[0]?.message ?? '', /line 3: not JSON; the line is kept/);
  assert.deepEqual(await readFile(path), before, 'the source is never rewritten');
  await assert.rejects(store.decide({ path, changes: [{ id: 'zz', decision: decision('zz', {}) }] }), /nothing was stored/);
});

test('a merge conflict in the decisions is named, and nothing is written over it', async (t) => {
  const { store, path } = await opened(t);
  const file = `${path}.decisions.jsonl`;
  const merged = `\uFEFF${line(decision('a', { action: 'keep' }))}<<<<<<< HEAD\r\n${line(decision('b', { action: 'keep' }))}=======\r\n${line(decision('b', { action: 'drop' }))}>>>>>>> other\r\n`;
  await writeFile(file, merged);
  const { issues } = await store.open({ path });
  assert.ok(issues.some(({ message }) => message.includes('line 2') && message.includes('not JSON')));
  assert.equal((await store.get({ path, id: 'a' })).row.decision?.action, 'keep', 'a byte order mark hides no decision');
  await assert.rejects(store.decide({ path, changes: [{ id: 'a', decision: null }] }), /line 2: a merge conflict that is not resolved; nothing was stored/);
  assert.equal(await readFile(file, 'utf8'), merged);
});

test('decisions made at the same time are all kept', async (t) => {
  const { store, path } = await opened(t);
  await Promise.all(['a', 'b', 'c'].map((id) => store.decide({ path, changes: [{ id, decision: decision(id, { action: 'drop', reason: id }) }] })));
  assert.equal((await readFile(`${path}.decisions.jsonl`, 'utf8')).split('\n').length, 4);
});

test('a failed write leaves the decisions as they were', async (t) => {
  const { store, path, folder } = await opened(t);
  await store.decide({ path, changes: [{ id: 'a', decision: decision('a', {}) }] });
  const file = `${path}.decisions.jsonl`;
  const text = await readFile(file, 'utf8');
  await rename(folder, `${folder}-moved`);
  await assert.rejects(store.decide({ path, changes: [{ id: 'b', decision: decision('b', {}) }] }));
  await rename(`${folder}-moved`, folder);
  assert.equal(await readFile(file, 'utf8'), text);
  assert.equal(await states(store, path), 'b:ok a:ok c:ok d:invalid(no answer) b#2:ok');
});

test('a set or its decisions that change on disk are read again; listeners hear of it', async (t) => {
  const { store, path } = await opened(t);
  const changes: number[] = [];
  store.onChanged(({ generation }) => changes.push(generation));
  const first = await store.list({ path, query: {}, offset: 0, limit: 1 });
  await appendFile(path, line({ id: 'e', domain: 'math', problem: 'New.', answer: '1' }));
  const second = await store.list({ path, query: {}, offset: 0, limit: 1 });
  assert.equal(second.total, first.total + 1);
  assert.ok(second.generation > first.generation);
  await writeFile(`${path}.decisions.jsonl`, line(decision('e', { action: 'drop', reason: 'by hand' })));
  assert.match(await states(store, path), /e:dropped\(by hand\)/);
  assert.ok(changes.length >= 2);
});

test('what is known of overlaps outlives a reload as long as the statement does', async (t) => {
  const { store, path } = await opened(t, SET, 'set.jsonl', marking({ id: 'b', benchmark: 'B', item: '1' }, { id: 'c', benchmark: 'B', item: '2' }));
  await store.checked(path);
  await writeFile(path, SET.replace('Add two numbers.', 'Add three numbers.'));
  assert.equal(await states(store, path), 'b:contaminated(B 1) a:filtered(proof) c:unchecked d:invalid(no answer) b#2:ok');
});

test('a set that cannot be checked says why, and whoever needs its states is told', async (t) => {
  const check = { ...marking(), check: () => Promise.reject(new Error('n is too small')) };
  const { store, path, folder } = await opened(t, SET, 'set.jsonl', check);
  const failed = new Promise<void>((resolve) => store.onChanged(() => resolve()));
  await store.open({ path });
  await failed;
  const info = await store.open({ path });
  assert.deepEqual([info.check.state, info.byState['unchecked']], ['failed', 3]);
  assert.match(info.check.remarks.join(), /not compared with the benchmarks: n is too small/);
  await assert.rejects(store.export({ path, target: join(folder, 'out.jsonl'), format: 'jsonl' }), /set\.jsonl: n is too small/);
});

test('sets under check are not forgotten, however many are open', async (t) => {
  const held = Promise.withResolvers<undefined>();
  const check: SetCheck = { ...marking(), check: async () => { await held.promise; return { marks: [], remarks: [], testSet: false }; } };
  const { store, folder } = await opened(t, SET, 'set.jsonl', check);
  const paths = Array.from({ length: 30 }, (_, i) => join(folder, `${i}.jsonl`));
  for (const path of paths) {
    await writeFile(path, SET);
    await store.open({ path });
  }
  const checked = new Set<string>();
  const all = new Promise<void>((resolve) => store.onChanged(({ path }) => { if (checked.add(path).size === paths.length) resolve(); }));
  held.resolve(undefined);
  await all;
});

test('search, filters and sorting', async (t) => {
  const { store, path } = await opened(t);
  const ids = async (query: Parameters<ProblemStore['list']>[0]['query']): Promise<string> =>
    (await store.list({ path, query, offset: 0, limit: 100 })).rows.map((row) => row.id).join();
  assert.equal(await ids({ text: 'WHAT 5' }), 'b');
  assert.equal(await ids({ states: ['filtered', 'invalid'] }), 'a,d');
  assert.equal(await ids({ domains: ['code'] }), 'c');
  assert.equal(await ids({ sort: 'difficulty', descending: true }), 'a,b,c,d,b#2');
  assert.equal(await ids({ sort: 'title' }), 'c,b#2,d,a,b');
  assert.equal(await ids({ sort: 'file', descending: true }), 'b#2,d,c,a,b');
  assert.equal(await ids({ sort: 'passRate' }), 'b,a,c,d,b#2');
});

test('bad records are issues with their place, and the rest works', async (t) => {
  const { store, path } = await opened(t, Buffer.concat([
    Buffer.from(line({ id: 'a', problem: 'P', answer: '1', solution: '' })), Buffer.from('{"id": "torn\n'), Buffer.from(line({ problem: 5, answer: '1' })),
    Buffer.from('[1,2]\n"text"\n'), Buffer.from('{"problem":"'), Buffer.from([0xc3, 0x28]), Buffer.from('","answer":"2"}\n'), Buffer.from(line({ problem: 'Q', answer: '3' })),
  ]));
  const info = await store.open({ path });
  assert.equal(info.count, 3);
  assert.deepEqual(info.issues.map(({ line: at, field, severity }) => [at, field, severity]), [[1, null, 'error'], [2, 'problem', 'error'], [3, null, 'error'], [4, null, 'error'], [5, null, 'warning']]);
});

test('a missing file, a folder and an empty file are said so', async (t) => {
  const { store, folder } = await opened(t);
  await assert.rejects(store.open({ path: join(folder, 'none.jsonl') }), /no such file/);
  await assert.rejects(store.open({ path: folder }), /is not a file/);
  await writeFile(join(folder, 'empty.jsonl'), '');
  const info = await store.open({ path: join(folder, 'empty.jsonl') });
  assert.equal(info.count, 0);
  assert.match(info.issues[0]?.message ?? '', /no records/);
});

test('50,000 problems open in seconds, with progress, without holding the event loop', async (t) => {
  const words = ['integer', 'prime', 'triangle', 'sum'];
  const content = Array.from({ length: 50_000 }, (_, i) => line({ problem: `Problem ${String(i)}: find the ${words[i % 4] ?? ''} of $x_${String(i)}^2$ with some more words to make it a statement of the usual length, as sets have them.`, answer: String(i), solution: '' })).join('');
  const { store, path } = await opened(t, content);
  let progress = 0;
  let turns = 0;
  const timer = setInterval(() => { turns += 1; }, 5);
  const info = await store.open({ path }, { progress: () => { progress += 1; } });
  clearInterval(timer);
  assert.equal(info.count, 50_000);
  assert.ok(progress > 5);
  assert.ok(turns > 5, 'timers ran while the set was read');
  assert.equal((await store.list({ path, query: { text: 'triangle x_49998^' }, offset: 0, limit: 10 })).rows[0]?.answer, '49998');
});

test('opening can be cancelled by one of two callers, and by both', async (t) => {
  const { store, path } = await opened(t, line({ problem: 'P', answer: '1' }).repeat(60_000));
  const one = new AbortController();
  const both = [store.open({ path }, { signal: one.signal }), store.open({ path })] as const;
  one.abort();
  await assert.rejects(both[0], { name: 'AbortError' });
  assert.equal((await both[1]).count, 60_000);
  await appendFile(path, '\n');
  const alone = new AbortController();
  const opening = store.open({ path }, { signal: alone.signal, progress: () => alone.abort() });
  await assert.rejects(opening, { name: 'AbortError' });
  assert.equal((await store.open({ path })).count, 60_000, 'the next caller starts anew');
});

test('a set is not kept open by its exports: the source stays as it is', async (t) => {
  const { store, path } = await opened(t);
  const before = await stat(path);
  await store.export({ path, target: `${path}.out.jsonl`, format: 'jsonl' });
  assert.equal((await stat(path)).mtimeMs, before.mtimeMs);
  await assert.rejects(store.export({ path, target: path, format: 'jsonl' }), /is the set itself/);
});

test('listeners hear of changes that nobody asked for', async (t) => {
  const { store, path } = await opened(t);
  await store.open({ path });
  const heard = new Promise<string>((resolve) => store.onChanged((change) => resolve(change.path)));
  await appendFile(path, line({ id: 'e', domain: 'math', problem: 'New.', answer: '1' }));
  assert.equal(await heard, path);
  const again = new Promise<string>((resolve) => store.onChanged((change) => resolve(change.path)));
  await writeFile(`${path}.decisions.jsonl`, line(decision('e', { action: 'drop', reason: 'by hand' })));
  assert.equal(await again, path);
});
