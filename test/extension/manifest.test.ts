// The extension as VS Code sees it: it activates, and what the manifest promises is there.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated } from './workbench.ts';

/** The part of the manifest that is compared. */
interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe('the extension', () => {
  const extension = vscode.extensions.all.find((one) => one.id.endsWith('.rlvr-workbench'));

  it('is installed and activates', async () => {
    assert.ok(extension !== undefined, 'no extension named rlvr-workbench');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('activates without doing any work', async () => {
    const { activationMs } = await activated();
    console.log(`activated in ${activationMs.toFixed(1)} ms`);
    // A few milliseconds on a quiet machine; a server start or a file read on the way would take far longer than this.
    assert.ok(activationMs < 250, `${activationMs} ms`);
  });

  it('registers every command of its manifest', async () => {
    // VS Code has checked the manifest before it loaded the extension.
    const promised = (extension?.packageJSON as Manifest).contributes.commands.map(({ command }) => command);
    assert.ok(promised.length > 0);
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(promised.filter((command) => !registered.has(command)), []);
  });
});
