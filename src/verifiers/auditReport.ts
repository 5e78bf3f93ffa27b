// An audit as texts to hand on: a Markdown report, and rows of an equivalence test. Pure: no vscode.
import type { AuditedPair, AuditSummary } from '../../server/protocol/audit.ts';

/** Disagreements in a report; the rest is counted. */
const MAX_LINES = 500;
/** Characters of a text in a report's table. */
const MAX_CELL = 200;

export interface ReportHead {
  /** The audited file. */
  readonly name: string;
  /** The second checker with its versions; null when the audit failed before it said so. */
  readonly checker: string | null;
  readonly summary: AuditSummary | null;
  readonly cancelled: boolean;
}

/** A Markdown report: what was compared, the counts, and a table of the disagreements, the most frequent first. */
export function auditReport({ name, checker, summary, cancelled }: ReportHead, found: readonly AuditedPair[]): string {
  const lines = [
    `# Audit of the math verifier: ${code(name)}`,
    '',
    `Compared with ${checker ?? 'the second checker'}.${cancelled || summary === null ? ' **Not finished**: the most frequent pairs were compared first.' : ''}`,
    '',
  ];
  if (summary) {
    lines.push(
      '| | distinct pairs |', '|---|---|',
      `| pairs of gold and answer | ${summary.pairs} (${summary.occurrences} rollouts) |`,
      `| compared | ${summary.asked} |`,
      `| both agree | ${summary.agreed} |`,
      `| only ours correct | ${summary.onlyOurs} |`,
      `| only the second checker equal | ${summary.onlyTheirs} |`,
      `| the second checker failed | ${summary.failed} |`,
      '', `Paid differently: ${summary.paidDifferently} of ${summary.occurrences} rollouts.`, '',
    );
  }
  lines.push('## Disagreements', '', '| times | gold | answer | ours | rule | second checker | canonical forms |', '|---|---|---|---|---|---|---|');
  for (const { count, gold, answer, verdict, opinion } of found.slice(0, MAX_LINES)) {
    const forms = verdict.math ? `${code(verdict.math.goldCanonical)} and ${code(verdict.math.answerCanonical)}` : '';
    lines.push(`| ${count} | ${code(gold)} | ${code(answer)} | ${verdict.verdict} | ${code(verdict.rule)} | ${opinion} | ${forms} |`);
  }
  if (found.length === 0) lines.push('| | none | | | | | |');
  if (found.length > MAX_LINES) lines.push('', `${found.length - MAX_LINES} more are not listed.`);
  return `${lines.join('\n')}\n`;
}

/**
 * One line of an equivalence test (`gold`, `pred`, `label`, as in our labelled pairs). `label` is the user's decision whether
 * the answer shall be paid, which neither checker can make; `note` says how the disagreement looked.
 */
export function testRow({ gold, answer, verdict, opinion, count }: AuditedPair, label: boolean): string {
  return JSON.stringify({ gold, pred: answer, label, note: `audit: ours ${verdict.verdict} (${verdict.rule}), second checker ${opinion}, seen ${count} times` });
}

/** Text of a model inside a table: one line, bounded, in a code span that its own backticks cannot end. */
function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const short = line.length > MAX_CELL ? `${line.slice(0, MAX_CELL - 1)}…` : line;
  const escaped = short.replaceAll('|', '\\|');
  const fence = '`'.repeat(Math.max(0, ...[...escaped.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  const padded = fence.length > 1 ? ` ${escaped} ` : escaped;
  return short === '' ? '' : `${fence}${padded}${fence}`;
}
