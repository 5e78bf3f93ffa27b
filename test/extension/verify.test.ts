// Verify Selection inside VS Code, with the real server and verifiers behind it.
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { ListGroups } from '../../server/protocol/methods.ts';
import type { VerifySummary } from '../../server/protocol/rollout.ts';
import { eventually } from '../support/eventually.ts';
import { activated, sample } from './workbench.ts';

async function openLines(path: string, from: number, to: number): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(sample(path)));
  editor.selection = new vscode.Selection(from, 0, to, editor.document.lineAt(to).text.length);
  return editor;
}

const verifySelection = (...args: unknown[]): Thenable<VerifySummary | null | undefined> => vscode.commands.executeCommand('rlvr.verifySelection', ...args);

describe('Verify Selection', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('verifies the selected lines of a math rollouts file', async () => {
    await openLines('rollouts/math-policy.jsonl', 0, 3);
    const summary = await verifySelection();
    assert.equal(summary?.done, 4);
    assert.deepEqual(summary.issues, []);
    assert.equal((summary.byVerdict.correct ?? 0) + (summary.byVerdict.incorrect ?? 0) + (summary.byVerdict.unverifiable ?? 0), 4);
  });

  it('verifies code rollouts in the sandbox', async () => {
    await openLines('rollouts/code-policy.jsonl', 0, 7);
    const summary = await verifySelection();
    assert.equal(summary?.done, 8);
    assert.ok((summary.byVerdict.correct ?? 0) > 0 && (summary.byVerdict.incorrect ?? 0) > 0, JSON.stringify(summary.byVerdict));
    assert.equal(summary.byVerdict.error ?? 0, 0);
  });

  it('verifies unsaved text as it stands in the editor', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'jsonl',
      content: `${JSON.stringify({ id: 'a', prompt: 'What is 1+1?', response: 'So\n</think>\n\\boxed{2}', gold: '2' })}\n${JSON.stringify({ id: 'b', prompt: 'What is 1+1?', response: 'So\n</think>\n\\boxed{3}', gold: '2' })}\n`,
    });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 0, 1, 1);
    const summary = await verifySelection();
    assert.deepEqual([summary?.byVerdict.correct, summary?.byVerdict.incorrect], [1, 1]);
  });

  it('names the line that is torn and verifies the rest', async () => {
    const good = JSON.stringify({ id: 'a', prompt: 'What is 1+1?', response: '</think>\\boxed{2}', gold: '2' });
    const document = await vscode.workspace.openTextDocument({ language: 'jsonl', content: `${good}\n{"id": "torn\n${good}\n` });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 0, 2, 1);
    const summary = await verifySelection();
    assert.equal(summary?.byVerdict.correct, 2);
    assert.equal(summary.issues[0]?.line, 1);
  });

  it('verifies what tree items stand for, math and code together', async () => {
    const { rollouts } = await activated();
    const files = await rollouts.getChildren();
    const groups = [];
    for (const file of files.slice(0, 2)) groups.push((await rollouts.getChildren(file))[0]);
    const summary = await verifySelection(groups[0], groups);
    assert.ok((summary?.done ?? 0) >= 16, JSON.stringify(summary));
  });

  it('is cancelled down to the programs that run', async () => {
    const path = sample('rollouts/endless.jsonl');
    const endless = (n: number): string => JSON.stringify({ id: `endless-${n}`, problem_id: 'code-shelf-brackets', prompt: 'Loop.', response: `So\n</think>\n\`\`\`python\n# program ${n}\nwhile True: pass\n\`\`\`` });
    writeFileSync(path, Array.from({ length: 60 }, (_, n) => `${endless(n)}\n`).join(''));
    try {
      const { services: { connection } } = await activated();
      const verifying = vscode.commands.executeCommand<VerifySummary>('rlvr.verifyAll', vscode.Uri.file(path));
      // The first programs have run into their time limit; all of them would take minutes.
      await eventually(async () => (await connection.request(ListGroups, { path, query: {}, offset: 0, limit: 0 })).totals.judged > 0, 'a first verdict', 40_000);
      await vscode.commands.executeCommand('testing.cancelRun');
      const summary = await verifying;
      assert.ok(summary.cancelled && summary.done > 0 && summary.done < 60, JSON.stringify(summary));
      // The places of the cancelled programs are free again.
      await openLines('rollouts/code-policy.jsonl', 0, 0);
      assert.equal((await verifySelection())?.done, 1);
    } finally {
      rmSync(path);
    }
  });

  it('says so when nothing is selected', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.equal(await verifySelection(), undefined);
  });
});
