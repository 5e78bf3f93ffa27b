import type { CodeSeed } from '../seeds.ts';
import { functionProblems } from './functions.ts';
import { gridProblems } from './grids.ts';
import { listProblems } from './lists.ts';
import { numberProblems } from './numbers.ts';
import { textProblems } from './text.ts';

/** Every code seed, in file order of `problems/code.jsonl`. */
export const codeSeeds: readonly CodeSeed[] = [...textProblems, ...numberProblems, ...gridProblems, ...listProblems, ...functionProblems];
