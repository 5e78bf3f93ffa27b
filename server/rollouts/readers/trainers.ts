import * as v from 'valibot';
import { jsonIn } from '../../problems/importers/importer.ts';
import { Anything, extraOf, goldOf, hasFields, Label, promptOf, reader, responseOf, ScoreSchema, scoreOf, TextOrTurns, ThinkingSchema } from './reader.ts';

/**
 * veRL's rollout and validation dumps of every version (verl.md section 6). `input` is the prompt after the chat template;
 * 0.9 adds `uid` = `<prompt uuid>_<session>_<index>`, the same prompt uuid for a whole group.
 */
export const verlDump = reader('verl-dump',
  (record) => hasFields(record, 'input', 'output') && typeof record['input'] === 'string' && typeof record['output'] === 'string' && (hasFields(record, 'score') || hasFields(record, 'step') || hasFields(record, 'gts')),
  v.object({
    input: v.string(), output: v.string(), gts: Anything, score: ScoreSchema, acc: ScoreSchema, step: v.nullish(v.number()),
    uid: v.nullish(v.string()), request_id: v.nullish(v.string()), data_source: v.nullish(v.string()), thinking_opened: ThinkingSchema,
  }),
  (row, record) => {
    const gold = goldOf(row.gts);
    const tests = gold !== null && /^\s*[[{]/.test(gold) && looksLikeTests(jsonIn(gold));
    const promptUuid = row.uid?.replace(/_[^_]*_[^_]*$/, '');
    return [{
      id: row.uid ?? row.request_id ?? undefined,
      group: promptUuid === undefined || promptUuid === '' ? undefined : `${promptUuid} ${row.input}`,
      domain: tests || /code|apps|taco|leetcode/i.test(row.data_source ?? '') ? 'code' : null,
      prompt: [{ role: 'user', content: row.input }], response: row.output, gold, score: scoreOf(row.score ?? row.acc), step: row.step ?? null, thinkingOpened: row.thinking_opened,
      extra: extraOf(record, ['input', 'output', 'gts', 'score', 'step', 'uid']),
    }];
  });

function looksLikeTests(value: unknown): boolean {
  return hasFields(value, 'inputs', 'outputs') || (Array.isArray(value) && hasFields(value[0], 'input', 'output'));
}

/** TRL's `log_completions` Parquet: one column a reward function; `advantage` is TRL's own and kept beside ours. */
export const trl = reader('trl-completions',
  (record) => hasFields(record, 'prompt', 'completion') && hasFields(record, 'step') && (hasFields(record, 'advantage') || rewardColumns(record).length > 0),
  v.object({ step: v.nullish(v.number()), prompt: TextOrTurns, completion: TextOrTurns }),
  (row, record) => {
    const columns = hasFields(record) ? rewardColumns(record) : [];
    const main = columns.find(([name]) => /accuracy|correct|reward$/i.test(name) && !/format|length/i.test(name)) ?? columns[0];
    return [{ prompt: promptOf(row.prompt), response: responseOf(row.completion), step: row.step ?? null, score: main?.[1] ?? null, extra: extraOf(record, ['prompt', 'completion', 'step']) }];
  });

/** Numeric columns that are no bookkeeping of the trainer. */
function rewardColumns(record: Record<string, unknown>): [string, number][] {
  return Object.entries(record).filter((entry): entry is [string, number] => typeof entry[1] === 'number' && !/^(?:step|advantage|__index_level_\d+__)$/.test(entry[0]) && /reward|score|acc|correct|func/i.test(entry[0]));
}

/** verifiers `results.jsonl` and prime-rl `train_rollouts.jsonl`; metrics also stand at top level. */
export const verifiersResults = reader('verifiers',
  (record) => hasFields(record, 'example_id', 'prompt', 'completion'),
  v.object({
    example_id: Label, prompt: TextOrTurns, completion: TextOrTurns, answer: Anything, reward: ScoreSchema,
    is_truncated: v.nullish(v.boolean()), token_usage: v.nullish(v.object({ output_tokens: v.nullish(v.number()) })), step: v.nullish(v.number()), task: v.nullish(v.string()),
  }),
  (row, record) => [{
    problemId: row.example_id ?? null, group: `example ${row.example_id ?? ''}`, prompt: promptOf(row.prompt), response: responseOf(row.completion), gold: goldOf(row.answer),
    score: scoreOf(row.reward), cut: row.is_truncated ?? null, tokens: row.token_usage?.output_tokens ?? null, step: row.step ?? null,
    extra: extraOf(record, ['example_id', 'prompt', 'completion', 'answer', 'reward', 'is_truncated']),
  }]);
