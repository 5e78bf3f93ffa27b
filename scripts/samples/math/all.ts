import type { MathSeed } from '../seeds.ts';
import { algebra } from './algebra.ts';
import { calculus } from './calculus.ts';
import { combinatorics } from './combinatorics.ts';
import { geometry } from './geometry.ts';
import { caught, mixed } from './mixed.ts';
import { numberTheory } from './numberTheory.ts';
import { probability } from './probability.ts';

/** Every math seed, in file order of `problems/math.jsonl`. */
export const mathSeeds: readonly MathSeed[] = [
  ...algebra, ...numberTheory, ...combinatorics, ...geometry, ...probability, ...calculus, ...mixed, ...caught,
];
