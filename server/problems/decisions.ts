import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import * as v from 'valibot';
import { DecisionSchema } from '../protocol/problem.ts';
import type { Decision, FileIssue } from '../protocol/problem.ts';
import { schemaMessage } from '../protocol/schemaMessage.ts';
import { identityOf } from '../records/identity.ts';
import type { FileIdentity } from '../records/identity.ts';
import { fileIssue, IssueList } from '../records/issues.ts';
import { writeError } from '../records/writeError.ts';

/** Decisions lie beside the set: one JSON line per decided problem, sorted by id, so that they diff and merge well. */
export function decisionsPathOf(setPath: string): string {
  return `${setPath}.decisions.jsonl`;
}

/** Git's marks around and between the sides of a conflict. */
const CONFLICT = /^(?:<{7}|\|{7}|={7}|>{7})(?:\s|$)/;

export interface Decisions {
  readonly byId: ReadonlyMap<string, Decision>;
  /** Lines that are no decisions (torn, newer, a comment): written back as they are, after the others. */
  readonly unread: readonly string[];
  readonly issues: readonly FileIssue[];
  /** Where the file has a merge conflict that nobody resolved: written again, its two sides could not be told apart. */
  readonly conflict: string | null;
  readonly identity: FileIdentity | null;
}

/** Reads the decisions of a set; a missing file means none. */
export async function readDecisions(path: string): Promise<Decisions> {
  const identity = await identityOf(path);
  if (identity === null) return { byId: new Map(), unread: [], issues: [], conflict: null, identity };
  const byId = new Map<string, Decision>();
  const unread: string[] = [];
  const issues = new IssueList();
  let conflict: string | null = null;
  // An editor may have put a byte order mark before the first decision.
  const lines = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '').split('\n');
  for (const [line, text] of lines.entries()) {
    if (text.trim() === '') continue;
    if (CONFLICT.test(text)) conflict ??= `${path}, line ${String(line + 1)}: a merge conflict that is not resolved`;
    const decision = parseDecision(text);
    if (typeof decision === 'string') {
      unread.push(text);
      issues.add(fileIssue('warning', `${path}, line ${String(line + 1)}: ${decision}; the line is kept as it is`, { line }));
    } else {
      if (byId.has(decision.id)) issues.add(fileIssue('warning', `${path}, line ${String(line + 1)}: a second decision on problem ${decision.id}; the later one counts`, { line, field: 'id' }));
      byId.set(decision.id, decision);
    }
  }
  return { byId, unread, issues: issues.list(), conflict, identity };
}

function parseDecision(text: string): Decision | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  const parsed = v.safeParse(DecisionSchema, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  return `not a decision: ${v.getDotPath(issue) ?? 'record'}: ${schemaMessage(issue)}`;
}

/** Fields in a fixed order, absent ones left out. */
function lineOf({ id, action, reason, answer, ignore, at }: Decision): string {
  return JSON.stringify({ id, action, reason, answer, ignore, at });
}

/** Text of a decisions file: by id in code point order, then what could not be read. */
export function decisionsText(byId: ReadonlyMap<string, Decision>, unread: readonly string[]): string {
  const ids = [...byId.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const lines = [...ids.flatMap((id) => byId.get(id) ?? []).map(lineOf), ...unread];
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** Replaces the file in one step: a full disk or a crash leaves the old one. An empty list removes it. */
export async function writeDecisions(path: string, byId: ReadonlyMap<string, Decision>, unread: readonly string[]): Promise<void> {
  const text = decisionsText(byId, unread);
  if (text === '') await rm(path, { force: true });
  else await writeAtomically(path, text);
}

/** Writes beside the target, flushes, renames. */
export async function writeAtomically(path: string, content: string): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw writeError(path, error);
  }
}
