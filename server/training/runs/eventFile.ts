/** Reading events.jsonl: one event a line, numbered from 1 without gaps. */
import { appendFile, truncate } from 'node:fs/promises';
import * as v from 'valibot';
import { RunEventSchema, type RunEvent } from '../../protocol/training.ts';
import { schemaMessage } from '../../protocol/schemaMessage.ts';
import { errorCode } from './files.ts';
import { readLines } from './lines.ts';

export type ParsedEvent = { readonly event: RunEvent } | { readonly problem: string };

/** One line of events.jsonl. */
export function parseEvent(text: string): ParsedEvent {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { problem: `not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const parsed = v.safeParse(RunEventSchema, json);
  if (parsed.success) return { event: parsed.output };
  const issue = parsed.issues[0];
  return { problem: `field ${v.getDotPath(issue) ?? '(line)'}: ${schemaMessage(issue)}` };
}

/** What a scan of the file found besides its events. */
export interface EventScan {
  /** Bytes up to the end of the last complete line. */
  readonly size: number;
  readonly lastSeq: number;
  readonly issues: readonly string[];
  /** A last line without newline, or null. */
  readonly torn: { readonly start: number; readonly text: string } | null;
}

/** A wrong file has more issues than anybody reads: beyond these they are counted. */
const MAX_ISSUES = 100;

/** Where an earlier scan ended. */
export interface ScanStart { readonly size: number; readonly lastSeq: number }

/**
 * Reads the events of a file, which may be missing, from its beginning or from where an earlier scan ended. A bad line is
 * reported with its place and skipped, the rest goes on.
 */
export async function scanEvents(path: string, each: (event: RunEvent) => void, from: ScanStart = { size: 0, lastSeq: 0 }): Promise<EventScan> {
  const issues: string[] = [];
  let unlisted = 0;
  const tell = (start: number, issue: string): void => {
    if (issues.length < MAX_ISSUES) issues.push(`events.jsonl at byte ${start}: ${issue}`);
    else unlisted += 1;
  };
  let { size, lastSeq } = from;
  let torn: EventScan['torn'] = null;
  try {
    for await (const line of readLines(path, from.size)) {
      if (!line.complete) {
        torn = { start: line.start, text: line.text };
        break;
      }
      size = line.end;
      const parsed = parseEvent(line.text);
      if ('problem' in parsed) {
        tell(line.start, parsed.problem);
        continue;
      }
      if (parsed.event.seq <= lastSeq) {
        tell(line.start, `event ${parsed.event.seq} after event ${lastSeq}; skipped`);
        continue;
      }
      if (parsed.event.seq !== lastSeq + 1) tell(line.start, `events ${lastSeq + 1} to ${parsed.event.seq - 1} are missing`);
      lastSeq = parsed.event.seq;
      each(parsed.event);
    }
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  if (unlisted > 0) issues.push(`events.jsonl has ${unlisted} more lines that are no events in their place`);
  return { size, lastSeq, issues, torn };
}

/**
 * Ends a file on its last complete line. An unfinished line was never sent to anybody (events are on disk before they are
 * sent), yet its bytes are kept beside the file for whoever wants to look.
 * @returns what to tell the user, or null when there was nothing to repair.
 */
export async function repairTail(path: string, scan: EventScan): Promise<string | null> {
  if (scan.torn === null) return null;
  await appendFile(`${path}.torn`, `${scan.torn.text}\n`);
  await truncate(path, scan.torn.start);
  return `events.jsonl ended in an unfinished line of ${Buffer.byteLength(scan.torn.text)} bytes after event ${scan.lastSeq}; it was moved to events.jsonl.torn`;
}
