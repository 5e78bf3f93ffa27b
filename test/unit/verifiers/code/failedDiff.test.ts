import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Verdict } from '../../../../server/protocol/verdict.ts';
import { expectedAndActual } from '../../../../src/verifiers/verdictText.ts';

test('the diff of a failed test shows no difference where a test sees none: white space at the end', () => {
  const failed = { index: 1, passed: false, kind: 'wrong' as const, cpuSeconds: 0, input: '1\n', expected: 'a\n3\n', actual: 'a\n4' };
  const verdict: Verdict = {
    verdict: 'incorrect', reward: 0, verifier: 'code', extracted: null, reason: '', rule: 'tests.wrong', warnings: [], durationMs: 1,
    code: { testsPassed: 1, nTests: 2, tests: [failed], failed, cpuSeconds: 0, memoryPeakMb: 1, nearLimit: false, sandbox: 'namespaces', interpreter: '' },
  };
  const input = '\n\n--- input of test 2 ---\n1\n';
  assert.deepEqual(expectedAndActual(verdict, null), { expected: `a\n3${input}`, actual: `a\n4${input}` });
});
