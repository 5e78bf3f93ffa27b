import * as v from 'valibot';
import { answerText, AnswerSchema, hasFields, importer, OptionalLabel, OptionalText } from './importer.ts';

/** Big-Math: `llama8b_solve_rate` is a share of 64 attempts. */
export const bigMath = importer('big-math',
  (record) => hasFields(record, 'problem', 'answer', 'llama8b_solve_rate'),
  v.object({ problem: v.string(), answer: AnswerSchema, source: OptionalText, llama8b_solve_rate: v.nullish(v.number()) }),
  (row) => ({
    domain: 'math', statement: row.problem, dataset: row.source, ...answerText(row.answer),
    passRate: typeof row.llama8b_solve_rate === 'number' ? { correct: Math.round(row.llama8b_solve_rate * 64), attempts: 64, model: 'Llama-3.1-8B' } : null,
  }));

/** Omni-MATH: difficulty 1 to 10. */
export const omniMath = importer('omni-math',
  (record) => hasFields(record, 'problem', 'answer', 'domain', 'difficulty') && Array.isArray(record['domain']),
  v.object({ problem: v.string(), answer: AnswerSchema, solution: OptionalText, difficulty: v.nullish(v.number()), source: OptionalText }),
  (row) => ({
    domain: 'math', statement: row.problem, solution: row.solution, dataset: row.source, ...answerText(row.answer),
    difficulty: typeof row.difficulty === 'number' ? { value: row.difficulty, scale: 'Omni-MATH 1-10' } : null,
  }));

/** DeepMath-103K. */
export const deepMath = importer('deepmath',
  (record) => hasFields(record, 'question', 'final_answer', 'topic'),
  v.object({ question: v.string(), final_answer: AnswerSchema, difficulty: v.nullish(v.number()), topic: OptionalText, r1_solution_1: OptionalText }),
  (row) => ({
    domain: 'math', statement: row.question, solution: row.r1_solution_1, ...answerText(row.final_answer),
    difficulty: typeof row.difficulty === 'number' ? { value: row.difficulty, scale: 'DeepMath' } : null,
  }));

/** Polaris-53K: difficulty is `solved/attempts` as text. */
export const polaris = importer('polaris',
  (record) => hasFields(record, 'problem', 'answer', 'difficulty') && typeof record['difficulty'] === 'string' && /^\d+\/\d+$/.test(record['difficulty']),
  v.object({ problem: v.string(), answer: AnswerSchema, difficulty: v.string() }),
  (row) => {
    const [correct = 0, attempts = 0] = row.difficulty.split('/').map(Number);
    return { domain: 'math', statement: row.problem, ...answerText(row.answer), passRate: { correct, attempts } };
  });

/** Requests of an OpenAI batch: prompts only, joined with the output file by `custom_id`. */
export const batchInput = importer('openai-batch-input',
  (record) => hasFields(record, 'custom_id', 'body') && hasFields(record['body'], 'messages'),
  v.object({ custom_id: OptionalLabel, body: v.object({ messages: v.array(v.object({ role: v.string(), content: v.string() })) }) }),
  (row) => ({ id: row.custom_id, domain: 'math', statement: row.body.messages.findLast((turn) => turn.role === 'user')?.content ?? '', prompt: row.body.messages }));

/** Conversations that end with the user's turn: prompts without an answer. */
export const messagesOnly = importer('messages',
  (record) => hasFields(record, 'messages') && Array.isArray(record['messages']),
  v.object({ id: OptionalLabel, messages: v.array(v.object({ role: v.string(), content: v.string() })), answer: AnswerSchema }),
  (row) => ({ id: row.id, domain: 'math', statement: row.messages.findLast((turn) => turn.role === 'user')?.content ?? '', prompt: row.messages, ...answerText(row.answer) }));
