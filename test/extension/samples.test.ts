// "Open Sample Workspace…": the samples come with the packaged extension, and a copy of them is the user's.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { copySamples } from '../../src/workspace/samples.ts';
import { activated } from './workbench.ts';

describe('Samples', () => {
  const parent = mkdtempSync(join(tmpdir(), 'rlvr-samples-'));
  after(() => { rmSync(parent, { recursive: true, force: true }); });

  it('are copied as they are, each time into a new folder', async () => {
    const { context } = (await activated()).services;
    const [first, second] = [await copySamples(context.extensionUri, vscode.Uri.file(parent)), await copySamples(context.extensionUri, vscode.Uri.file(parent))];
    assert.deepEqual([first, second].map((folder) => basename(folder.fsPath)), ['rlvr-samples', 'rlvr-samples-2']);
    const packaged = join(context.extensionUri.fsPath, 'samples', 'workspace');
    for (const file of ['README.md', 'problems/math.jsonl', 'problems/more/verl-like.parquet', 'rollouts/verl-dump/120.jsonl', 'rlvr/verifiers/length-aware.js']) {
      assert.deepEqual(readFileSync(join(second.fsPath, file)), readFileSync(join(packaged, file)), file);
    }
    assert.ok(!existsSync(join(first.fsPath, 'runs')));
  });
});
