/**
 * The hand-written material behind the sample workspace: what a problem asks, how it is solved, and how people (and
 * policies) plausibly go wrong on it. The generator turns these seeds into problem sets and recorded rollouts.
 */

/** Scratch work: `line(k)` computes the k-th line of some table, check or trace, so that long thinking stays real. */
export interface Probe {
  readonly say: string;
  line(k: number): string;
}

/** A wrong way: its working, the answer it ends in, and (optionally) how the slip would be noticed. */
export interface WrongPath {
  readonly answer: string;
  readonly steps: readonly string[];
  readonly noticed?: string;
}

/** Typical length of a response: about 250-800, 700-2,500 or 2,500-14,000 tokens. */
export type Size = 's' | 'm' | 'l';

export interface MathSeed {
  readonly id: string;
  readonly problem: string;
  readonly answer: string;
  /** Equal answers written differently; a verifier must pay them. */
  readonly forms?: readonly string[];
  /** Failures in 8 attempts of the (imagined) reference model. */
  readonly difficulty: number | null;
  /** Recorded rollouts: `correct` of `samples` (default 8) end in an answer that deserves the reward. */
  readonly correct: number;
  readonly samples?: number;
  readonly size: Size;
  readonly steps: readonly string[];
  /** The final answer's explanation; the box is appended. */
  readonly writeup: string;
  readonly wrong: readonly WrongPath[];
  readonly probes: readonly Probe[];
  /** Where the statement comes from when it is not original. */
  readonly origin?: { readonly url: string; readonly licence: string };
}

export type FailureKind = 'wrong' | 'time' | 'exception' | 'load';

export interface WrongProgram {
  readonly code: string;
  readonly kind: FailureKind;
  readonly steps: readonly string[];
}

export interface CodeSeed {
  readonly id: string;
  readonly title: string;
  readonly problem: string;
  /** Name of the function (or method of class Solution) to call; null for stdin problems. */
  readonly funcName: string | null;
  readonly starterCode?: string;
  /** Pairs of input and expected output; for calls, one JSON value per input line. */
  readonly cases: readonly (readonly [input: string, output: string])[];
  readonly timeLimitSeconds?: number;
  readonly difficulty: number;
  readonly correct: number;
  readonly samples?: number;
  readonly size: Size;
  readonly steps: readonly string[];
  readonly solution: string;
  /** Other correct programs. */
  readonly variants?: readonly string[];
  readonly wrong: readonly WrongProgram[];
  readonly probes: readonly Probe[];
}

/** LaTeX and Python are written without doubled backslashes. */
export const raw = String.raw;
