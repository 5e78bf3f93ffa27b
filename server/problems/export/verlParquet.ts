import { rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import type { ColumnSource } from 'hyparquet-writer';
import type { SchemaElement } from 'hyparquet';
import type { Problem } from '../../protocol/problem.ts';
import type { Work } from '../../records/work.ts';
import { writeError } from '../../records/writeError.ts';
import { testsLine, testsPathOf } from '../testsBeside.ts';
import { LineWriter } from './lineWriter.ts';
import { trainingPrompt } from './trainingPrompt.ts';

export interface VerlOptions {
  /** `train`, `val`, ...: goes to `extra_info.split`. */
  readonly split: string;
}

const text = (name: string, optional = false): SchemaElement =>
  ({ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: optional ? 'OPTIONAL' : 'REQUIRED' });
const group = (name: string, children: number): SchemaElement => ({ name, num_children: children, repetition_type: 'REQUIRED' });
const integer = (name: string): SchemaElement => ({ name, type: 'INT64', repetition_type: 'OPTIONAL' });
const double = (name: string): SchemaElement => ({ name, type: 'DOUBLE', repetition_type: 'OPTIONAL' });

/** Columns of verl.md section 3; `extra_info` as formats.md section 5. The same struct in every row. */
const SCHEMA: readonly SchemaElement[] = [
  { name: 'schema', num_children: 5 },
  text('data_source'),
  { name: 'prompt', num_children: 1, repetition_type: 'REQUIRED', converted_type: 'LIST' },
  { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
  group('element', 2), text('role'), text('content'),
  text('ability'),
  group('reward_model', 2), text('style'), text('ground_truth'),
  group('extra_info', 14),
  { name: 'index', type: 'INT64', repetition_type: 'REQUIRED' }, text('split'), text('id'), text('question'),
  text('source', true), integer('source_index'), text('url', true), text('licence', true),
  double('pass_rate'), integer('correct'), integer('attempts'), text('attempts_model', true), double('difficulty'), text('difficulty_scale', true),
];

/** Rows in one row group: so many are held in memory at once. */
const ROW_GROUP = 1000;

/**
 * Writes problems as rows for veRL, row group by row group. Code tests stay out of the rows: `ground_truth` is the problem's id
 * and the tests go to `<target>.tests.jsonl`. Rejects, leaving nothing behind, when a problem cannot be rewarded.
 */
export async function writeVerlParquet(problems: Iterable<Problem> | AsyncIterable<Problem>, target: string, options: VerlOptions, work: Work = {}): Promise<{ readonly rows: number; readonly testsPath: string | null }> {
  const temporary = `${target}.writing`;
  const tests = new LineWriter(testsPathOf(target));
  try {
    const writer = new ParquetWriter({ writer: fileWriter(temporary), schema: [...SCHEMA] });
    let rows = 0;
    let group: Problem[] = [];
    const writeGroup = async (): Promise<void> => {
      await writer.write({ columnData: columnsOf(group, rows, target, options), rowGroupSize: ROW_GROUP });
      rows += group.length;
      group = [];
      await new Promise((resolve) => setImmediate(resolve));
      work.signal?.throwIfAborted();
    };
    for await (const problem of problems) {
      if (!usableByVerl(problem)) throw new Error(`problem ${problem.id} has no ${problem.domain === 'code' ? 'tests' : 'answer'}: it cannot be written to ${target}`);
      if (problem.tests !== null) await tests.add(testsLine(problem.id, problem.tests));
      // The tests are on disk already and may be large.
      group.push({ ...problem, tests: null });
      if (group.length === ROW_GROUP) await writeGroup();
    }
    if (group.length > 0) await writeGroup();
    await writer.finish();
    const withTests = await tests.finish(true);
    await rename(temporary, target);
    return { rows, testsPath: withTests === 0 ? null : testsPathOf(target) };
  } catch (error) {
    await Promise.all([tests.abandon(), rm(temporary, { force: true })]);
    throw writeError(target, error);
  }
}

/** veRL's reward needs an answer for math and tests for code. */
export function usableByVerl(problem: Problem): boolean {
  return problem.domain === 'code' ? problem.tests !== null : problem.answer !== null && problem.answer.trim() !== '';
}

function columnsOf(problems: readonly Problem[], first: number, target: string, { split }: VerlOptions): ColumnSource[] {
  return [
    { name: 'data_source', data: problems.map((problem) => problem.provenance.dataset || basename(target)) },
    { name: 'prompt', data: problems.map(trainingPrompt) },
    { name: 'ability', data: problems.map((problem) => problem.domain) },
    { name: 'reward_model', data: problems.map((problem) => ({ style: 'rule', ground_truth: problem.domain === 'code' ? problem.id : problem.answer ?? '' })) },
    { name: 'extra_info', data: problems.map((problem, i) => extraOf(problem, first + i, split)) },
  ];
}

function extraOf(problem: Problem, index: number, split: string): Record<string, unknown> {
  const { provenance, passRate, difficulty } = problem;
  return {
    index: BigInt(index), split, id: problem.id, question: problem.statement,
    source: provenance.dataset, source_index: BigInt(provenance.row), url: provenance.url ?? null, licence: provenance.licence ?? null,
    pass_rate: passRate === null || passRate.attempts === 0 ? null : passRate.correct / passRate.attempts,
    correct: passRate === null ? null : BigInt(passRate.correct), attempts: passRate === null ? null : BigInt(passRate.attempts),
    attempts_model: passRate?.model ?? null,
    difficulty: difficulty?.value ?? null, difficulty_scale: difficulty?.scale ?? null,
  };
}
