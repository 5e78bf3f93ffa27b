import type { SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { codeSeeds } from './code/all.ts';
import { codeRollouts } from './codeRollouts.ts';
import { mathSeeds } from './math/all.ts';
import { mathRollouts } from './mathRollouts.ts';
import { codeProblems, deepScaleRRows, mathProblems, verlColumns } from './problemSets.ts';
import { DUMP_STEP, verlDump } from './verlDump.ts';

/** A generated file: path relative to the sample workspace, and its bytes. */
export interface SampleFile {
  readonly path: string;
  readonly content: Uint8Array;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const lines = (records: readonly object[]): Uint8Array => bytes(records.map((record) => `${JSON.stringify(record)}\n`).join(''));

const text = (name: string): SchemaElement => ({ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' });
const group = (name: string, children: number): SchemaElement => ({ name, num_children: children, repetition_type: 'REQUIRED' });

/** Columns of a veRL data file. */
const verlSchema: SchemaElement[] = [
  { name: 'schema', num_children: 5 },
  text('data_source'),
  { name: 'prompt', num_children: 1, repetition_type: 'REQUIRED', converted_type: 'LIST' },
  { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
  group('element', 2), text('role'), text('content'),
  text('ability'),
  group('reward_model', 2), text('style'), text('ground_truth'),
  group('extra_info', 4), { name: 'index', type: 'INT64', repetition_type: 'REQUIRED' }, text('split'), text('question'), text('solution'),
];

/** Everything that the generator writes. */
export function sampleFiles(): SampleFile[] {
  return [
    { path: 'problems/math.jsonl', content: lines(mathProblems()) },
    { path: 'problems/code.jsonl', content: lines(codeProblems()) },
    { path: 'problems/more/deepscaler-like.json', content: bytes(`${JSON.stringify(deepScaleRRows(), null, 2)}\n`) },
    { path: 'problems/more/verl-like.parquet', content: new Uint8Array(parquetWriteBuffer({ columnData: verlColumns(), schema: verlSchema })) },
    { path: 'rollouts/math-policy.jsonl', content: lines(mathSeeds.flatMap((seed) => mathRollouts(seed).map(({ record }) => record))) },
    { path: 'rollouts/code-policy.jsonl', content: lines(codeSeeds.flatMap((seed) => codeRollouts(seed).map(({ record }) => record))) },
    { path: `rollouts/verl-dump/${DUMP_STEP}.jsonl`, content: lines(verlDump().map(({ row }) => row)) },
  ];
}
