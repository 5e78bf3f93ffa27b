import * as v from 'valibot';
import { Anything, cutOf, extraOf, goldOf, hasFields, Label, promptOf, reader, scoreOf, TextOrTurns, TurnSchema } from './reader.ts';
import type { RolloutDraft } from './reader.ts';

const ScoreValue = v.looseObject({ value: Anything });

/** One sample of an Inspect log (`.eval` or `.json`): epochs are attempts; texts may be references to attachments. */
export const inspect = reader('inspect',
  (record) => hasFields(record, 'epoch', 'input', 'output') && (hasFields(record, 'scores') || hasFields(record, 'messages')),
  v.looseObject({
    id: Label, epoch: v.number(), input: TextOrTurns, target: Anything, scores: v.nullish(v.record(v.string(), ScoreValue)),
    output: v.looseObject({
      model: v.nullish(v.string()), completion: v.nullish(v.string()),
      choices: v.nullish(v.array(v.looseObject({ message: TurnSchema, stop_reason: v.nullish(v.string()) }))),
      usage: v.nullish(v.looseObject({ output_tokens: v.nullish(v.number()) })),
    }),
    attachments: v.nullish(v.record(v.string(), v.string())),
  }),
  (row) => {
    const resolve = (text: string): string => text.replace(/attachment:\/\/([0-9a-f]{32})/g, (reference, hash: string) => row.attachments?.[hash] ?? reference);
    const [choice] = row.output.choices ?? [];
    const scores = Object.entries(row.scores ?? {});
    return [{
      id: `${row.id ?? ''}_epoch_${String(row.epoch)}`, problemId: row.id ?? null, group: `sample ${row.id ?? ''}`, sample: row.epoch - 1,
      prompt: promptOf(row.input).map((turn) => ({ role: turn.role, content: resolve(turn.content) })),
      response: resolve(choice?.message.content ?? row.output.completion ?? ''), gold: goldOf(row.target)?.trim() ?? null,
      score: scores.length === 0 ? null : inspectScore(scores[0]?.[1].value), model: row.output.model ?? null,
      tokens: row.output.usage?.output_tokens ?? null, cut: cutOf(choice?.stop_reason),
      extra: Object.fromEntries(scores.slice(0, 12).map(([name, score]) => [name, String(goldOf(score.value)).slice(0, 200)])),
    }];
  });

/** Inspect's letters: correct, incorrect, partial, no answer. */
const INSPECT_SCORES: ReadonlyMap<string, number> = new Map([['C', 1], ['P', 0.5], ['I', 0], ['N', 0]]);

function inspectScore(value: unknown): number | null {
  if (typeof value === 'number' || typeof value === 'boolean') return scoreOf(value);
  return typeof value === 'string' ? INSPECT_SCORES.get(value) ?? null : null;
}

/** lm-eval `--log_samples`: one line per (document, filter), so the filter is part of the group. */
export const lmEval = reader('lm-eval',
  (record) => hasFields(record, 'doc_id', 'resps'),
  v.looseObject({
    doc_id: Label, target: Anything, arguments: Anything, resps: v.array(v.union([v.string(), v.array(v.unknown())])), filter: v.nullish(v.string()),
    metrics: v.nullish(v.array(v.string())), doc: Anything,
  }),
  (row, record) => {
    const filter = row.filter ?? 'none';
    const metric = (row.metrics ?? ['exact_match', 'acc']).map((name) => (hasFields(record, name) ? record[name] : undefined)).find((value) => typeof value === 'number');
    const target = goldOf(row.target);
    return row.resps.flat().filter((response) => typeof response === 'string').map((response, sample): RolloutDraft => ({
      id: `${row.doc_id ?? ''}/${filter}/${String(sample)}`, problemId: row.doc_id ?? null, group: `doc ${row.doc_id ?? ''} ${filter}`, sample,
      prompt: promptOf(promptOfArguments(row.arguments)), response, gold: target?.includes('####') === true ? target.slice(target.lastIndexOf('####') + 4).trim() : target,
      score: typeof metric === 'number' ? metric : null, extra: { filter, ...extraOf(record, ['doc_id', 'target', 'filter', 'doc_hash', 'prompt_hash', 'target_hash']) },
    }));
  });

