import * as v from 'valibot';
import { MessageSchema } from '../../protocol/problem.ts';
import { answerText, AnswerSchema, hasFields, importer, OptionalLabel, OptionalText } from './importer.ts';
import { lastBoxedText } from './solutionAnswer.ts';

const PlainSchema = v.object({
  problem: v.string(),
  answer: AnswerSchema,
  solution: v.nullish(v.union([v.string(), v.array(v.string())])),
  id: OptionalLabel,
  unique_id: OptionalLabel,
  idx: OptionalLabel,
  problem_idx: OptionalLabel,
  source: OptionalText,
  url: OptionalText,
  year: OptionalLabel,
  difficulty: v.nullish(v.union([v.number(), v.string()])),
  level: v.nullish(v.union([v.number(), v.string()])),
});
type Plain = v.InferOutput<typeof PlainSchema>;

const plainDraft = (row: Plain, difficultyScale: string) => {
  const solution = Array.isArray(row.solution) ? row.solution.join('\n\n') : row.solution ?? undefined;
  const given = answerText(row.answer);
  const boxed = row.answer === undefined && solution !== undefined ? lastBoxedText(solution) : null;
  return {
    id: row.unique_id ?? row.id ?? row.problem_idx ?? row.idx,
    domain: 'math' as const,
    statement: row.problem,
    answer: given.answer ?? boxed,
    solution: solution === '' ? undefined : solution,
    difficulty: numberDifficulty(row.difficulty, difficultyScale) ?? levelDifficulty(row.level),
    dataset: row.source,
    url: row.url,
    date: row.year,
    notes: boxed === null ? given.notes : [...given.notes, 'answer taken from the last \\boxed{} of the solution'],
  };
};

function numberDifficulty(value: Plain['difficulty'], scale: string): { value: number; scale: string } | null {
  return typeof value === 'number' ? { value, scale } : null;
}

/** MATH: 1 to 5, as a number or `Level 5`. */
function levelDifficulty(level: Plain['level']): { value: number; scale: string } | null {
  const value = typeof level === 'number' ? level : Number(/(\d+)$/.exec(level ?? '')?.[1] ?? Number.NaN);
  return Number.isNaN(value) ? null : { value, scale: 'MATH level 1-5' };
}

/** MATH, MATH-500: problem, solution, subject or type, level; the training files have no answer field. */
export const math = importer('math',
  (record) => hasFields(record, 'problem', 'level') && (hasFields(record, 'subject') || hasFields(record, 'type')),
  PlainSchema, (row) => plainDraft(row, 'as stated'));

/** DeepScaleR-Preview and the training inputs of its project (AIME, MATH, AMC, Minerva, OlympiadBench files). */
export const deepscaler = importer('deepscaler',
  (record) => hasFields(record, 'problem', 'answer') && (hasFields(record, 'solution') || hasFields(record, 'difficulty')),
  PlainSchema, (row) => plainDraft(row, 'DeepScaleR'));

/** MathArena sets (HMMT and others): `problem_idx`; an answer is a text or a number. */
export const matharena = importer('matharena',
  (record) => hasFields(record, 'problem', 'problem_idx', 'answer'),
  PlainSchema, (row) => plainDraft(row, 'as stated'));

/** AceReason-Math: problem and answer only. */
export const acereason = importer('acereason-math',
  (record) => hasFields(record, 'problem', 'answer') && Object.keys(record).length === 2,
  PlainSchema, (row) => plainDraft(row, 'as stated'));

/** Any other set with `problem` and `answer`, such as benchmark files. */
export const problemAnswer = importer('problem-answer',
  (record) => hasFields(record, 'problem') && (hasFields(record, 'answer') || hasFields(record, 'solution')),
  PlainSchema, (row) => plainDraft(row, 'as stated'));

/** The same with capitalised fields, as some AIME files have them. */
export const capitalised = importer('aime-capitalised',
  (record) => hasFields(record, 'Problem', 'Answer'),
  v.object({ Problem: v.string(), Answer: AnswerSchema, ID: OptionalLabel, Solution: OptionalText }),
  (row) => ({ id: row.ID, domain: 'math', statement: row.Problem, solution: row.Solution, ...answerText(row.Answer) }));

/** TTRL's copies of DeepScaleR and the difficulty levels made from it: `prompt` instead of `problem`. */
export const ttrl = importer('ttrl',
  (record) => hasFields(record, 'prompt', 'answer') && typeof record['prompt'] === 'string',
  v.object({ prompt: v.string(), answer: AnswerSchema, source: OptionalText, id: OptionalLabel, difficulty_level: v.nullish(v.number()) }),
  (row) => ({
    id: row.id, domain: 'math', statement: row.prompt, dataset: row.source, ...answerText(row.answer),
    difficulty: typeof row.difficulty_level === 'number' ? { value: row.difficulty_level, scale: 'level 1-5' } : null,
  }));

/** AceReason-Math rows inside of NeMo Gym's wrapper. */
export const nemoGymProblems = importer('nemo-gym',
  (record) => hasFields(record, 'responses_create_params') && !hasFields(record, 'response') && (hasFields(record, 'question') || hasFields(record, 'expected_answer')),
  v.object({
    responses_create_params: v.object({ input: v.union([v.string(), v.array(MessageSchema)]) }),
    question: OptionalText, answer: AnswerSchema, expected_answer: AnswerSchema, example_id: OptionalLabel, task: OptionalText,
  }),
  (row) => {
    const input = row.responses_create_params.input;
    const prompt = typeof input === 'string' ? [{ role: 'user', content: input }] : input;
    const asked = prompt.findLast((message) => message.role === 'user')?.content ?? '';
    return { domain: 'math', statement: row.question ?? asked, prompt, dataset: row.task, ...answerText(row.answer ?? row.expected_answer),
      id: row.example_id === undefined || row.task === undefined ? undefined : `${row.task}/${row.example_id}` };
  });
