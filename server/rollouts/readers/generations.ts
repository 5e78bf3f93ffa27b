import * as v from 'valibot';
import { jsonIn } from '../../problems/importers/importer.ts';
import { Anything, cutOf, extraOf, goldOf, hasFields, Label, promptOf, reader, ScoreSchema, scoreOf, ThinkingSchema, TurnSchema } from './reader.ts';

/** SYNTHETIC-1: one row a response, grouped by `problem_id`. */
export const synthetic1 = reader('synthetic-1',
  (record) => hasFields(record, 'problem_id', 'llm_response'),
  v.looseObject({ response_id: Label, problem_id: Label, prompt: v.string(), llm_response: v.string(), score: ScoreSchema, verification_info: v.nullish(v.string()), task_type: v.nullish(v.string()) }),
  (row, record) => {
    const info = jsonIn(row.verification_info ?? '');
    return [{
      id: row.response_id ?? undefined, problemId: row.problem_id ?? null, prompt: promptOf(row.prompt), response: row.llm_response, score: scoreOf(row.score),
      gold: hasFields(info, 'ground_truth') ? goldOf(info['ground_truth']) : null, domain: /code/.test(row.task_type ?? '') ? 'code' : null,
      extra: extraOf(record, ['response_id', 'problem_id', 'prompt', 'llm_response', 'score', 'verification_info', 'gold_standard_solution', 'metadata']),
    }];
  });

/** OpenR1-Math: parallel lists of generations and what two checkers said of them. */
export const openr1Generations = reader('openr1-generations',
  (record) => hasFields(record, 'problem', 'generations'),
  v.looseObject({
    problem: v.string(), answer: Anything, uuid: Label, generations: v.array(v.string()),
    correctness_math_verify: v.nullish(v.array(v.nullable(v.boolean()))), correctness_llama: v.nullish(v.array(v.nullable(v.boolean()))),
    finish_reasons: v.nullish(v.array(v.nullable(v.string()))),
  }),
  (row) => row.generations.map((response, sample) => ({
    id: `${row.uuid ?? ''}/${String(sample)}`, problemId: row.uuid ?? null, prompt: promptOf(row.problem), response, sample, gold: goldOf(row.answer),
    score: scoreOf(row.correctness_math_verify?.[sample] ?? row.correctness_llama?.[sample]), cut: cutOf(row.finish_reasons?.[sample]),
  })));

/** A list of model outputs for one prompt: TACO's generation files (`output`), veRL's generation server (`responses`). */
export const outputList = reader('generations',
  (record) => hasFields(record, 'prompt') && (Array.isArray(record['output']) || Array.isArray(record['responses'])),
  v.looseObject({ task_id: Label, prompt: v.union([v.string(), v.array(TurnSchema)]), output: v.nullish(v.array(v.string())), responses: v.nullish(v.array(v.string())) }),
  (row) => (row.responses ?? row.output ?? []).map((response, sample) => ({
    problemId: row.task_id ?? null, group: row.task_id === null || row.task_id === undefined ? undefined : `task ${row.task_id}`, prompt: promptOf(row.prompt), response, sample,
  })));

/** Conversations that end with the assistant's turn: `{messages: [...], answer?, reward?}`. */
export const conversation = reader('messages',
  (record) => hasFields(record, 'messages') && Array.isArray(record['messages']) && endsWithAssistant(record['messages']) && !hasFields(record, 'problem') && !hasFields(record, 'question'),
  v.looseObject({
    messages: v.array(TurnSchema), id: Label, problem_id: Label, gold: Anything, answer: Anything, score: ScoreSchema, reward: ScoreSchema,
    step: v.nullish(v.number()), model: v.nullish(v.string()), finish_reason: v.nullish(v.string()), thinking_opened: ThinkingSchema,
  }),
  (row, record) => [{
    id: row.id ?? undefined, problemId: row.problem_id ?? null, prompt: row.messages.slice(0, -1), response: row.messages.at(-1)?.content ?? '',
    gold: goldOf(row.gold ?? row.answer), score: scoreOf(row.score ?? row.reward), step: row.step ?? null, model: row.model ?? null, cut: cutOf(row.finish_reason),
    thinkingOpened: row.thinking_opened, extra: extraOf(record, ['id', 'problem_id', 'gold', 'answer', 'score', 'reward', 'step', 'model', 'thinking_opened']),
  }]);

function endsWithAssistant(messages: readonly unknown[]): boolean {
  const last = messages.at(-1);
  return messages.length > 1 && hasFields(last, 'role', 'content') && last['role'] === 'assistant';
}
