import type { TestSuite } from '../../protocol/problem.ts';
import { MAX_SUITE_CHARS, MAX_TESTS } from './limits.ts';
import { parsePyJsonWithDigits, PyJsonError, type PyJson } from './comparison/pythonJson.ts';

/** What is wrong with a problem's tests, in words that name the field. */
export interface SuiteProblem {
  readonly rule: string;
  readonly message: string;
  /** The checker fails every program on such a problem; without it, it cannot be judged at all. */
  readonly everyProgramFails: boolean;
}

/** A suite that can be run. For call-based problems the expected values are read already. */
export interface ReadySuite {
  readonly suite: TestSuite;
  readonly expected: readonly PyJson[] | null;
  /** Digits of the longest integer in them. */
  readonly integerDigits: number;
  /** Longest expected output, in UTF-16 units. */
  readonly longestOutput: number;
}

const known = new WeakMap<TestSuite, ReadySuite | SuiteProblem>();

/** Checks a problem's tests and reads the expected values. Remembered as long as the suite object lives: groups repeat it. */
export function readySuite(suite: TestSuite | null): ReadySuite | SuiteProblem {
  if (suite === null) return { rule: 'tests.none', message: 'The problem has no tests (field tests).', everyProgramFails: false };
  const before = known.get(suite);
  if (before !== undefined) return before;
  const result = check(suite);
  known.set(suite, result);
  return result;
}

export const isSuiteProblem = (result: ReadySuite | SuiteProblem): result is SuiteProblem => 'rule' in result;

function check(suite: TestSuite): ReadySuite | SuiteProblem {
  const cannot = (rule: string, message: string): SuiteProblem => ({ rule, message, everyProgramFails: false });
  const { cases, funcName } = suite;
  if (cases.length === 0) return cannot('tests.none', 'The problem has no tests (field tests is an empty list).');
  if (cases.length > MAX_TESTS) return cannot('tests.too-many', `The problem has ${cases.length} tests; at most ${MAX_TESTS} are run.`);
  if (funcName !== null && funcName.trim() === '') return cannot('tests.no-function-name', 'The function name is empty (field metadata.func_name).');
  const chars = cases.reduce((sum, test) => sum + test.input.length + test.output.length, 0);
  if (chars > MAX_SUITE_CHARS) {
    return cannot('tests.too-large', `The tests hold ${Math.round(chars / 1e6)} million characters; at most ${Math.round(MAX_SUITE_CHARS / 1e6)} million are run.`);
  }
  const longestOutput = cases.reduce((longest, test) => Math.max(longest, test.output.length), 0);
  if (funcName === null) return { suite, expected: null, integerDigits: 0, longestOutput };
  const expected: PyJson[] = [];
  let integerDigits = 0;
  for (const [i, test] of cases.entries()) {
    try {
      const read = parsePyJsonWithDigits(test.output);
      expected.push(read.value);
      integerDigits = Math.max(integerDigits, read.integerDigits);
    } catch (error) {
      if (!(error instanceof PyJsonError)) throw error;
      return {
        rule: 'tests.malformed',
        message: `The expected output of test ${i + 1} is not JSON (field output): ${error.message}. Every program fails on this problem.`,
        everyProgramFails: true,
      };
    }
  }
  return { suite, expected, integerDigits, longestOutput };
}
