// What a user's own data does to the views: each bad file says what and where, and the rest still works.
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { VerifySummary } from '../../server/protocol/rollout.ts';
import { itemOf } from '../../src/problems/problemItems.ts';
import type { ProblemNode, ProblemsNode, SetNode } from '../../src/problems/problemNodes.ts';
import { itemOf as rolloutItemOf } from '../../src/rollouts/rolloutItems.ts';
import { eventually } from '../support/eventually.ts';
import { activated, sample } from './workbench.ts';

const problem = (id: string, more: object = {}): string => JSON.stringify({ id, domain: 'math', problem: `What is ${id}?`, answer: '2', ...more });
const rollout = (id: string, more: object = {}): string => JSON.stringify({ id, prompt: 'What is 1+1?', response: 'Two.\n</think>\n\\boxed{2}', gold: '2', ...more });

/** Writes a file of the folder that every test has for itself, and returns its path. */
function write(name: string, content: string | Uint8Array): string {
  const path = sample(`bad/${name}`);
  writeFileSync(path, content);
  return path;
}

/** The set's node in the view, as soon as the view has found the file and read it. */
async function setOf(path: string): Promise<SetNode> {
  const { problems } = await activated();
  return eventually(async () => {
    const found = (await problems.getChildren()).find((node) => node.kind === 'set' && node.file.path === path);
    return found?.kind === 'set' && (found.info !== null || found.error !== null) && found;
  }, `${path} in the Problems view`, 50_000);
}

async function rowsOf(set: SetNode): Promise<ProblemNode[]> {
  const { problems } = await activated();
  return (await problems.getChildren(set)).filter((node: ProblemsNode): node is ProblemNode => node.kind === 'problem');
}

async function verifyFile(path: string): Promise<VerifySummary> {
  const summary = await vscode.commands.executeCommand<VerifySummary | undefined>('rlvr.verifyAll', vscode.Uri.file(path));
  assert.ok(summary, 'the verification ended with an error');
  return summary;
}

