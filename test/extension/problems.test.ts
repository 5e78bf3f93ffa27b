// The Problems view on the sample workspace: what it lists, and decisions that are stored beside the set.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { ProblemNode, ProblemsNode, SetNode } from '../../src/problems/problemNodes.ts';
import { eventually } from '../support/eventually.ts';
import { activated, sample } from './workbench.ts';

async function setNamed(end: string): Promise<SetNode> {
  const { problems } = await activated();
  const found = (await problems.getChildren()).find((node) => node.kind === 'set' && node.file.path.endsWith(end));
  assert.ok(found?.kind === 'set', `no set ${end}`);
  return found;
}

async function problemsOf(set: SetNode): Promise<ProblemNode[]> {
  const { problems } = await activated();
  return (await problems.getChildren(set)).filter((node: ProblemsNode): node is ProblemNode => node.kind === 'problem');
}

describe('Problems view', () => {
  const decisions = (): string => sample('problems/math.jsonl.decisions.jsonl');

  afterEach(async () => {
    const { problems } = await activated();
    problems.setQuery({});
    if (existsSync(decisions())) rmSync(decisions());
  });

  it('lists the sets of the workspace by their content', async () => {
    const { problems } = await activated();
    const names = (await problems.getChildren()).map((node) => (node.kind === 'set' ? node.file.schema : ''));
    assert.ok(names.length >= 4 && names.includes('verl'), names.join());
  });

  it('shows state, answer and labels of a problem', async () => {
    const rows = await problemsOf(await setNamed('math.jsonl'));
    assert.ok(rows.length >= 60);
    const filtered = rows.filter(({ row }) => row.state === 'filtered');
    assert.ok(filtered.length >= 3);
    assert.ok(filtered.every(({ row }) => row.labels.length > 0));
  });

  it('filters by state and text', async () => {
    const { problems } = await activated();
    const set = await setNamed('math.jsonl');
    const all = (await problemsOf(set)).length;
    problems.setQuery({ states: ['filtered'] });
    const some = await problemsOf(set);
    assert.ok(some.length > 0 && some.length < all);
    problems.setQuery({ text: 'no such words in any statement' });
    assert.equal((await problemsOf(set)).length, 0);
  });

  it('keeps and restores by a decision beside the set, never in it', async () => {
    const set = await setNamed('math.jsonl');
    const source = readFileSync(set.file.path, 'utf8');
    const [filtered] = (await problemsOf(set)).filter(({ row }) => row.state === 'filtered');
    assert.ok(filtered);
    await vscode.commands.executeCommand('rlvr.keepProblem', filtered, [filtered]);
    const line = readFileSync(decisions(), 'utf8').trim();
    assert.match(line, /"action":"keep"/);
    assert.equal((await problemsOf(set)).find(({ row }) => row.id === filtered.row.id)?.row.state, 'ok');
    await vscode.commands.executeCommand('rlvr.restoreProblem', filtered, [filtered]);
    assert.equal((await problemsOf(set)).find(({ row }) => row.id === filtered.row.id)?.row.state, 'filtered');
    assert.equal(readFileSync(set.file.path, 'utf8'), source);
  });

  it('takes up a decision that was written by hand', async () => {
    const set = await setNamed('math.jsonl');
    const [first] = await problemsOf(set);
    assert.ok(first);
    writeFileSync(decisions(), `${JSON.stringify({ id: first.row.id, action: 'drop', reason: 'by hand', at: '2026-01-01T00:00:00Z' })}\n`);
    const row = await eventually(async () => (await problemsOf(set)).find((node) => node.row.id === first.row.id && node.row.state === 'dropped'), 'the drop is seen');
    assert.deepEqual(row.row.labels, ['by hand']);
  });

  it('goes to the line of a problem', async () => {
    const [, , third] = await problemsOf(await setNamed('math.jsonl'));
    assert.ok(third);
    await vscode.commands.executeCommand('rlvr.goToProblemLine', third, [third]);
    assert.equal(vscode.window.activeTextEditor?.selection.start.line, third.row.line);
  });
});
