import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as vscode from 'vscode';
import type { Target } from '../../../src/server/connection.ts';
import '../../support/fakeVscode.ts';

const { ServerConnection } = await import('../../../src/server/connection.ts');

/** A server that is looked for until the test says that there is none. */
function missing(label: string): { readonly source: { label: string; local: boolean; resolve: () => Promise<Target> }; lookedFor: number; readonly giveUp: () => void } {
  const { promise, reject } = Promise.withResolvers<Target>();
  const server = {
    source: { label, local: false, resolve: () => { server.lookedFor += 1; return promise; } },
    lookedFor: 0,
    giveUp: () => { reject(new Error(`no ${label}`)); },
  };
  return server;
}

test('the end of an attempt that was given up leaves the next one alone: there is one connection', async () => {
  const [former, next] = [missing('former'), missing('next')];
  // Safe: nothing is logged here.
  const connection = new ServerConnection(former.source, {} as vscode.LogOutputChannel, 'test');
  const first = connection.ensure();
  connection.use(next.source);
  const second = connection.ensure();
  former.giveUp();
  await assert.rejects(first, /no former/);
  const third = connection.ensure();
  next.giveUp();
  await Promise.all([assert.rejects(second, /no next/), assert.rejects(third, /no next/)]);
  assert.equal(next.lookedFor, 1);
});
