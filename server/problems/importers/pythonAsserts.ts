import type { TestCase } from '../../protocol/problem.ts';
import { NotALiteral, readLiteral, skipBlanks } from './pythonLiteral.ts';
import { notRepresentable, suite } from './tests.ts';
import type { FoundTests } from './tests.ts';

/**
 * Tests of a Python `def check(candidate): assert candidate(...) == ...` function (LeetCodeDataset, HumanEval, rLLM). Usable
 * only when every statement of it is such an assertion with literals.
 */
export function testsInCheck(code: string, functionName: string | null): FoundTests {
  if (functionName === null) return notRepresentable('the name of the function is not known');
  const start = code.search(/def check\(candidate\):/);
  if (start < 0) return notRepresentable('no check function');
  const after = code.slice(start).split('\n').slice(1);
  const bodyEnd = after.findIndex((line) => /^\S/.test(line));
  const body = bodyEnd < 0 ? after : after.slice(0, bodyEnd);
  const lines = body.map((line) => line.trim()).filter((line) => !IDLE.test(line));
  return testsOfAsserts(lines, 'candidate', functionName);
}

/** Lines of a check function that test nothing. */
const IDLE = /^(?:#.*|pass|import \w+|assert True\b.*)?$/;

/** Tests from lines `assert NAME(arguments) == literal`. */
export function testsOfAsserts(lines: readonly string[], called: string, functionName: string): FoundTests {
  const cases: TestCase[] = [];
  for (const line of lines) {
    const test = caseOf(line, called);
    if (typeof test === 'string') return notRepresentable(`${test}: ${line.slice(0, 80)}`);
    cases.push(test);
  }
  return suite(functionName, cases);
}

function caseOf(line: string, called: string): TestCase | string {
  const prefix = `assert ${called}(`;
  if (!line.startsWith(prefix)) return 'a statement that is no plain assertion';
  try {
    const args = readArguments(line, prefix.length);
    const equals = skipBlanks(line, args.end);
    const operator = /^(?:==|is(?= (?:True|False|None)\b))/.exec(line.slice(equals, equals + 10))?.[0];
    if (operator === undefined) return 'an assertion without ==';
    const expected = readLiteral(line, equals + operator.length);
    const rest = line.slice(expected.end).trim();
    if (rest !== '' && !rest.startsWith(',') && !rest.startsWith('#')) return 'an expression as result';
    return { input: args.values.map((value) => JSON.stringify(value)).join('\n'), output: JSON.stringify(expected.value) };
  } catch (error) {
    if (error instanceof NotALiteral) return error.message;
    throw error;
  }
}

/** Arguments up to the closing bracket, by position or by name; named ones are taken in the order in which they stand. */
export function readArguments(text: string, from: number, close = ')'): { readonly values: readonly unknown[]; readonly end: number } {
  const values: unknown[] = [];
  let at = skipBlanks(text, from);
  while (at < text.length && text.charAt(at) !== close) {
    const name = /^[A-Za-z_]\w*\s*=(?!=)/.exec(text.slice(at, at + 100))?.[0] ?? '';
    const value = readLiteral(text, at + name.length);
    values.push(value.value);
    at = skipBlanks(text, value.end);
    if (text.charAt(at) === ',') at = skipBlanks(text, at + 1);
    else if (at < text.length && text.charAt(at) !== close) throw new NotALiteral('an expression as argument');
  }
  return { values, end: at + 1 };
}
