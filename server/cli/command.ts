import type { Readable, Writable } from 'node:stream';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import * as v from 'valibot';
import { ThinkingChoiceSchema, type ThinkingChoice } from '../protocol/thinking.ts';

/** Exit codes of the command line, a contract: done (whatever the verdicts), bad usage or input, work left undone. */
export const EXIT_DONE = 0;
export const EXIT_USAGE = 2;
export const EXIT_UNDONE = 3;

/** Data goes to `stdout`, progress and messages to `stderr`. `signal` fires on Ctrl-C. */
export interface CommandIo {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly signal: AbortSignal;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Printed by `rlvr help NAME`: usage line and options. */
  readonly usage: string;
  /** Returns the exit code. Throws UsageError for bad usage or input. */
  run(args: readonly string[], io: CommandIo): Promise<number>;
}

/** Bad usage or bad input: the message goes to standard error and the exit code is 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

type Options = NonNullable<ParseArgsConfig['options']>;

/** `util.parseArgs` in strict mode whose complaints are usage errors. */
export function parseCommandArgs<O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** A whole number option within bounds, or its default. */
export function wholeNumber(name: string, text: string | undefined, fallback: number, min: number, max: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) throw new UsageError(`--${name} takes a whole number from ${min} to ${max}, not ${JSON.stringify(text)}`);
  return value;
}

/** `--thinking-opened auto|yes|no`; undefined where it is not given, so that a run's stage decides. */
export function thinkingChoice(text: string | undefined): ThinkingChoice | undefined {
  if (text === undefined) return undefined;
  const parsed = v.safeParse(ThinkingChoiceSchema, text);
  if (!parsed.success) throw new UsageError(`--thinking-opened is auto, yes or no, not ${JSON.stringify(text)}`);
  return parsed.output;
}
