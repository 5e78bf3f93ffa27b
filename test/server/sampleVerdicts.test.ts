import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeSeeds } from '../../scripts/samples/code/all.ts';
import type { CodeSeed } from '../../scripts/samples/seeds.ts';
import type { TestSuite } from '../../server/protocol/problem.ts';
import { createCodeVerifier } from '../../server/verifiers/code/codeVerifier.ts';

const suiteOf = (seed: CodeSeed): TestSuite => ({
  funcName: seed.funcName, cases: seed.cases.map(([input, output]) => ({ input, output })), timeLimitSeconds: seed.timeLimitSeconds ?? 6,
});

test('every sample solution passes its tests and every wrong program fails in the way it should', async (t) => {
  const verifier = createCodeVerifier({ slots: 2 });
  t.after(() => verifier.dispose());
  const { problem } = await verifier.status();
  if (problem !== null) {
    t.skip(`skipped: ${problem}`);
    return;
  }
  const failureOf = async (seed: CodeSeed, code: string): Promise<string> => {
    const outcome = await verifier.verifyProgram(suiteOf(seed), code);
    return outcome.kind === 'graded' ? (outcome.grade.failed?.kind ?? 'passed') : outcome.kind;
  };
  await Promise.all(codeSeeds.map(async (seed) => {
    for (const code of [seed.solution, ...(seed.variants ?? [])]) assert.equal(await failureOf(seed, code), 'passed', seed.id);
    // Programs that run into the time limit are left out: they would cost the limit each.
    for (const wrong of seed.wrong.filter(({ kind }) => kind !== 'time')) assert.equal(await failureOf(seed, wrong.code), wrong.kind, `${seed.id}: ${wrong.steps[0] ?? ''}`);
  }));
});