/** `{gen_args_0: {arg_0: prompt}}`, in older versions a list of lists. */
function promptOfArguments(value: unknown): string {
  const first: unknown = Array.isArray(value) ? value[0] : hasFields(value, 'gen_args_0') ? value['gen_args_0'] : value;
  const prompt: unknown = Array.isArray(first) ? first[0] : hasFields(first, 'arg_0') ? first['arg_0'] : first;
  return typeof prompt === 'string' ? prompt : '';
}

/** LiveCodeBench `*_eval_all.json`: n outputs a question with their grades. */
export const livecodebenchEval = reader('livecodebench-eval',
  (record) => hasFields(record, 'question_id', 'output_list'),
  v.looseObject({ question_id: Label, question_content: v.nullish(v.string()), output_list: v.array(v.string()), graded_list: v.nullish(v.array(v.boolean())), difficulty: v.nullish(v.string()) }),
  (row) => row.output_list.map((response, sample) => ({
    id: `${row.question_id ?? ''}/${String(sample)}`, problemId: row.question_id ?? null, domain: 'code' as const, prompt: promptOf(row.question_content ?? ''), response,
    score: scoreOf(row.graded_list?.[sample]), sample, ...(row.difficulty ? { extra: { difficulty: row.difficulty } } : {}),
  })));

/** OpenAI batch output: prompts are in the input file and are joined by `custom_id`; a failed request is no rollout. */
export const openaiBatch = reader('openai-batch',
  (record) => hasFields(record, 'custom_id', 'response'),
  v.looseObject({
    id: Label, custom_id: v.string(), error: Anything,
    response: v.nullish(v.looseObject({
      status_code: v.nullish(v.number()),
      body: v.nullish(v.looseObject({
        model: v.nullish(v.string()), choices: v.nullish(v.array(v.looseObject({ message: v.nullish(TurnSchema), finish_reason: v.nullish(v.string()) }))),
        usage: v.nullish(v.looseObject({ completion_tokens: v.nullish(v.number()) })),
      })),
    })),
  }),
  (row) => {
    const choices = row.response?.body?.choices ?? [];
    return choices.map((choice, sample) => ({
      id: `${row.id ?? row.custom_id}/${String(sample)}`, problemId: row.custom_id, prompt: [], response: choice.message?.content ?? '', sample,
      model: row.response?.body?.model ?? null, cut: cutOf(choice.finish_reason), tokens: choices.length === 1 ? row.response?.body?.usage?.completion_tokens ?? null : null,
    }));
  });

const Solution = v.object({ is_correct: v.boolean(), solution: v.string() });

/** GSM8K's example solutions: one key per model; all models' solutions of a question form one group. */
export const gsm8kSolutions = reader('gsm8k-solutions',
  (record) => hasFields(record, 'question', 'ground_truth') && Object.values(record).some((value) => hasFields(value, 'is_correct', 'solution')),
  v.looseObject({ question: v.string(), ground_truth: v.string() }),
  (row, record) => Object.entries(record as Record<string, unknown>).flatMap(([model, value]): RolloutDraft[] => { // claims checked that it is an object
    const parsed = v.safeParse(Solution, value);
    if (!parsed.success) return [];
    const gold = /A: *(.*)\s*$/.exec(row.ground_truth)?.[1] ?? row.ground_truth.split('####').at(-1)?.trim() ?? null;
    return [{ group: row.question, prompt: promptOf(row.question), response: parsed.output.solution, gold, score: scoreOf(parsed.output.is_correct), model }];
  }));
