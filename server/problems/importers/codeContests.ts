import * as v from 'valibot';
import { hasFields, importer, jsonAs, OptionalLabel, OptionalText } from './importer.ts';
import { stdinTests, testsFrom } from './tests.ts';

const Columns = v.nullish(v.object({ input: v.array(v.string()), output: v.array(v.string()) }));
type Columns = v.InferOutput<typeof Columns>;
const Seconds = v.nullish(v.union([v.number(), v.object({ seconds: v.nullish(v.number()), nanos: v.nullish(v.number()) })]));

/** CodeContests: columnar tests, element k of each list belongs together; public, private, then generated ones. */
export const codeContests = importer('codecontests',
  (record) => hasFields(record, 'description', 'public_tests'),
  v.object({
    name: OptionalLabel, description: v.string(), public_tests: Columns, private_tests: Columns, generated_tests: Columns,
    time_limit: Seconds, memory_limit_bytes: v.nullish(v.union([v.number(), v.string()])), solutions: v.nullish(v.object({ solution: v.array(v.string()), language: v.array(v.unknown()) })),
  }),
  (row) => {
    const { tests, notes } = stdinTests([row.public_tests, row.private_tests, row.generated_tests].flatMap(pairs));
    const seconds = typeof row.time_limit === 'number' ? row.time_limit : (row.time_limit?.seconds ?? 0) + (row.time_limit?.nanos ?? 0) / 1e9;
    const bytes = Number(row.memory_limit_bytes ?? 0);
    // Language 3 is Python 3 in the set's enumeration.
    const python = row.solutions?.language.findIndex((language) => language === 3 || language === 'PYTHON3') ?? -1;
    return {
      id: row.name, domain: 'code', statement: row.description, notes, solution: row.solutions?.solution[python],
      tests: tests === null ? null : { ...tests, ...(seconds > 0 ? { timeLimitSeconds: seconds } : {}), ...(bytes > 0 ? { memoryMb: bytes / 1048576 } : {}) },
    };
  });

function pairs(columns: Columns): { input: string; output: string }[] {
  return (columns?.input ?? []).slice(0, columns?.output.length ?? 0).map((input, i) => ({ input, output: columns?.output[i] ?? '' }));
}

/** SandboxFusion's copy of CodeContests and similar sets: `test` is a JSON list of stdin and stdout. */
export const sandboxStdin = importer('sandboxfusion',
  (record) => hasFields(record, 'content', 'test') && (Array.isArray(record['test']) || (typeof record['test'] === 'string' && /^\s*[[{]/.test(record['test']))),
  v.object({ id: OptionalLabel, content: v.string(), test: v.unknown(), labels: v.optional(v.unknown()) }),
  (row) => {
    const labels = typeof row.labels === 'string' ? jsonAs(v.object({ name: OptionalLabel, source: OptionalText }), row.labels) : undefined;
    return { id: labels?.name ?? row.id, domain: 'code', statement: row.content, dataset: labels?.source, ...testsFrom(row.test) };
  });
