import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { DecontaminationOptions } from '../../../server/protocol/decontamination.ts';
import { Decontaminator } from '../../../server/curation/decontamination/decontaminator.ts';
import { SetChecks } from '../../../server/curation/decontamination/setChecks.ts';
import { TestSetReader } from '../../../server/curation/decontamination/testSets.ts';
import { ProblemStore } from '../../../server/problems/store.ts';

const STATEMENT = 'A potter fires nine bowls on Monday and eleven vases on Tuesday, of which three crack; how many whole pieces leave the kiln?';

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rlvr-test-sets-'));
  try {
    await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('a test set may be any problem file; it is read again when it changes', () => inFolder(async (folder) => {
  const path = join(folder, 'held.jsonl');
  const reader = new TestSetReader();
  writeFileSync(path, `${JSON.stringify({ problem: STATEMENT })}\n${JSON.stringify({ id: 'x', benchmark: 'Named', text: 'Other words.' })}\n`);
  const first = await reader.read(path);
  assert.deepEqual(first.items.map(({ benchmark, id }) => `${benchmark} ${id}`), ['held 1', 'Named x']);
  assert.equal(await reader.read(path), first);
  writeFileSync(path, `${JSON.stringify({ problem: `${STATEMENT} Explain.` })}\n{torn\n`);
  const second = await reader.read(path);
  assert.equal(second.items.length, 1);
  assert.match(second.unreadable ?? '', /1 record was not read/);
  assert.match((await reader.read(join(folder, 'none.jsonl'))).unreadable ?? '', /no such file/);
}));

const OTHER = 'What is the largest prime number below one hundred that ends in seven?';
const line = (record: object): string => `${JSON.stringify(record)}\n`;

/** A store whose sets are compared with `options.against` alone. */
function checkedStore(options: { against: string[] }): { store: ProblemStore; checks: SetChecks; options: () => DecontaminationOptions } {
  const current = (): DecontaminationOptions => ({ shipped: false, mode: 'balanced', n: null, against: options.against });
  const checks = new SetChecks(new Decontaminator(), current);
  return { store: new ProblemStore({ check: checks }), checks, options: current };
}
const statesOf = async (store: ProblemStore, path: string): Promise<string[]> => (await store.list({ path, query: {}, offset: 0, limit: 99 })).rows.map(({ id, state, labels }) => [id, state, ...labels].join(' '));

/** Resolves once the states of a set are as wanted; every change of them is looked at. */
async function until(store: ProblemStore, path: string, wanted: readonly string[]): Promise<void> {
  for (;;) {
    const changed = new Promise<void>((resolve) => { const end = store.onChanged(() => { end(); resolve(); }); });
    if ((await statesOf(store, path)).join() === wanted.join()) return;
    await changed;
  }
}

test('a set that is opened is checked by itself; until then its problems are unchecked', () => inFolder(async (folder) => {
  const [held, path] = [join(folder, 'held.jsonl'), join(folder, 'set.jsonl')];
  writeFileSync(held, line({ id: 'kiln', problem: STATEMENT, answer: '17' }));
  writeFileSync(path, line({ id: 'o', problem: OTHER, answer: '97' }) + line({ id: 'p', problem: `Warm-up. ${STATEMENT}`, answer: '17' }));
  const { store } = checkedStore({ against: [held] });
  try {
    const info = await store.open({ path });
    assert.deepEqual([info.byState, info.check.state], [{ unchecked: 2 }, 'waiting']);
    await until(store, path, ['o ok', 'p contaminated held kiln']);
    assert.equal((await store.open({ path })).check.state, 'done');
    // A changed statement is looked at again; what did not change stays known meanwhile.
    writeFileSync(path, line({ id: 'o', problem: `${STATEMENT} Explain.`, answer: '97' }) + line({ id: 'p', problem: `Warm-up. ${STATEMENT}`, answer: '17' }));
    // The check may have ended by then: what counts is that the old state is gone.
    const [changed, same] = await statesOf(store, path);
    assert.notEqual(changed, 'o ok');
    assert.equal(same, 'p contaminated held kiln');
    await until(store, path, ['o contaminated held kiln', 'p contaminated held kiln']);
  } finally {
    await store.dispose();
  }
}));

test('other options, and a test set that changes, make a set be checked again', () => inFolder(async (folder) => {
  const [held, path] = [join(folder, 'held.jsonl'), join(folder, 'set.jsonl')];
  writeFileSync(held, line({ id: 'kiln', problem: STATEMENT, answer: '17' }));
  writeFileSync(path, line({ id: 'p', problem: STATEMENT, answer: '17' }) + line({ id: 'o', problem: OTHER, answer: '97' }));
  const settings = { against: [held] };
  const { store } = checkedStore(settings);
  try {
    await until(store, path, ['p contaminated held kiln', 'o ok']);
    writeFileSync(held, line({ id: 'prime', problem: OTHER, answer: '97' }));
    await until(store, path, ['p ok', 'o contaminated held prime']);
    settings.against = [];
    await store.checkAgain();
    assert.notEqual((await statesOf(store, path))[1], 'o contaminated held prime', 'nothing of the old options is shown');
    await until(store, path, ['p ok', 'o ok']);
    assert.match((await store.open({ path })).check.remarks.join(), /nothing to compare with: no benchmark of math/);
  } finally {
    await store.dispose();
  }
}));

test('an export waits for the check, and says what was not compared', () => inFolder(async (folder) => {
  const [held, path, target] = [join(folder, 'held.jsonl'), join(folder, 'set.jsonl'), join(folder, 'out.jsonl')];
  writeFileSync(held, line({ id: 'kiln', problem: STATEMENT, answer: '17' }));
  writeFileSync(path, line({ id: 'p', problem: STATEMENT, answer: '17' }) + line({ id: 'o', problem: OTHER, answer: '97' }));
  const { store } = checkedStore({ against: [held, join(folder, 'gone.jsonl')] });
  try {
    const progress: string[] = [];
    const result = await store.export({ path, target, format: 'jsonl' }, { progress: ({ message }) => { if (message !== undefined) progress.push(message); } });
    assert.deepEqual([result.written, result.removed], [1, 1]);
    assert.match(readFileSync(target, 'utf8'), /"id":"o"/);
    assert.match(result.warnings.join(), /gone\.jsonl: no such file/);
    assert.match(progress.join(), /comparing set\.jsonl with the benchmarks/);
    const cancelled = new AbortController();
    writeFileSync(path, readFileSync(path, 'utf8') + line({ id: 'q', problem: `${OTHER} Why?`, answer: '97' }));
    await assert.rejects(store.export({ path, target, format: 'jsonl' }, { signal: cancelled.signal, progress: () => { cancelled.abort(); } }), { name: 'AbortError' });
  } finally {
    await store.dispose();
  }
}));

test('a test set is not compared with itself, and says what it is', () => inFolder(async (folder) => {
  const [held, other] = [join(folder, 'held.jsonl'), join(folder, 'other.jsonl')];
  writeFileSync(held, line({ id: 'kiln', problem: STATEMENT, answer: '17', source: { dataset: 'rlvr-samples' } }) + line({ id: 'prime', problem: OTHER, answer: '97', source: { dataset: 'rlvr-samples' } }));
  writeFileSync(other, line({ id: 'x', problem: OTHER, answer: '97', source: { dataset: 'rlvr-samples' } }));
  const { store } = checkedStore({ against: [held, other] });
  try {
    await until(store, held, ['kiln ok', 'prime contaminated other x']);
    assert.match((await store.open({ path: held })).check.remarks.join(), /one of your test sets/);
  } finally {
    await store.dispose();
  }
}));

test('a report gives ranges in the file and heeds decisions', () => inFolder(async (folder) => {
  const held = join(folder, 'held.jsonl');
  const path = join(folder, 'set.jsonl');
  writeFileSync(held, line({ id: 'kiln', problem: STATEMENT, answer: '17' }));
  const text = JSON.stringify({ id: 'p', problem: `Warm-up "one".\n${STATEMENT}`, answer: '17' });
  writeFileSync(path, `${line({ id: 'o', problem: OTHER, answer: '97' })}${text}\n`);
  const { store, checks, options } = checkedStore({ against: [held] });
  const report = async () => checks.report(await store.set(path), options(), {});
  try {
    const [found] = (await report()).contaminations;
    assert.equal(found?.id, 'p');
    assert.equal(found.range?.startLine, 1);
    assert.equal(text.slice(found.range.startColumn, found.range.endColumn), STATEMENT.slice(0, -1));
    await until(store, path, ['o ok', 'p contaminated held kiln']);
    await store.decide({ path, changes: [{ id: 'p', decision: { id: 'p', action: 'keep', ignore: ['held kiln'], reason: 'our own', at: new Date(0).toISOString() } }] });
    assert.equal((await report()).contaminations[0]?.ignored, 'our own');
    assert.deepEqual(await statesOf(store, path), ['o ok', 'p ok']);
    await store.decide({ path, changes: [{ id: 'p', decision: { id: 'p', action: 'drop', at: new Date(0).toISOString() } }] });
    assert.equal((await report()).contaminations[0]?.ignored, 'dropped');
  } finally {
    await store.dispose();
  }
}));
