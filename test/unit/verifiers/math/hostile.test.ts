import { test } from 'node:test';
import assert from 'node:assert/strict';
import { judgePair } from '../../../../server/verifiers/math/judge.ts';
import { createMathVerifier } from '../../../../server/verifiers/math/verifier.ts';
import { bundleIsolate } from '../support/isolateBundle.ts';
import { HOSTILE } from './hostile.ts';

const judge = (gold: string, answer: string) => judgePair({ gold, answer, joined: [], statement: null });

/** CPU milliseconds of the quickest of a few runs: other programs on the machine do not count. */
function cpuMs(work: () => void): number {
  let best = Infinity;
  for (let run = 0; run < 8 && best > 20; run++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

/** The goal for any pair. Processor time of the quickest run: another program on the machine is not the verifier's fault. */
const LIMIT_MS = 50;

for (const [name, gold, answer] of HOSTILE) {
  test(`hostile: ${name}`, () => {
    for (const [g, a] of [[gold, answer], [answer, gold]] as const) {
      const ms = cpuMs(() => void judge(g, a));
      assert.ok(ms < LIMIT_MS, `${ms} ms`);
    }
  });
}

test('nothing hostile equals a plain gold', () => {
  for (const [name, , answer] of HOSTILE.filter(([, gold]) => gold === '1')) {
    if (['regex9', 'hugeexp2', 'eqchain'].includes(name)) continue; // These are 1.
    assert.notEqual(judge('1', answer).verdict, 'correct', name);
  }
});

test('all of it fits into an isolate of 64 MB', async () => {
  const verifier = createMathVerifier({ code: await bundleIsolate('server/verifiers/math/math.isolate.ts'), workers: 2, memoryMb: 64, timeoutMs: 10_000 });
  const verdicts = await Promise.all(HOSTILE.map(([, gold, answer]) => verifier.verifyPair(gold, answer)));
  await verifier.dispose();
  for (const [index, verdict] of verdicts.entries()) {
    assert.ok(!['limit.memory', 'limit.time'].includes(verdict.rule) && verdict.verdict !== 'error', `${HOSTILE[index]?.[0] ?? ''}: ${verdict.rule} ${verdict.reason}`);
  }
});

test('names of the language and of libraries are letters like any others', () => {
  for (const name of ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'import', 'evaluate', 'createUnit', 'parse', 'simplify', 'process']) {
    assert.notEqual(judge('5', name).verdict, 'correct', name);
    assert.notEqual(judge(name, '5').verdict, 'correct', name);
    assert.notEqual(judge('5', `${name}(5)`).verdict, 'correct', name);
    assert.notEqual(judge('5', `\\${name}{5}`).verdict, 'correct', name);
  }
});
