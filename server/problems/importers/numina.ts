import * as v from 'valibot';
import type { PassRate } from '../../protocol/problem.ts';
import { answerText, AnswerSchema, hasFields, importer, jsonAs, OptionalLabel, OptionalText } from './importer.ts';
import { lastBoxedText } from './solutionAnswer.ts';

/** NuminaMath CoT has no answer field: the answer is the last box of the solution. */
export const numinaCot = importer('numinamath-cot',
  (record) => hasFields(record, 'problem', 'solution', 'messages') && !hasFields(record, 'answer') && !hasFields(record, 'generations'),
  v.object({ problem: v.string(), solution: v.string(), source: OptionalText }),
  (row) => {
    const answer = lastBoxedText(row.solution);
    return { domain: 'math', statement: row.problem, answer, solution: row.solution, dataset: row.source, notes: answer === null ? [] : ['answer taken from the last \\boxed{} of the solution'] };
  });

const Numina = {
  problem: v.string(), answer: AnswerSchema, solution: OptionalText, source: OptionalText, problem_type: OptionalText,
  question_type: OptionalText, problem_is_valid: OptionalText, solution_is_valid: OptionalText, synthetic: v.nullish(v.boolean()),
};

/** NuminaMath 1.5: validity and type are texts, and may disagree with the answer; all are kept as notes. */
export const numina15 = importer('numinamath-1.5',
  (record) => hasFields(record, 'problem', 'answer', 'question_type') && !hasFields(record, 'generations'),
  v.object(Numina), (row) => numinaDraft(row));

/** OpenR1-Math: NuminaMath 1.5 with generations; the verified ones count as attempts. */
export const openr1 = importer('openr1',
  (record) => hasFields(record, 'problem', 'generations'),
  v.object({ ...Numina, uuid: OptionalLabel, generations: v.array(v.string()), correctness_math_verify: v.nullish(v.array(v.nullable(v.boolean()))) }),
  (row) => ({ ...numinaDraft(row), id: row.uuid, passRate: attemptsOf(row.correctness_math_verify ?? []) }));

function numinaDraft(row: v.InferOutput<v.ObjectSchema<typeof Numina, undefined>>) {
  const { answer, notes } = answerText(row.answer);
  const odd = [
    row.question_type === undefined || row.question_type === 'math-word-problem' ? null : `question_type: ${row.question_type}`,
    row.problem_is_valid === undefined || row.problem_is_valid === 'Yes' ? null : `problem_is_valid: ${row.problem_is_valid}`,
    row.solution_is_valid === undefined || row.solution_is_valid === 'Yes' ? null : `solution_is_valid: ${row.solution_is_valid}`,
    row.synthetic === true ? 'synthetic' : null,
  ].filter((note) => note !== null);
  return { domain: 'math' as const, statement: row.problem, answer, solution: row.solution, dataset: row.source, notes: [...notes, ...odd] };
}

function attemptsOf(verified: readonly (boolean | null)[]): PassRate | null {
  const known = verified.filter((value) => value !== null);
  return known.length === 0 ? null : { correct: known.filter(Boolean).length, attempts: known.length, model: 'DeepSeek-R1' };
}

/** SYNTHETIC-1: one row a response; each row's problem, so that the repeats are counted. */
export const synthetic1 = importer('synthetic-1',
  (record) => hasFields(record, 'problem_id', 'verification_info', 'prompt', 'llm_response'),
  v.object({ problem_id: OptionalLabel, prompt: v.string(), verification_info: OptionalText, gold_standard_solution: OptionalText, source: OptionalText, hf_dataset_name: OptionalText, task_type: OptionalText }),
  (row) => ({
    id: row.problem_id, domain: /code/.test(row.task_type ?? '') ? 'code' : 'math', statement: row.prompt, solution: row.gold_standard_solution, dataset: row.hf_dataset_name ?? row.source,
    answer: jsonAs(v.object({ ground_truth: v.string() }), row.verification_info ?? '')?.ground_truth ?? null,
  }));
