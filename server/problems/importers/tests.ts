import * as v from 'valibot';
import type { TestCase, TestSuite } from '../../protocol/problem.ts';
import { schemaMessage } from '../../protocol/schemaMessage.ts';
import { markIntegers } from '../../records/longIntegers.ts';
import { jsonIn } from './importer.ts';

/** Tests of a record, or why they cannot be run here. */
export interface FoundTests {
  readonly tests: TestSuite | null;
  readonly notes: readonly string[];
}

export const NO_TESTS: FoundTests = { tests: null, notes: ['no tests in the record'] };

export function notRepresentable(reason: string): FoundTests {
  return { tests: null, notes: [`tests not representable: ${reason}`] };
}

/** Anything that stands for the input or output of a test: text, or JSON values for a function call. */
const AnyValue = v.unknown();
const ColumnsSchema = v.object({ inputs: v.array(AnyValue), outputs: v.array(AnyValue), fn_name: v.nullish(v.string()) });
const CaseSchema = v.object({
  input: AnyValue,
  output: AnyValue,
  testtype: v.nullish(v.string()),
  type: v.nullish(v.string()),
  fn_name: v.nullish(v.string()),
  metadata: v.nullish(v.object({ func_name: v.nullish(v.string()) })),
});
const SandboxCaseSchema = v.object({ input: v.object({ stdin: v.string() }), output: v.object({ stdout: v.string() }) });

/**
 * Reads tests in the shapes that occur (formats.md section 2): `{inputs, outputs, fn_name?}`, a list of `{input, output,
 * testtype | type, fn_name | metadata.func_name}`, SandboxFusion's `{stdin}`/`{stdout}` pairs; as values or as JSON text.
 */
export function testsFrom(value: unknown, funcName: string | null = null): FoundTests {
  const data = withMarks(typeof value === 'string' ? jsonIn(value) : value);
  if (data === undefined || data === null) return NO_TESTS;
  const columns = v.safeParse(ColumnsSchema, data);
  if (columns.success) return fromColumns(columns.output, funcName);
  if (!Array.isArray(data)) return notRepresentable('unknown shape');
  if (data.length === 0) return NO_TESTS;
  const sandbox = v.safeParse(v.array(SandboxCaseSchema), data);
  if (sandbox.success) return stdinTests(sandbox.output.map(({ input, output }) => ({ input: input.stdin, output: output.stdout })));
  const cases = v.safeParse(v.array(CaseSchema), data);
  if (!cases.success) return notRepresentable(`test ${v.getDotPath(cases.issues[0]) ?? ''}: ${schemaMessage(cases.issues[0])}`);
  return fromCases(cases.output, funcName);
}

function fromColumns({ inputs, outputs, fn_name }: v.InferOutput<typeof ColumnsSchema>, funcName: string | null): FoundTests {
  if (inputs.length === 0) return NO_TESTS;
  const notes = inputs.length === outputs.length ? [] : [`${String(inputs.length)} inputs and ${String(outputs.length)} outputs: the surplus is left out`];
  const pairs = inputs.slice(0, outputs.length).map((input, i) => ({ input, output: outputs[i] }));
  const name = fn_name ?? funcName;
  return addNotes(name === null || name === '' ? textTests(pairs) : callTests(name, pairs), notes);
}

function fromCases(cases: readonly v.InferOutput<typeof CaseSchema>[], funcName: string | null): FoundTests {
  const [first] = cases;
  const kind = first?.testtype ?? first?.type ?? '';
  const name = first?.fn_name ?? first?.metadata?.func_name ?? funcName;
  if (/^function/.test(kind) || (kind === '' && name !== null && name !== '')) {
    if (name === null || name === '') return notRepresentable('functional tests without the name of the function');
    // LiveCodeBench already has one JSON argument a line; the others have argument lists.
    if (kind === 'functional' && cases.every(({ input, output }) => typeof input === 'string' && typeof output === 'string')) {
      return suite(name, cases.map(({ input, output }) => ({ input: String(input), output: String(output) })));
    }
    return callTests(name, cases);
  }
  return textTests(cases);
}

type Pair = { readonly input: unknown; readonly output: unknown };

/** Standard input and output. Some sets keep the lines in a list. */
function textTests(pairs: readonly Pair[]): FoundTests {
  const cases: TestCase[] = [];
  for (const { input, output } of pairs) {
    const inputText = linesText(input);
    const outputText = linesText(output);
    if (inputText === null || outputText === null) return notRepresentable('standard input or output is not text');
    cases.push({ input: inputText, output: outputText });
  }
  return stdinTests(cases);
}

function linesText(value: unknown): string | null {
  if (typeof value === 'string') return value.replace(EXACT_INTEGER, '$1');
  if (typeof value === 'number') return String(value);
  return Array.isArray(value) && value.every((line) => typeof line === 'string' && !EXACT_INTEGER.test(line)) ? value.join('\n') : null;
}

/**
 * Function calls with a list of arguments. APPS and TACO wrap every result in a list of one: unwrapped when all are, because
 * a test has one value as output here.
 */
function callTests(name: string, pairs: readonly Pair[]): FoundTests {
  const parsed = pairs.map(({ input, output }) => ({ input: parseIfText(input), output: parseIfText(output) }));
  if (!parsed.every(({ input }) => Array.isArray(input))) return notRepresentable(`arguments of ${name} are not a list`);
  const wrapped = parsed.every(({ output }) => Array.isArray(output) && output.length === 1);
  const cases = parsed.map(({ input, output }) => ({
    input: (Array.isArray(input) ? input : []).map((argument) => jsonOf(argument)).join('\n'),
    output: jsonOf(wrapped && Array.isArray(output) ? output[0] : output),
  }));
  return addNotes(suite(name, cases), wrapped ? ['results of the tests were lists of one value and were unwrapped'] : []);
}

function parseIfText(value: unknown): unknown {
  return typeof value === 'string' ? withMarks(jsonIn(value)) ?? value : value;
}

/** A long integer of a test, between parsing and writing: rounded to a JavaScript number it would be another test. */
const EXACT_INTEGER = /^\0(-?\d+)$/;

function withMarks(value: unknown): unknown {
  return markIntegers(value, (digits) => `\0${digits}`);
}

function jsonOf(value: unknown): string {
  return JSON.stringify(value ?? null).replace(/"\\u0000(-?\d+)"/g, '$1');
}

export function stdinTests(cases: readonly TestCase[]): FoundTests {
  return cases.length === 0 ? NO_TESTS : { tests: { funcName: null, cases: [...cases] }, notes: [] };
}

export function suite(funcName: string, cases: readonly TestCase[]): FoundTests {
  return cases.length === 0 ? NO_TESTS : { tests: { funcName, cases: [...cases] }, notes: [] };
}

function addNotes(found: FoundTests, notes: readonly string[]): FoundTests {
  return { tests: found.tests, notes: [...found.notes, ...notes] };
}
