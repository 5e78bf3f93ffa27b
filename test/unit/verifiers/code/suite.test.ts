import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestSuite } from '../../../../server/protocol/problem.ts';
import { isSuiteProblem, readySuite } from '../../../../server/verifiers/code/suite.ts';

const bad: readonly (readonly [name: string, suite: TestSuite | null, rule: string, message: RegExp, everyProgramFails: boolean])[] = [
  ['no tests at all', null, 'tests.none', /field tests/, false],
  ['an empty list of tests', { funcName: null, cases: [] }, 'tests.none', /empty list/, false],
  ['an empty function name', { funcName: ' ', cases: [{ input: '1', output: '1' }] }, 'tests.no-function-name', /metadata\.func_name/, false],
  ['expected output that is not JSON', { funcName: 'f', cases: [{ input: '1', output: '1' }, { input: '1', output: 'abc' }] }, 'tests.malformed', /test 2.*field output/, true],
  ['too many tests', { funcName: null, cases: Array.from({ length: 100_001 }, () => ({ input: '', output: '' })) }, 'tests.too-many', /100001 tests/, false],
];
for (const [name, suite, rule, message, everyProgramFails] of bad) {
  test(`names ${name}`, () => {
    const result = readySuite(suite);
    assert.ok(isSuiteProblem(result));
    assert.equal(result.rule, rule);
    assert.match(result.message, message);
    assert.equal(result.everyProgramFails, everyProgramFails);
  });
}

test('ten thousand tests are fine', () => {
  assert.ok(!isSuiteProblem(readySuite({ funcName: 'f', cases: Array.from({ length: 10_000 }, (_, i) => ({ input: '1', output: String(i) })) })));
});
