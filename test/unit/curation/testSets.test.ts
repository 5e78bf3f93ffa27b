import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkSet } from '../../../server/curation/decontamination/checkSet.ts';
import { Decontaminator } from '../../../server/curation/decontamination/decontaminator.ts';
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

test('checking a set marks its problems, gives ranges in the file and heeds decisions', () => inFolder(async (folder) => {
  const held = join(folder, 'held.jsonl');
  const path = join(folder, 'set.jsonl');
  writeFileSync(held, `${JSON.stringify({ id: 'kiln', problem: STATEMENT, answer: '17' })}\n`);
  const line = JSON.stringify({ id: 'p', problem: `Warm-up "one".\n${STATEMENT}`, answer: '17' });
  writeFileSync(path, `${JSON.stringify({ id: 'o', problem: 'What is the largest prime below one hundred?', answer: '97' })}\n${line}\n`);
  const store = new ProblemStore();
  const check = () => checkSet(store, new Decontaminator(), { path, against: [held], shipped: false, mode: 'balanced', n: null }, { signal: new AbortController().signal, progress: () => undefined });
  try {
    const report = await check();
    const [found] = report.contaminations;
    assert.equal(found?.id, 'p');
    assert.equal(found.range?.startLine, 1);
    assert.equal(line.slice(found.range.startColumn, found.range.endColumn), STATEMENT.slice(0, -1));
    const states = async (): Promise<string[]> => (await store.list({ path, query: {}, offset: 0, limit: 9 })).rows.map(({ id, state }) => `${id} ${state}`);
    assert.deepEqual(await states(), ['o ok', 'p contaminated']);
    await store.decide({ path, changes: [{ id: 'p', decision: { id: 'p', action: 'keep', ignore: ['held kiln'], reason: 'our own', at: new Date(0).toISOString() } }] });
    assert.equal((await check()).contaminations[0]?.ignored, 'our own');
    assert.deepEqual(await states(), ['o ok', 'p ok']);
    await store.decide({ path, changes: [{ id: 'p', decision: { id: 'p', action: 'drop', at: new Date(0).toISOString() } }] });
    assert.equal((await check()).contaminations[0]?.ignored, 'dropped');
  } finally {
    await store.dispose();
  }
}));
