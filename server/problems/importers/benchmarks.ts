import * as v from 'valibot';
import { DomainSchema } from '../../protocol/problem.ts';
import { answerText, AnswerSchema, hasFields, importer, OptionalLabel, OptionalText } from './importer.ts';
import { afterHashes } from './solutionAnswer.ts';

/** GSM8K: the answer field is the working, `#### 72` its last line. */
export const gsm8k = importer('gsm8k',
  (record) => hasFields(record, 'question', 'answer') && typeof record['answer'] === 'string' && record['answer'].includes('####'),
  v.object({ question: v.string(), answer: v.string(), id: OptionalLabel }),
  (row) => ({ id: row.id, domain: 'math', statement: row.question, answer: afterHashes(row.answer), solution: row.answer }));

/** OlympiadBench: `final_answer` is a list. */
export const olympiadBench = importer('olympiadbench',
  (record) => hasFields(record, 'final_answer', 'question'),
  v.object({
    id: OptionalLabel, question: v.string(), context: OptionalText, final_answer: AnswerSchema,
    solution: v.nullish(v.union([v.string(), v.array(v.string())])), unit: OptionalText, error: v.nullish(v.union([v.string(), v.number()])),
  }),
  (row) => {
    const { answer, notes } = answerText(row.final_answer);
    return {
      id: row.id, domain: 'math', answer,
      statement: row.context === undefined ? row.question : `${row.context}\n\n${row.question}`,
      solution: Array.isArray(row.solution) ? row.solution.join('\n\n') : row.solution ?? undefined,
      notes: [...notes, ...(row.unit === undefined ? [] : [`unit: ${row.unit}`]), ...(row.error ? [`error: ${String(row.error)}`] : [])],
    };
  });

/** CollegeMath: the answer is often wrapped in dollars. */
export const collegeMath = importer('collegemath',
  (record) => hasFields(record, 'question', 'answer', 'data_topic'),
  v.object({ question: v.string(), answer: AnswerSchema, data_source: OptionalText, question_number: OptionalLabel, license: OptionalText }),
  (row) => ({ domain: 'math', statement: row.question, dataset: row.data_source, licence: row.license, ...answerText(row.answer),
    id: row.question_number === undefined ? undefined : `${row.data_source ?? 'college_math'}/${row.question_number}` }));

/** AQuA: five labelled options, the answer is a letter. */
export const aqua = importer('aqua',
  (record) => hasFields(record, 'question', 'options', 'correct'),
  v.object({ question: v.string(), options: v.array(v.string()), rationale: OptionalText, correct: v.string() }),
  (row) => ({ domain: 'math', statement: `${row.question}\n${row.options.join('\n')}`, answer: row.correct.trim(), solution: row.rationale }));

/** TAL-SCQ5K: single choice with the options in a nested list. */
export const talScq = importer('tal-scq5k',
  (record) => hasFields(record, 'problem', 'answer_option_list', 'answer_value'),
  v.object({ problem: v.string(), answer_option_list: v.array(v.array(v.object({ aoVal: v.string(), content: v.string() }))), answer_value: v.string(), queId: OptionalLabel, qid: OptionalLabel }),
  (row) => ({
    id: row.queId ?? row.qid, domain: 'math', answer: row.answer_value.trim(),
    statement: `${row.problem}\n${row.answer_option_list.flat().map((option) => `(${option.aoVal}) ${option.content.trim()}`).join('\n')}`,
  }));

/** Ape210K: Chinese word problems; the file is JSON lines whatever its name says. */
export const ape210k = importer('ape210k',
  (record) => hasFields(record, 'original_text', 'ans'),
  v.object({ id: OptionalLabel, original_text: v.string(), ans: AnswerSchema, equation: OptionalText }),
  (row) => ({ id: row.id, domain: 'math', statement: row.original_text, solution: row.equation, ...answerText(row.ans) }));

/** GAOKAO-Bench: the records lie in the file's member `example`. */
export const gaokaoBench = importer('gaokao-bench',
  (record) => hasFields(record, 'question', 'analysis', 'year'),
  v.object({ question: v.string(), answer: AnswerSchema, analysis: OptionalText, year: OptionalLabel, category: OptionalText, index: OptionalLabel }),
  (row) => ({ domain: 'math', statement: row.question, solution: row.analysis, date: row.year, dataset: row.category, ...answerText(row.answer),
    id: row.index === undefined ? undefined : `${row.year ?? ''}${row.category ?? ''}/${row.index}` }));

/** GAOKAO 2023 (English) and any other set with `question` and `answer`. */
export const questionAnswer = importer('question-answer',
  (record) => hasFields(record, 'question', 'answer'),
  v.object({ question: v.string(), answer: AnswerSchema, id: OptionalLabel, source: OptionalText, solution: OptionalText, url: OptionalText }),
  (row) => ({ id: row.id, domain: 'math', statement: row.question, dataset: row.source, solution: row.solution, url: row.url, ...answerText(row.answer) }));

/** Bare statements (`text`, an optional answer): lists made for curation and decontamination. */
export const textOnly = importer('text',
  (record) => hasFields(record, 'text'),
  v.object({ id: OptionalLabel, text: v.string(), answer: AnswerSchema, domain: v.fallback(v.optional(DomainSchema), undefined), pool: OptionalText, repo: OptionalText, benchmark: OptionalText }),
  (row) => ({ id: row.id, domain: row.domain ?? (/code/.test(row.pool ?? '') ? 'code' : 'math'), statement: row.text, dataset: row.repo ?? row.benchmark, benchmark: row.benchmark, ...answerText(row.answer) }));

const STATEMENT_FIELDS = ['problem', 'question', 'statement'] as const;
/** Fields of files that are no problem sets: rollouts, pairs of answers. */
const OTHER_FILES = ['response', 'responses', 'output', 'outputs', 'completion', 'generation', 'generations', 'gold', 'pred', 'candidate_id'];

/** A statement and nothing to check an answer with: a held-out list. Good for decontamination, invalid for training. */
export const statementOnly = importer('statement',
  (record) => STATEMENT_FIELDS.some((field) => hasFields(record, field) && typeof record[field] === 'string') && !OTHER_FILES.some((field) => hasFields(record, field)),
  v.object({ id: OptionalLabel, problem: OptionalText, question: OptionalText, statement: OptionalText, answer: AnswerSchema, domain: v.optional(DomainSchema), benchmark: OptionalText }),
  (row) => ({ id: row.id, domain: row.domain ?? 'math', statement: row.statement ?? row.problem ?? row.question ?? '', dataset: row.benchmark, benchmark: row.benchmark, ...answerText(row.answer) }));
