import type { Verified } from '../../server/protocol/rollout.ts';
import type { Verdict } from '../../server/protocol/verdict.ts';

const MARK = { correct: '✓', incorrect: '✗', unverifiable: '?', error: '!' } as const;

/** One short line for the end of an editor line, e.g. `✗ incorrect: 7/12, expected 5/12`. */
export function verdictLine({ verdict, gold }: Pick<Verified, 'verdict' | 'gold'>): string {
  const mark = `${MARK[verdict.verdict]} ${verdict.verdict}`;
  if (verdict.verdict === 'correct') return verdict.code ? `${mark}: ${verdict.code.nTests} tests` : `${mark}: ${short(verdict.extracted?.text ?? '')}`;
  if (verdict.verdict === 'incorrect' && verdict.math && verdict.extracted && gold !== null) return `${mark}: ${short(verdict.extracted.text)}, expected ${short(gold)}`;
  return `${mark}: ${short(verdict.reason, 120)}`;
}

/** What a failed rollout expected and got, for a diff; null where a diff says nothing. */
export function expectedAndActual(verdict: Verdict, gold: string | null): { readonly expected: string; readonly actual: string } | null {
  const failed = verdict.code?.failed;
  if (failed) {
    if (failed.expected === undefined) return null;
    // The input stands below on both sides: the Testing view shows nothing but the two texts.
    const input = failed.input === undefined ? '' : `\n\n--- input of test ${failed.index + 1} ---\n${failed.input}`;
    // White space at the end never matters to a test; here it would look like a difference.
    return { expected: failed.expected.trimEnd() + input, actual: (failed.actual ?? failed.error ?? '').trimEnd() + input };
  }
  if (gold === null || !verdict.extracted || verdict.verifier === 'code') return null;
  return { expected: gold, actual: verdict.extracted.text };
}

/** All that is known about a verdict in plain text: the body of the Testing view's message. */
export function verdictReport(verdict: Verdict): string {
  const lines = [`${verdict.verdict}: ${verdict.reason}`, `rule ${verdict.rule}, verifier ${verdict.verifier}`];
  if (verdict.math) lines.push(`gold   ${verdict.math.goldCanonical} (${verdict.math.goldKind})`, `answer ${verdict.math.answerCanonical} (${verdict.math.answerKind})`);
  for (const warning of verdict.warnings) lines.push(`note: ${warning.message}`);
  const { code } = verdict;
  if (code) {
    lines.push(`${code.testsPassed} of ${code.nTests} tests passed, ${code.cpuSeconds.toFixed(2)} s CPU, sandbox ${code.sandbox}, Python ${code.interpreter}`);
    if (code.nearLimit) lines.push('note: near the time limit; another machine may decide otherwise');
    if (code.failed) {
      lines.push('', `test ${code.failed.index + 1} failed (${code.failed.kind ?? 'unknown'})`);
      if (code.failed.input !== undefined) lines.push('input:', code.failed.input);
      if (code.failed.error) lines.push('error:', code.failed.error);
    }
  }
  return lines.join('\n');
}

function short(text: string, most = 60): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
