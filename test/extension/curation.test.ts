// Decontamination in the editor: the planted sample is marked on save, quick fixes store decisions, own test sets count.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { DecideProblems, ListProblems, OpenProblems } from '../../server/protocol/methods.ts';
import { mayHoldProblems } from '../../src/curation/problemDocuments.ts';
import { eventually } from '../support/eventually.ts';
import { activated, sample } from './workbench.ts';

const PLANTED = 'problems/math.jsonl';
const decisions = (): string => `${sample(PLANTED)}.decisions.jsonl`;

const marks = (path: string): vscode.Diagnostic[] => vscode.languages.getDiagnostics(vscode.Uri.file(sample(path))).filter((one) => one.source === 'RLVR');

/** Adds a blank to the end of the file and saves, as somebody who edits does. */
async function saveAgain(path: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(sample(path)));
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, '\n');
  assert.ok(await vscode.workspace.applyEdit(edit));
  assert.ok(await document.save());
  return document;
}

async function quickFixes(document: vscode.TextDocument, diagnostic: vscode.Diagnostic): Promise<vscode.CodeAction[]> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, diagnostic.range, vscode.CodeActionKind.QuickFix.value);
  return actions.filter(({ command }) => command?.command.startsWith('rlvr.'));
}

async function run(action: vscode.CodeAction | undefined): Promise<void> {
  assert.ok(action?.command);
  const args: unknown[] = action.command.arguments ?? [];
  await vscode.commands.executeCommand(action.command.command, ...args);
}

describe('Decontamination', () => {
  const added = 'problems/added.jsonl';

  afterEach(async () => {
    await vscode.workspace.getConfiguration('rlvr').update('decontamination.testSets', undefined, vscode.ConfigurationTarget.Workspace);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const file of [decisions(), sample(added), sample('held-out.jsonl')]) if (existsSync(file)) rmSync(file);
  });

  it('marks the planted problem on save, on its shared words', async () => {
    const document = await saveAgain(PLANTED);
    const [mark] = await eventually(() => marks(PLANTED).length > 0 && marks(PLANTED), 'the planted problem is marked');
    assert.ok(mark);
    assert.match(mark.message, /GSM8K/);
    assert.match(document.lineAt(mark.range.start.line).text, /planted/);
    const text = document.getText(mark.range);
    assert.ok(text.length > 60 && text.length < document.lineAt(mark.range.start.line).text.length, text);
  });

  it('drops the problem by a quick fix, beside the set', async () => {
    const document = await saveAgain(PLANTED);
    const [mark] = await eventually(() => marks(PLANTED).length > 0 && marks(PLANTED), 'the planted problem is marked');
    assert.ok(mark);
    const actions = await quickFixes(document, mark);
    assert.equal(actions.length, 2);
    await run(actions.find(({ title }) => title.startsWith('Drop')));
    await eventually(() => marks(PLANTED).length === 0, 'a dropped problem is not marked');
    assert.match(readFileSync(decisions(), 'utf8'), /"drop".*GSM8K/);
  });

  it('marks a set that is opened, and takes the mark away when a view drops the problem', async () => {
    const { connection } = (await activated()).services;
    await connection.request(OpenProblems, { path: sample(PLANTED) });
    await vscode.window.showTextDocument(vscode.Uri.file(sample(PLANTED)));
    await eventually(() => marks(PLANTED).length > 0, 'the planted problem is marked without a save');
    const { rows } = await connection.request(ListProblems, { path: sample(PLANTED), query: { states: ['contaminated'] }, offset: 0, limit: 1 });
    const id = rows[0]?.id ?? '';
    await connection.request(DecideProblems, { path: sample(PLANTED), changes: [{ id, decision: { id, action: 'drop', at: new Date().toISOString() } }] });
    await eventually(() => marks(PLANTED).length === 0, 'a problem that the view has as dropped is not marked');
    await connection.request(DecideProblems, { path: sample(PLANTED), changes: [{ id, decision: null }] });
    await eventually(() => marks(PLANTED).length > 0, 'a restored one is marked again');
  });

  it('compares with the test sets of the settings', async () => {
    const statement = 'A baker glazes seventeen buns in the morning and twice as many in the evening, then eats four. How many glazed buns are left at night?';
    writeFileSync(sample('held-out.jsonl'), `${JSON.stringify({ id: 'buns', problem: statement, answer: '47' })}\n`);
    await vscode.workspace.getConfiguration('rlvr').update('decontamination.testSets', ['held-out.jsonl'], vscode.ConfigurationTarget.Workspace);
    writeFileSync(sample(added), `${JSON.stringify({ id: 'one', problem: `Warm-up. ${statement}`, answer: '47' })}\n`);
    const found = await eventually(async () => {
      await vscode.commands.executeCommand('rlvr.refreshProblems');
      await saveAgain(added);
      return marks(added).length > 0 && marks(added);
    }, 'the added problem is marked');
    assert.match(found[0]?.message ?? '', /held-out buns/);
  });

  it('checks the whole workspace', async () => {
    // A set that no editor has open.
    writeFileSync(sample(added), readFileSync(sample(PLANTED)));
    const { files } = (await activated()).services;
    await eventually(async () => (await files.problemPaths()).includes(sample(added)), 'the new set is found');
    // The summary stays open until somebody answers it.
    void vscode.commands.executeCommand('rlvr.checkContamination');
    await eventually(() => marks(added).length > 0, 'the workspace check marks the planted problem');
  });

  it('asks the server about saved files that may hold problems, and about no other JSON', async () => {
    const folder = mkdtempSync(sample('saved-'));
    const mayHold = async (path: string, content: string): Promise<boolean> => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      return mayHoldProblems(await vscode.workspace.openTextDocument(path));
    };
    try {
      assert.equal(await mayHold(join(folder, 'set.jsonl'), '{}'), true);
      assert.equal(await mayHold(join(folder, 'list.json'), ' [[{"from": "human"}]]'), true);
      assert.equal(await mayHold(join(folder, 'one.json'), '{"problem": "1+1", "solution": "2"}'), true);
      assert.equal(await mayHold(join(folder, 'tsconfig.json'), '{"compilerOptions": {}}'), false);
      assert.equal(await mayHold(join(folder, '.vscode/tasks.json'), '[{"problem": 1}]'), false);
      assert.equal(await mayHold(join(mkdtempSync(join(tmpdir(), 'rlvr-outside-')), 'set.jsonl'), '{}'), false);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