describe('bad input', () => {
  beforeEach(() => mkdirSync(sample('bad'), { recursive: true }));
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(sample('bad'), { recursive: true, force: true });
  });

  it('a torn line of a problem set is named by its number and the other problems are there', async () => {
    const set = await setOf(write('torn.jsonl', `${problem('1+1')}\n{"id": "half", "probl\n${problem('3-1')}\n`));
    assert.deepEqual((await rowsOf(set)).map(({ row }) => row.id), ['1+1', '3-1']);
    assert.deepEqual(set.info?.issues.map(({ line }) => line), [1]);
    assert.match(String(itemOf(set).description), /1 issue/);
  });

  it('a file that is not UTF-8 says where and keeps its readable records', async () => {
    const latin1 = Buffer.from(`${JSON.stringify({ id: 'b', domain: 'math', problem: 'Café?', answer: '2' })}\n`, 'latin1');
    const set = await setOf(write('latin1.jsonl', Buffer.concat([Buffer.from(`${problem('a')}\n`), latin1, Buffer.from(`${problem('c')}\n`)])));
    assert.ok((await rowsOf(set)).some(({ row }) => row.id === 'c'));
    assert.deepEqual(set.info?.issues.map(({ line }) => line), [1]);
    assert.match(set.info.issues[0]?.message ?? '', /UTF-8/);
  });

  it('a set of which nothing can be read is listed with the reason, and as a set once it is put right', async () => {
    const path = write('wide.jsonl', Buffer.from(`\ufeff${problem('a')}\n`, 'utf16le'));
    const set = await setOf(path);
    assert.match(set.error ?? '', /UTF-16; save it as UTF-8/);
    assert.equal(itemOf(set).description, set.error);
    write('wide.jsonl', `${problem('a')}\n`);
    await eventually(async () => (await setOf(path)).info?.count === 1, 'the set is read', 50_000);
  });

  it('records of the wrong shape are named with their field', async () => {
    const set = await setOf(write('shape.jsonl', `${problem('a')}\n${problem('b', { problem: 17 })}\n[1, 2]\n${problem('d')}\n`));
    assert.deepEqual((await rowsOf(set)).map(({ row }) => row.id), ['a', 'd']);
    assert.deepEqual(set.info?.issues.map(({ line }) => line), [1, 2]);
    assert.match(set.info.issues[0]?.message ?? '', /problem/);
  });

  it('a problem without an answer is invalid, not lost', async () => {
    const [, row] = await rowsOf(await setOf(write('gold.jsonl', `${problem('a')}\n${problem('b', { answer: '' })}\n`)));
    assert.equal(row?.row.state, 'invalid');
    assert.match(row.row.labels.join(), /answer/);
  });

  it('a line of 30 MB does not keep the others from being listed', async () => {
    const set = await setOf(write('long.jsonl', `${problem('a')}\n${problem('b', { problem: 'x'.repeat(30 * 1024 * 1024) })}\n${problem('c')}\n`));
    const ids = (await rowsOf(set)).map(({ row }) => row.id);
    assert.ok(ids.includes('a') && ids.includes('c'), ids.join());
  });

  it('a set that changes on disk while it is open is shown as it is now', async () => {
    const path = write('growing.jsonl', `${problem('a')}\n${problem('b')}\n`);
    const set = await setOf(path);
    assert.equal(set.info?.count, 2);
    appendFileSync(path, `${problem('c')}\n`);
    await eventually(() => set.info?.count === 3, 'the view counts three problems');
    assert.equal((await rowsOf(set)).length, 3);
  });

  it('a set that vanishes leaves the view', async () => {
    const path = write('vanishing.jsonl', `${problem('a')}\n`);
    await setOf(path);
    rmSync(path);
    const { problems } = await activated();
    await eventually(async () => !(await problems.getChildren()).some((node) => node.kind === 'set' && node.file.path === path), 'the set is gone');
  });

  it('a rollout without its problem says so and the others are verified', async () => {
    const summary = await verifyFile(write('orphan.jsonl', `${rollout('a')}\n${rollout('b', { gold: undefined, problem_id: 'nowhere' })}\n${rollout('c')}\n`));
    assert.equal(summary.byVerdict.correct, 2, JSON.stringify(summary));
    assert.equal(summary.done, 3);
    assert.ok((summary.byVerdict.unverifiable ?? 0) + (summary.byVerdict.error ?? 0) === 1, JSON.stringify(summary.byVerdict));
    assert.match(summary.issues.map(({ message }) => message).join(), /nowhere/);
  });

  it('a torn rollout is named by its line and the others are verified', async () => {
    const summary = await verifyFile(write('torn-rollouts.jsonl', `${rollout('a')}\n{"id": "torn\n${rollout('c')}\n`));
    assert.equal(summary.byVerdict.correct, 2);
    assert.deepEqual(summary.issues.map(({ line }) => line), [1]);
  });

  it('one rollout is one rollout, in one group', async () => {
    const path = write('single.jsonl', `${rollout('a')}\n`);
    const { rollouts } = await activated();
    const file = await eventually(async () => {
      const found = (await rollouts.getChildren()).find((node) => node.kind === 'file' && node.file.path === path);
      return found?.kind === 'file' && found.info !== null && found;
    }, `${path} in the Rollouts view`, 50_000);
    assert.match(String(rolloutItemOf(file).description), /^1 rollout · 1 group\b/);
  });

  it('a response of 30 MB is verified like any other', async () => {
    const summary = await verifyFile(write('long-rollout.jsonl', `${rollout('a')}\n${rollout('b', { response: `${'so '.repeat(10 * 1024 * 1024)}</think>\\boxed{2}` })}\n`));
    assert.equal(summary.done, 2);
    assert.equal(summary.byVerdict.correct, 2, JSON.stringify(summary.issues));
  });
});

describe('a set of 50,000 problems', () => {
  const path = (): string => sample('large/problems.jsonl');
  before(() => {
    mkdirSync(sample('large'), { recursive: true });
    writeFileSync(path(), Array.from({ length: 50_000 }, (_, n) => `${problem(`p${n}`, { problem: `What is ${n} + 1?`, answer: String(n + 1) })}\n`).join(''));
  });
  after(() => rmSync(sample('large'), { recursive: true, force: true }));

  it('opens as pages of a thousand, so that the tree is never sent all at once', async () => {
    const { problems } = await activated();
    const set = await setOf(path());
    assert.equal(set.info?.count, 50_000);
    const pages = await problems.getChildren(set);
    assert.equal(pages.length, 50);
    const [first] = pages;
    assert.equal((await problems.getChildren(first)).length, 1000);
  });

  it('is searched as a whole', async () => {
    const { problems } = await activated();
    const set = await setOf(path());
    try {
      problems.setQuery({ text: 'p49999' });
      assert.deepEqual((await rowsOf(set)).map(({ row }) => row.id), ['p49999']);
    } finally {
      problems.setQuery({});
    }
  });
});
