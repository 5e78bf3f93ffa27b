import { constants, createReadStream } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { addAbortSignal, type Readable } from 'node:stream';
import * as v from 'valibot';
import { schemaMessage } from '../protocol/schemaMessage.ts';
import { parseExact } from '../records/jsonText.ts';
import { bomLength } from '../records/sniff.ts';
import { UsageError, type CommandIo } from './command.ts';
import { isMissing } from './tokenFile.ts';

/** A line longer than this is refused instead of held in memory, bytes. */
const MAX_LINE_BYTES = 256 * 1024 * 1024;
const NEWLINE = 10;

export interface JsonLine<T> {
  /** 0-based line in the file. */
  readonly line: number;
  readonly value: T;
}

/** @throws UsageError where there is no file of that name that can be read */
export async function requireFile(path: string): Promise<void> {
  try {
    if (!(await stat(path)).isFile()) throw new UsageError(`${path} is not a file`);
    await access(path, constants.R_OK);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(isMissing(error) ? `${path}: no such file` : error instanceof Error ? error.message : String(error));
  }
}

/** Opens a file, or standard input for `-`. Waiting for input ends with the signal. */
export async function openInput(path: string, { stdin, signal }: Pick<CommandIo, 'stdin' | 'signal'>): Promise<Readable> {
  if (path === '-') return addAbortSignal(signal, stdin);
  await requireFile(path);
  return createReadStream(path);
}

/**
 * Reads JSON lines and parses each with a schema; blank lines are skipped. A line that is wrong goes to `onBad` with a
 * message that names file, line and field, and reading goes on.
 */
export async function* readJsonLines<S extends v.GenericSchema>(input: Readable, name: string, schema: S, onBad: (message: string, line: number) => void): AsyncGenerator<JsonLine<v.InferOutput<S>>> {
  for await (const { line, bytes } of linesOf(input, name)) {
    const parsed = parseLine(bytes, schema);
    if (parsed === null) continue;
    if (parsed.ok) yield { line, value: parsed.value };
    else onBad(`${name}:${line + 1}: ${parsed.message}`, line);
  }
}

/** The lines of a stream as they come, without their ends and without a byte order mark before the first. */
export async function* linesOf(input: AsyncIterable<unknown>, name: string): AsyncGenerator<{ readonly line: number; readonly bytes: Buffer }> {
  let line = 0;
  for await (const bytes of splitLines(input, name)) yield { line, bytes: line++ === 0 ? bytes.subarray(bomLength(bytes)) : bytes };
}

function parseLine<S extends v.GenericSchema>(bytes: Buffer, schema: S): { ok: true; value: v.InferOutput<S> } | { ok: false; message: string } | null {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { ok: false, message: 'is not UTF-8' };
  }
  if (text.trim() === '') return null;
  let json: unknown;
  try {
    json = parseExact(text);
  } catch (error) {
    return { ok: false, message: `is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const result = v.safeParse(schema, json);
  if (result.success) return { ok: true, value: result.output };
  const [issue] = result.issues;
  return { ok: false, message: `${v.getDotPath(issue) ?? 'record'}: ${schemaMessage(issue)}` };
}

async function* splitLines(input: AsyncIterable<unknown>, name: string): AsyncGenerator<Buffer> {
  let pending: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    // Safe: the streams here have no encoding set, so they carry buffers.
    let rest = chunk as Buffer;
    for (let at = rest.indexOf(NEWLINE); at >= 0; at = rest.indexOf(NEWLINE)) {
      pending.push(rest.subarray(0, at));
      yield pending.length === 1 && pending[0] ? pending[0] : Buffer.concat(pending);
      pending = [];
      size = 0;
      rest = rest.subarray(at + 1);
    }
    if (rest.length > 0) {
      size += rest.length;
      if (size > MAX_LINE_BYTES) throw new UsageError(`${name}: a line is longer than ${MAX_LINE_BYTES / 1024 / 1024} MiB`);
      pending.push(rest);
    }
  }
  if (pending.length > 0) yield Buffer.concat(pending);
}
