import * as v from 'valibot';
import { DomainSchema, MessageSchema } from '../../protocol/problem.ts';
import { answerText, AnswerSchema, hasFields, importer, OptionalLabel, OptionalText } from './importer.ts';

const TestsSchema = v.object({
  func_name: v.nullish(v.string()),
  cases: v.array(v.object({ input: v.string(), output: v.string() })),
  time_limit_s: v.nullish(v.number()),
  memory_mb: v.nullish(v.number()),
});

const SourceSchema = v.nullish(v.union([
  v.string(),
  v.object({
    dataset: OptionalText, file: OptionalText, row: v.nullish(v.number()), id: OptionalLabel,
    url: OptionalText, licence: OptionalText, revision: OptionalText, date: OptionalText,
  }),
]));

/** The workbench's own problem record; docs/formats.md says what each field means. */
export const OwnProblemSchema = v.object({
  id: OptionalLabel,
  domain: v.optional(DomainSchema),
  problem: v.string(),
  prompt: v.nullish(v.array(MessageSchema)),
  answer: AnswerSchema,
  tests: v.nullish(TestsSchema),
  starter_code: OptionalText,
  solution: OptionalText,
  source: SourceSchema,
  difficulty: v.nullish(v.union([v.number(), v.object({ value: v.number(), scale: v.string() })])),
  pass_rate: v.nullish(v.object({ correct: v.number(), attempts: v.number(), model: OptionalText })),
  attempts: v.nullish(v.object({ n: v.number(), k: v.number(), models: v.nullish(v.array(v.string())) })),
});

/** Our own JSON lines: told from plain {problem, answer} sets by a field that only ours has. */
export const rlvr = importer(
  'rlvr',
  (record) => hasFields(record, 'problem') && (
    hasFields(record['tests'], 'cases') || record['domain'] === 'math' || record['domain'] === 'code'
    || hasFields(record['source'], 'dataset') || hasFields(record['pass_rate'], 'attempts') || hasFields(record['attempts'], 'n')),
  OwnProblemSchema,
  (row) => {
    const { answer, notes } = answerText(row.answer);
    const { id: sourceId, ...source } = typeof row.source === 'string' ? { dataset: row.source, id: undefined } : row.source ?? {};
    const rate = row.pass_rate ?? rateOf(row.attempts);
    return {
      // The id of the record, by which rollouts and runs name it, not the one that it had in its source.
      id: row.id ?? sourceId,
      domain: row.domain ?? (row.tests ? 'code' : 'math'),
      statement: row.problem,
      prompt: row.prompt ?? undefined,
      answer,
      tests: row.tests ? {
        funcName: row.tests.func_name ?? null,
        cases: row.tests.cases,
        ...(row.tests.time_limit_s ? { timeLimitSeconds: row.tests.time_limit_s } : {}),
        ...(row.tests.memory_mb ? { memoryMb: row.tests.memory_mb } : {}),
      } : null,
      starterCode: row.starter_code,
      solution: row.solution,
      difficulty: typeof row.difficulty === 'number' ? { value: row.difficulty, scale: 'as stated' } : row.difficulty ?? null,
      passRate: rate ? { correct: rate.correct, attempts: rate.attempts, ...(rate.model === undefined ? {} : { model: rate.model }) } : null,
      ...source,
      notes,
    };
  });

function rateOf(attempts: v.InferOutput<typeof OwnProblemSchema>['attempts']): { correct: number; attempts: number; model?: string | undefined } | null {
  if (attempts === null || attempts === undefined) return null;
  return { correct: attempts.k, attempts: attempts.n, model: attempts.models?.join(', ') };
}
