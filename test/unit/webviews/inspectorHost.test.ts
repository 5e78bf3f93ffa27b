import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as vscode from 'vscode';
import type { Services } from '../../../src/services.ts';
import { PAGE_VERSION } from '../../../webview/ui/messages.ts';
import '../../support/fakeVscode.ts';

const { InspectorEditors } = await import('../../../src/webviews/inspector.ts');
const api = await import('vscode');

test('a rollout is shown also in a tab that was hidden and loads anew', async () => {
  const viewState = new api.EventEmitter<unknown>();
  const messages = new api.EventEmitter<unknown>();
  const revealed: unknown[] = [];
  const nothing = (): { dispose(): void } => ({ dispose: () => undefined });
  const panel = {
    visible: true, active: true, onDidChangeViewState: viewState.event, onDidDispose: nothing,
    webview: {
      options: {}, html: '', cspSource: '', asWebviewUri: (uri: unknown) => uri, onDidReceiveMessage: messages.event,
      postMessage: ({ event }: { event?: { type: string; ref?: number } }) => { if (event?.type === 'reveal') revealed.push(event.ref); },
    },
  };
  const services = {
    context: { extensionUri: api.Uri.file('/extension') }, log: { warn: assert.ifError, error: assert.ifError },
    connection: { state: { kind: 'idle' }, onNotification: nothing, onDidChangeState: nothing, onDidConnect: nothing, request: () => new Promise(() => undefined) },
  };
  const pageLoads = (): void => messages.fire({ type: 'ready', version: PAGE_VERSION });
  // Safe: the parts that the inspector's host uses.
  const editors = new InspectorEditors(services as unknown as Services);
  editors.resolveCustomEditor({ uri: api.Uri.file('/w/a.jsonl'), dispose: () => undefined }, panel as unknown as vscode.WebviewPanel);
  pageLoads();
  await editors.show('/w/a.jsonl', 3);
  assert.deepEqual(revealed, [3]);
  panel.visible = false;
  viewState.fire(undefined);
  await editors.show('/w/a.jsonl', 7);
  assert.deepEqual(revealed, [3]);
  pageLoads();
  assert.deepEqual(revealed, [3, 7]);
});
