import * as v from 'valibot';
import type { TestCase } from '../../protocol/problem.ts';
import { methodIn } from './deepcoder.ts';
import { hasFields, importer, OptionalLabel, OptionalText } from './importer.ts';
import { testsInCheck, testsOfAsserts, readArguments } from './pythonAsserts.ts';
import { NotALiteral, readLiteral } from './pythonLiteral.ts';
import { notRepresentable, suite } from './tests.ts';
import type { FoundTests } from './tests.ts';

/** LeetCodeDataset: tests as `name = value, name = value`; v0.2.0 keeps the statement in `meta.question_title`. */
export const leetcodeDataset = importer('leetcodedataset',
  (record) => hasFields(record, 'task_id', 'entry_point', 'input_output'),
  v.object({
    task_id: OptionalLabel, prompt: OptionalText, completion: OptionalText, entry_point: v.string(), query: OptionalText, problem_description: OptionalText,
    input_output: v.nullish(v.array(v.object({ input: v.string(), output: v.nullish(v.string()) }))), estimated_date: OptionalText,
    meta: v.nullish(v.object({ question_title: OptionalText, lang_code: OptionalText, difficulty: OptionalText })), starter_code: OptionalText,
  }),
  (row) => {
    const starter = row.starter_code ?? row.meta?.lang_code;
    const found = leetcodeTests(row.input_output ?? [], row.entry_point, starter ?? '');
    const title = row.meta?.question_title;
    return {
      id: row.task_id, domain: 'code', tests: found.tests, starterCode: starter, solution: row.completion, date: row.estimated_date,
      statement: row.problem_description ?? (title !== undefined && title.length > 80 ? title : row.query ?? title ?? ''),
      notes: [...found.notes, ...(row.meta?.difficulty === undefined ? [] : [`difficulty: ${row.meta.difficulty}`])],
    };
  });

function leetcodeTests(pairs: readonly { input: string; output?: string | null | undefined }[], entryPoint: string, starter: string): FoundTests {
  const method = /(\w+)$/.exec(entryPoint)?.[1] ?? methodIn(starter);
  if (method === null) return notRepresentable('the name of the function is not known');
  const node = /\b(ListNode|TreeNode|Node)\b/.exec(starter)?.[1];
  if (node !== undefined) return notRepresentable(`arguments of type ${node}`);
  const cases: TestCase[] = [];
  try {
    for (const { input, output } of pairs) {
      // A failed reference run is recorded as an error text; such a pair is no test.
      if (output === null || output === undefined || /^(?:Error|Execution timed out)/.test(output)) continue;
      const expected = readLiteral(output);
      cases.push({ input: readArguments(input, 0).values.map((value) => JSON.stringify(value)).join('\n'), output: JSON.stringify(expected.value) });
    }
  } catch (error) {
    if (error instanceof NotALiteral) return notRepresentable(error.message);
    throw error;
  }
  return suite(method, cases);
}

/** HumanEval: the check function, where it holds plain assertions only; HumanEval+ has inputs whose results only the reference gives. */
export const humanEval = importer('humaneval',
  (record) => hasFields(record, 'task_id', 'prompt', 'entry_point', 'canonical_solution'),
  v.object({ task_id: OptionalLabel, prompt: v.string(), entry_point: v.string(), canonical_solution: OptionalText, test: OptionalText }),
  (row) => ({
    id: row.task_id, domain: 'code', statement: row.prompt, starterCode: row.prompt, solution: row.canonical_solution === undefined ? undefined : row.prompt + row.canonical_solution,
    ...(row.test === undefined ? notRepresentable('results come from the reference solution') : testsInCheck(row.test, row.entry_point)),
  }));

/** MBPP: a list of assertions. */
export const mbpp = importer('mbpp',
  (record) => hasFields(record, 'test_list') && (hasFields(record, 'text') || hasFields(record, 'content') || hasFields(record, 'prompt')),
  v.object({ id: OptionalLabel, task_id: OptionalLabel, text: OptionalText, content: OptionalText, prompt: OptionalText, code: OptionalText, canonical_solution: OptionalText, test_list: v.array(v.string()) }),
  (row) => {
    const name = /assert\s+(\w+)\(/.exec(row.test_list[0] ?? '')?.[1];
    const found = name === undefined ? notRepresentable('assertions that call no function') : testsOfAsserts(row.test_list.map((line) => line.trim().replace(/^assert\s+/, 'assert ')), name, name);
    return { id: row.task_id ?? row.id, domain: 'code', statement: row.text ?? row.content ?? row.prompt ?? '', solution: row.code ?? row.canonical_solution, ...found };
  });

/** KodCode: pytest files cannot be told as inputs and outputs. */
export const kodcode = importer('kodcode',
  (record) => hasFields(record, 'question_id', 'question', 'test_code'),
  v.object({
    question_id: OptionalLabel, question: v.string(), solution: OptionalText, subset: OptionalText, gpt_difficulty: OptionalText,
    gpt_pass_sequence: v.nullish(v.array(v.number())), gpt_pass_trial_num: v.nullish(v.number()),
  }),
  (row) => ({
    id: row.question_id, domain: 'code', statement: row.question, solution: row.solution, dataset: row.subset,
    passRate: row.gpt_pass_sequence ? { correct: row.gpt_pass_sequence.filter((pass) => pass === 1).length, attempts: row.gpt_pass_sequence.length, model: 'KodCode attempts' } : null,
    notes: [...notRepresentable('a pytest file').notes, ...(row.gpt_difficulty === undefined ? [] : [`difficulty: ${row.gpt_difficulty}`])],
  }));

/** TACO's published generations: statements of the test split; the tests are not in the file. */
export const tacoStatements = importer('taco-generations',
  (record) => hasFields(record, 'task_id', 'prompt', 'output') && Array.isArray(record['output']),
  v.object({ task_id: OptionalLabel, prompt: v.string() }),
  (row) => ({ id: row.task_id, domain: 'code', statement: row.prompt, notes: ['tests are not in this file'] }));
