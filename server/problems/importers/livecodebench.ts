import { inflateSync } from 'node:zlib';
import * as v from 'valibot';
import { hasFields, importer, jsonAs, jsonIn, OptionalLabel, OptionalText, RecordError } from './importer.ts';
import { readPickle } from './pickle.ts';
import { stdinTests, suite, testsFrom } from './tests.ts';
import { messageOf } from '../../records/work.ts';

const MetadataSchema = v.object({ func_name: v.nullish(v.string()) });
const CasesSchema = v.array(v.object({ input: v.string(), output: v.string() }));

const QuestionSchema = v.object({
  question_id: OptionalLabel,
  question_title: OptionalText,
  question_content: v.string(),
  platform: OptionalText,
  contest_date: OptionalText,
  starter_code: OptionalText,
  difficulty: OptionalText,
  public_test_cases: v.nullish(v.union([v.string(), CasesSchema])),
  private_test_cases: v.nullish(v.union([v.string(), CasesSchema])),
  metadata: v.nullish(v.union([v.string(), v.looseObject({ func_name: v.nullish(v.string()) })])),
  golden_solutions: v.nullish(v.array(v.string())),
  source: OptionalText,
  licence: OptionalText,
  time_limit_s: v.nullish(v.number()),
  memory_mb: v.nullish(v.number()),
});

/** LiveCodeBench `code_generation_lite` and sets in its fields; tests as lists or as JSON text, public ones first. */
export const livecodebench = importer('livecodebench',
  (record) => hasFields(record, 'question_content') && (hasFields(record, 'public_test_cases') || hasFields(record, 'private_test_cases')),
  QuestionSchema,
  (row) => {
    const metadata = typeof row.metadata === 'string' ? jsonAs(MetadataSchema, row.metadata) : row.metadata;
    const funcName = metadata?.func_name ?? null;
    const cases = [...casesOf('public_test_cases', row.public_test_cases), ...casesOf('private_test_cases', row.private_test_cases)];
    // As the benchmark: the name of a function, also an empty one, makes calls of all tests; what a test says of its type is not looked at.
    const found = funcName === null ? stdinTests(cases) : suite(funcName, cases);
    const limits = { ...(row.time_limit_s ? { timeLimitSeconds: row.time_limit_s } : {}), ...(row.memory_mb ? { memoryMb: row.memory_mb } : {}) };
    return {
      id: row.question_id,
      domain: 'code',
      statement: row.question_content,
      tests: found.tests === null ? null : { ...found.tests, ...limits },
      starterCode: row.starter_code,
      solution: row.golden_solutions?.[0],
      dataset: row.source ?? row.platform,
      licence: row.licence,
      date: row.contest_date,
      notes: [...found.notes, ...(row.difficulty === undefined ? [] : [`difficulty: ${row.difficulty}`])],
    };
  });

/** QwQ's copy: the tests lie in another file, named by `tests.fname`. */
export const livecodebenchQwq = importer('livecodebench-qwq',
  (record) => hasFields(record, 'prompt', 'question_id', 'tests') && hasFields(record['tests'], 'fname'),
  v.object({ question_id: OptionalLabel, contest_date: OptionalText, prompt: v.string(), tests: v.object({ fname: v.string() }) }),
  (row) => ({ id: row.question_id, domain: 'code', statement: row.prompt, date: row.contest_date, notes: [`tests missing: they are in another file, ${row.tests.fname}`] }));

/** SandboxFusion's copy: the pickle is a dict with `input_output`. */
export const livecodebenchSandbox = importer('livecodebench-sandboxfusion',
  (record) => hasFields(record, 'id', 'content', 'test', 'canonical_solution') && typeof record['test'] === 'string' && !/^\s*[[{]/.test(record['test']),
  v.object({ id: OptionalLabel, content: v.string(), test: v.string(), labels: OptionalText }),
  (row) => {
    const labels = jsonAs(v.object({ task_id: OptionalLabel, fn_name: OptionalText }), row.labels ?? '');
    const packed = unpackTests('test', row.test);
    const found = hasFields(packed, 'input_output') ? testsFrom(packed['input_output'], labels?.fn_name ?? null) : testsFrom(packed, labels?.fn_name ?? null);
    return { id: labels?.task_id ?? row.id, domain: 'code', statement: row.content, ...found };
  });

type Cases = v.InferOutput<typeof CasesSchema>;

function casesOf(field: string, value: string | Cases | null | undefined): Cases {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'string') return value;
  if (value.trim() === '') return [];
  const parsed = v.safeParse(CasesSchema, jsonIn(value) ?? unpackTests(field, value));
  if (!parsed.success) throw new RecordError(field, `tests have an unknown shape: ${parsed.issues[0].message}`);
  return parsed.output;
}

/** Largest size of unpacked tests of one problem, bytes. */
const MAX_TESTS = 256 * 1024 * 1024;

/** base64, zlib, pickle of a text that is JSON, or of a dict (formats.md section 2). Never run by Python. */
function unpackTests(field: string, text: string): unknown {
  try {
    const value = readPickle(inflateSync(Buffer.from(text, 'base64'), { maxOutputLength: MAX_TESTS }));
    return typeof value === 'string' ? jsonIn(value) : value;
  } catch (error) {
    throw new RecordError(field, `tests can be read neither as JSON nor as packed tests: ${messageOf(error)}`);
  }
}
