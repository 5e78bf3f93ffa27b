import * as v from 'valibot';
import { Anything, cutOf, extraOf, goldOf, hasFields, Label, promptOf, reader, ScoreSchema, scoreOf, TextOrTurns } from './reader.ts';

/** NeMo-Skills `output*.jsonl`: `symbolic_correct` (new) or `is_correct` (old). */
export const nemoSkills = reader('nemo-skills',
  (record) => hasFields(record, 'generation') && (hasFields(record, 'expected_answer') || hasFields(record, 'problem')),
  v.object({
    generation: v.string(), id: Label, problem: v.nullish(v.string()), expected_answer: Anything, symbolic_correct: ScoreSchema, is_correct: ScoreSchema,
    num_generated_tokens: v.nullish(v.number()), finish_reason: v.nullish(v.string()),
  }),
  (row, record) => [{
    problemId: row.id ?? null, prompt: promptOf(row.problem ?? ''), response: row.generation, gold: goldOf(row.expected_answer),
    score: scoreOf(row.symbolic_correct ?? row.is_correct), tokens: row.num_generated_tokens ?? null, cut: cutOf(row.finish_reason),
    extra: extraOf(record, ['generation', 'id', 'problem', 'expected_answer', 'reference_solution']),
  }]);

const PartSchema = v.looseObject({ text: v.nullish(v.string()) });
const ItemSchema = v.looseObject({
  type: v.nullish(v.string()), role: v.nullish(v.string()),
  content: v.nullish(v.union([v.string(), v.array(PartSchema)])), summary: v.nullish(v.array(PartSchema)),
});

/** NeMo Gym `*_rollouts.jsonl`: a response of the Responses API; its text is the message parts joined, reasoning summaries before it. */
export const nemoGym = reader('nemo-gym-rollouts',
  (record) => hasFields(record, 'responses_create_params', 'response'),
  v.object({
    responses_create_params: v.object({ input: TextOrTurns }),
    response: v.looseObject({
      id: v.nullish(v.string()), model: v.nullish(v.string()), output: v.array(ItemSchema), status: v.nullish(v.string()),
      incomplete_details: v.nullish(v.looseObject({ reason: v.nullish(v.string()) })), usage: v.nullish(v.looseObject({ output_tokens: v.nullish(v.number()) })),
    }),
    reward: ScoreSchema, expected_answer: Anything, extracted_model_code: Anything,
  }),
  (row, record) => {
    const { response } = row;
    const thoughts = response.output.filter((item) => item.type === 'reasoning').flatMap((item) => (item.summary ?? []).map((part) => part.text ?? '')).join('\n');
    const text = response.output.filter((item) => item.type === 'message').map((item) => (typeof item.content === 'string' ? item.content : (item.content ?? []).map((part) => part.text ?? '').join(''))).join('\n');
    return [{
      id: response.id ?? undefined, prompt: promptOf(row.responses_create_params.input), response: thoughts === '' ? text : `<think>\n${thoughts}\n</think>\n${text}`,
      gold: goldOf(row.expected_answer), domain: row.extracted_model_code === undefined ? null : 'code', score: scoreOf(row.reward), model: response.model ?? null,
      tokens: response.usage?.output_tokens ?? null,
      cut: response.status === 'incomplete' ? cutOf(response.incomplete_details?.reason ?? 'incomplete') : response.status === 'completed' ? false : null,
      extra: extraOf(record, ['reward', 'expected_answer', 'extracted_model_code', 'extracted_model_output']),
    }];
  });
