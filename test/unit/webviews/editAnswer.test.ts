import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DataFile } from '../../../src/workspace/dataFiles.ts';
import type { ProblemsView } from '../../../src/problems/problemsView.ts';
import type { Services } from '../../../src/services.ts';
import type { ProblemRow } from '../../../server/protocol/problem.ts';
import '../../support/fakeVscode.ts';

const { registerProblemCommands } = await import('../../../src/problems/problemCommands.ts');
const { ProblemNode, SetNode } = await import('../../../src/problems/problemNodes.ts');
const api = await import('vscode');

test('the answer that is offered to be edited is the whole one, however a list shortens it', async () => {
  const answer = 'a'.repeat(600);
  const commands = new Map<string, (node: unknown) => Promise<unknown>>();
  const offered: unknown[] = [];
  const stored: unknown[] = [];
  Object.assign(api.commands, { registerCommand: (id: string, run: (node: unknown) => Promise<unknown>) => { commands.set(id, run); } });
  Object.assign(api.window, { showInputBox: ({ value }: { value: string }) => { offered.push(value); return Promise.resolve(`${value}b`); } });
  const request = (spec: { method: string }, params: { changes: { decision: { answer: string } }[] }): Promise<unknown> => {
    if (spec.method === 'problems/decide') stored.push(params.changes[0]?.decision.answer);
    return Promise.resolve({ problem: { answer } });
  };
  // Safe: the parts that the command uses.
  const services = { connection: { request }, log: { error: assert.ifError } } as unknown as Services;
  registerProblemCommands(services, {} as ProblemsView);
  const row = { id: 'p', domain: 'math', answer: `${answer.slice(0, 500)}…` } as ProblemRow;
  await commands.get('rlvr.editAnswer')?.(new ProblemNode(new SetNode({ path: '/w/a.jsonl' } as DataFile), row, services));
  assert.deepEqual([offered, stored], [[answer], [`${answer}b`]]);
});
