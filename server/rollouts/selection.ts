import type { VerifyTarget } from '../protocol/methods.ts';
import type { FileIssue } from '../protocol/problem.ts';
import type { Rollout } from '../protocol/rollout.ts';
import type { ThinkingChoice } from '../protocol/thinking.ts';
import { fileIssue } from '../records/issues.ts';
import { parseJson } from '../records/jsonText.ts';
import type { Work } from '../records/work.ts';
import { readRollouts } from './readers/all.ts';
import { finishRollout } from './rollout.ts';
import type { RolloutFile } from './rolloutFile.ts';

/** A longer line is not blank, or may as well be called wrong, bytes. */
const LONGEST_BLANK = 1024;

export type Selected = { readonly ref: number; readonly rollout: Rollout } | { readonly issue: FileIssue };

/**
 * The rollouts of a target: all of a file, some refs of it, those on some lines, or lines of a document that is not saved.
 * In a document `ref` counts the rollouts of the given lines.
 */
export async function* selectRollouts(target: VerifyTarget, file: RolloutFile | null, thinking: ThinkingChoice, work: Work): AsyncGenerator<Selected> {
  if (target.kind === 'text') {
    yield* documentRollouts(target.lines, thinking);
    return;
  }
  if (file === null) throw new Error(`${target.path} is not open`);
  const { refs, issues } = refsOf(target, file);
  yield* issues.map((issue) => ({ issue }));
  for (const ref of refs) {
    work.signal?.throwIfAborted();
    if (file.index.has(ref)) yield { ref, rollout: await file.read(ref) };
    else yield { issue: fileIssue('error', `${target.path} has no rollout ${String(ref)}`) };
  }
}

/** Number of rollouts a target selects, before any is read. */
export function countSelected(target: VerifyTarget, file: RolloutFile | null): number {
  return target.kind === 'text' || file === null ? (target.kind === 'text' ? target.lines.filter(({ text }) => text.trim() !== '').length : 0) : refsOf(target, file).refs.length;
}

function refsOf(target: Extract<VerifyTarget, { kind: 'file' }>, file: RolloutFile): { refs: number[]; issues: FileIssue[] } {
  const all = (): number[] => Array.from({ length: file.index.length }, (_, ref) => ref);
  if (target.refs !== null) return { refs: [...target.refs].sort((a, b) => a - b), issues: [] };
  const broken = file.issues();
  if (target.lines === undefined) return { refs: all(), issues: broken };
  const wanted = new Set(target.lines);
  const found = new Set<number>();
  const refs = all().filter((ref) => {
    const line = file.index.lineOf(ref);
    if (line === null || !wanted.has(line)) return false;
    found.add(line);
    return true;
  });
  const missing = [...wanted].filter((line) => !found.has(line)).sort((a, b) => a - b);
  return { refs, issues: missing.map((line) => broken.find((issue) => issue.line === line) ?? fileIssue('error', `line ${String(line + 1)} holds no rollout`, { line })) };
}

function* documentRollouts(lines: readonly { readonly line: number; readonly text: string }[], thinking: ThinkingChoice): Generator<Selected> {
  let ref = 0;
  for (const { line, text } of lines) {
    for (const selected of rolloutsOfLine(Buffer.from(text, 'utf8'), line, ref, thinking)) {
      yield selected;
      if ('ref' in selected) ref += 1;
    }
  }
}

/** The rollouts of a stream of JSON lines, as they come. */
export async function* streamedRollouts(lines: AsyncIterable<{ readonly line: number; readonly bytes: Buffer }>, thinking: ThinkingChoice): AsyncGenerator<Selected> {
  let ref = 0;
  for await (const { line, bytes } of lines) {
    for (const selected of rolloutsOfLine(bytes, line, ref, thinking)) {
      yield selected;
      if ('ref' in selected) ref += 1;
    }
  }
}

/** What one line of JSON holds; nothing for a blank one. */
function* rolloutsOfLine(bytes: Buffer, line: number, firstRef: number, thinking: ThinkingChoice): Generator<Selected> {
  if (bytes.length <= LONGEST_BLANK && bytes.toString('utf8').trim() === '') return;
  const parsed = parseJson(bytes);
  const result = parsed.ok ? readRollouts(parsed.value) : { ok: false as const, field: null, message: `not JSON: ${parsed.message}` };
  if (!result.ok) {
    yield { issue: fileIssue('error', `line ${String(line + 1)}: ${result.field === null ? '' : `${result.field}: `}${result.message}`, { line, field: result.field }) };
    return;
  }
  for (const [position, draft] of result.drafts.entries()) yield { ref: firstRef + position, rollout: finishRollout(draft, line, line, position, thinking) };
}
