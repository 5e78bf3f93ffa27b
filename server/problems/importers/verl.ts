import * as v from 'valibot';
import { MessageSchema } from '../../protocol/problem.ts';
import type { Difficulty, PassRate } from '../../protocol/problem.ts';
import { answerText, AnswerSchema, hasFields, importer, jsonAs, OptionalLabel, OptionalText } from './importer.ts';
import type { Draft } from './importer.ts';
import { testsFrom } from './tests.ts';

const ExtraSchema = v.object({
  index: OptionalLabel,
  id: OptionalLabel,
  question: OptionalText,
  raw_problem: OptionalText,
  solution: OptionalText,
  source: OptionalText,
  url: OptionalText,
  licence: OptionalText,
  revision: OptionalText,
  difficulty: v.nullish(v.union([v.number(), v.string()])),
  difficulty_scale: OptionalText,
  correct: v.nullish(v.number()),
  attempts: v.nullish(v.number()),
  attempts_model: OptionalText,
  starter_code: OptionalText,
  model_difficulty: v.nullish(v.record(v.string(), v.nullable(v.number()))),
});
type Extra = v.InferOutput<typeof ExtraSchema>;

const RowSchema = v.object({
  data_source: OptionalText,
  prompt: v.array(MessageSchema),
  ability: OptionalText,
  reward_model: v.nullish(v.object({ ground_truth: AnswerSchema })),
  extra_info: v.nullish(ExtraSchema),
  llama8b_solve_rate: v.nullish(v.number()),
});

/** Rows as veRL trains on them, Parquet or JSON lines (formats.md section 1): math, code, Skywork, DAPO, Big-Math in veRL's form. */
export const verl = importer(
  'verl',
  (record) => hasFields(record, 'prompt') && Array.isArray(record['prompt'])
    && (hasFields(record, 'reward_model') || hasFields(record, 'data_source') || Object.keys(record).length === 1),
  RowSchema,
  (row): Draft => {
    const extra: Partial<Extra> = row.extra_info ?? {};
    const truth = row.reward_model?.ground_truth;
    const code = isCode(row.ability, row.data_source);
    const user = row.prompt.findLast((message) => message.role === 'user') ?? row.prompt.at(-1);
    const { answer, notes } = answerText(listInText(truth));
    const found = code ? testsFrom(truth) : null;
    return {
      id: extra.id,
      domain: code ? 'code' : 'math',
      statement: extra.raw_problem ?? extra.question ?? user?.content ?? '',
      prompt: row.prompt,
      answer: code ? null : answer,
      tests: found?.tests ?? null,
      starterCode: extra.starter_code,
      solution: extra.solution,
      difficulty: difficultyOf(extra),
      passRate: passRateOf(extra, row.llama8b_solve_rate ?? null),
      dataset: row.data_source ?? extra.source,
      url: extra.url,
      licence: extra.licence,
      revision: extra.revision,
      notes: [...(code ? found?.notes ?? [] : notes)],
    };
  });

function isCode(ability: string | undefined, source: string | undefined): boolean {
  return /code|program/i.test(ability ?? '') || (ability === undefined && /code|apps|taco|livecode|leetcode/i.test(source ?? ''));
}

/** Skywork keeps the truth as a JSON list inside of a string. */
function listInText(truth: v.InferOutput<typeof AnswerSchema>): v.InferOutput<typeof AnswerSchema> {
  return typeof truth === 'string' && truth.startsWith('["') ? jsonAs(v.array(v.string()), truth) ?? truth : truth;
}

function difficultyOf(extra: Partial<Extra>): Difficulty | null {
  if (typeof extra.difficulty === 'number') return { value: extra.difficulty, scale: extra.difficulty_scale ?? 'as stated' };
  // Skywork's scale: by its name 16 is hardest; never turned into a pass rate (formats.md, Skywork-OR1-RL-Data).
  const byModel = Object.entries(extra.model_difficulty ?? {}).filter((entry): entry is [string, number] => entry[1] !== null);
  const chosen = byModel.find(([model]) => model.endsWith('7B')) ?? byModel[0];
  return chosen === undefined ? null : { value: chosen[1], scale: `0-16 (${chosen[0]})` };
}

function passRateOf(extra: Partial<Extra>, solveRate: number | null): PassRate | null {
  if (typeof extra.correct === 'number' && typeof extra.attempts === 'number') {
    return { correct: extra.correct, attempts: extra.attempts, ...(extra.attempts_model === undefined ? {} : { model: extra.attempts_model }) };
  }
  return solveRate === null ? null : { correct: Math.round(solveRate * 64), attempts: 64, model: 'Llama-3.1-8B' };
}
