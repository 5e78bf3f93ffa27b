import * as v from 'valibot';
import { DomainSchema } from '../../protocol/problem.ts';
import { Anything, cutOf, extraOf, goldOf, hasFields, Label, promptOf, reader, ScoreSchema, scoreOf, TextOrTurns, ThinkingSchema } from './reader.ts';

const TokensSchema = v.nullish(v.number());

/** The workbench's own rollout record; docs/formats.md says what each field means. */
export const own = reader('rlvr',
  (record) => hasFields(record, 'problem_id', 'response'),
  v.object({
    id: Label, problem_id: v.pipe(v.union([v.string(), v.number()]), v.transform(String)), domain: v.nullish(DomainSchema),
    prompt: v.nullish(TextOrTurns), response: v.string(), gold: Anything, score: ScoreSchema, step: v.nullish(v.number()),
    tokens: TokensSchema, finish_reason: v.nullish(v.string()), model: v.nullish(v.string()), sample: v.nullish(v.number()), thinking_opened: ThinkingSchema,
  }),
  (row, record) => [{
    id: row.id ?? undefined, problemId: row.problem_id, domain: row.domain ?? null,
    prompt: row.prompt ? promptOf(row.prompt) : [], response: row.response, gold: goldOf(row.gold), score: scoreOf(row.score),
    step: row.step ?? null, tokens: row.tokens ?? null, cut: cutOf(row.finish_reason), model: row.model ?? null, sample: row.sample ?? undefined, thinkingOpened: row.thinking_opened,
    extra: extraOf(record, ['id', 'problem_id', 'domain', 'prompt', 'response', 'gold', 'score', 'step', 'tokens', 'model', 'sample', 'thinking_opened']),
  }]);

/** Recorded model outputs with the statement in the record: `{id, model, problem, gold, response}`; also `question`, `prompt`, `answer`. */
export const problemResponse = reader('problem-response',
  (record) => hasFields(record, 'response') && typeof record['response'] === 'string'
    && (hasFields(record, 'problem') || hasFields(record, 'question_id') || hasFields(record, 'gold') || hasFields(record, 'prompt')) && !hasFields(record, 'query'),
  v.object({
    id: Label, model: v.nullish(v.string()), problem: v.nullish(v.string()), prompt: v.nullish(TextOrTurns), question_id: Label,
    gold: Anything, answer: Anything, response: v.string(), score: ScoreSchema, reward: ScoreSchema, peer_score: ScoreSchema, peer_reward: ScoreSchema, step: v.nullish(v.number()),
    tokens: TokensSchema, finish_reason: v.nullish(v.string()), domain: v.nullish(DomainSchema), thinking_opened: ThinkingSchema,
  }),
  (row, record) => [{
    id: row.id ?? undefined, problemId: row.question_id ?? null, domain: row.domain ?? (row.question_id ? 'code' : null),
    prompt: promptOf(row.prompt ?? row.problem ?? ''), response: row.response, gold: goldOf(row.gold ?? row.answer),
    score: scoreOf(row.score ?? row.reward ?? row.peer_score ?? row.peer_reward), step: row.step ?? null, tokens: row.tokens ?? null, cut: cutOf(row.finish_reason), model: row.model ?? null, thinkingOpened: row.thinking_opened,
    extra: extraOf(record, ['id', 'model', 'problem', 'prompt', 'question_id', 'gold', 'answer', 'response', 'score', 'reward', 'step', 'tokens', 'domain', 'thinking_opened']),
  }]);
