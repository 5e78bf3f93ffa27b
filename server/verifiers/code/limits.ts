/** Bounds of one candidate. Seconds are charged seconds: CPU time of all threads plus time asleep (clock.py). */
export interface Limits {
  /** Per test, and once for loading. */
  readonly seconds: number;
  /** Address space above what the warm interpreter has already. */
  readonly memoryMb: number;
  /** Characters of output or of a returned value, per test. */
  readonly outputChars: number;
}

/** LiveCodeBench's own time limit, and the memory its comments intend. */
export const DEFAULT_LIMITS: Limits = { seconds: 6, memoryMb: 4096, outputChars: 16 * 1024 * 1024 };

/** Largest test input, in bytes; and all inputs and outputs of a problem together, in UTF-16 units. */
export const MAX_SUITE_CHARS = 512 * 1024 * 1024;
export const MAX_TESTS = 100_000;
/** Largest program, in UTF-16 units. Longer ones are judged incorrect without being run. */
export const MAX_PROGRAM_CHARS = 16 * 1024 * 1024;

/**
 * Wall time per test after which the machine is to blame, in seconds: a program that gets a twentieth of a processor
 * still reaches its own limit first.
 */
export const wallSeconds = (limits: Limits): number => 20 * limits.seconds + 30;
