import { rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileWriter, parquetWrite } from 'hyparquet-writer';
import type { SchemaElement } from 'hyparquet';
import type { Message, Problem } from '../../protocol/problem.ts';
import { writeAtomically } from '../decisions.ts';
import { testsLine, testsPathOf } from '../testsBeside.ts';

/** How the prompt of a row is made: as the source file had it, or the bare statement with one instruction of ours. */
export type PromptStyle = 'source' | 'boxed';

export interface VerlOptions {
  /** `train`, `val`, ...: goes to `extra_info.split`. */
  readonly split: string;
  readonly promptStyle?: PromptStyle;
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

/** Rows in one row group. */
const ROW_GROUP = 2000;

/**
 * Writes problems as rows for veRL. Code tests stay out of the rows: `ground_truth` is the problem's id and the tests go to
 * `<target>.tests.jsonl`. Rejects, leaving nothing behind, when a problem has neither answer nor tests.
 */
export async function writeVerlParquet(problems: readonly Problem[], target: string, options: VerlOptions): Promise<{ readonly rows: number; readonly testsPath: string | null }> {
  const unusable = problems.find((problem) => problem.answer === null && problem.tests === null);
  if (unusable !== undefined) throw new Error(`problem ${unusable.id} has neither an answer nor tests: it cannot be written to ${target}`);
  const temporary = `${target}.writing`;
  try {
    await parquetWrite({
      writer: fileWriter(temporary),
      schema: [...SCHEMA],
      columnData: [
        { name: 'data_source', data: problems.map((problem) => problem.provenance.dataset || basename(target)) },
        { name: 'prompt', data: problems.map((problem) => promptOf(problem, options.promptStyle ?? 'source')) },
        { name: 'ability', data: problems.map((problem) => problem.domain) },
        { name: 'reward_model', data: problems.map((problem) => ({ style: 'rule', ground_truth: problem.domain === 'code' ? problem.id : problem.answer ?? '' })) },
        { name: 'extra_info', data: problems.map((problem, index) => extraOf(problem, index, options.split)) },
      ],
      rowGroupSize: ROW_GROUP,
    });
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  const testsPath = testsPathOf(target);
  const lines = problems.flatMap((problem) => (problem.tests === null ? [] : [testsLine(problem.id, problem.tests)]));
  if (lines.length === 0) {
    await rm(testsPath, { force: true });
    return { rows: problems.length, testsPath: null };
  }
  await writeAtomically(testsPath, `${lines.join('\n')}\n`);
  return { rows: problems.length, testsPath };
}

/** The paper's instruction for math; code gets the starter code where there is one. */
function promptOf(problem: Problem, style: PromptStyle): Message[] {
  if (style === 'source') return problem.prompt.map(({ role, content }) => ({ role, content }));
  if (problem.domain === 'math') return [{ role: 'user', content: `${problem.statement}\n\nPlease reason step by step, and put your final answer within \\boxed{}.` }];
  const start = problem.starterCode === undefined ? 'Read the input from standard input and write the answer to standard output.' : `Use this starter code:\n\`\`\`python\n${problem.starterCode}\n\`\`\``;
  return [{ role: 'user', content: `${problem.statement}\n\n${start}\n\nPut the whole program into one \`\`\`python block.` }];
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
