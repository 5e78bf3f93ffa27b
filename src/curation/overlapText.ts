import * as vscode from 'vscode';
import type { Contamination, Overlap } from '../../server/protocol/decontamination.ts';

/** Longest excerpt of a shared text in a message, characters. */
const EXCERPT = 160;

/** One line for people: which item of which benchmark, and how much of it. */
export function overlapLine(overlap: Overlap): string {
  const item = `${overlap.benchmark} ${overlap.item}`;
  const text = overlap.span.text.replace(/\s+/g, ' ');
  const excerpt = text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text;
  const share = overlap.total > 1
    ? vscode.l10n.t('{0} of {1} distinctive n-grams ({2} %), longest run {3} words', overlap.shared, overlap.total, Math.round(overlap.containment * 100), overlap.runTokens)
    : vscode.l10n.t('the whole item, {0} words', overlap.runTokens);
  switch (overlap.kind) {
    case 'contaminated': return vscode.l10n.t('Contaminated: {0}: {1}: "{2}"', item, share, excerpt);
    case 'variant': return vscode.l10n.t('Same wording as {0}, other numbers or words: {1}: "{2}"', item, share, excerpt);
    case 'overlaps': return vscode.l10n.t('Overlaps {0}: {1}: "{2}"', item, share, excerpt);
    case 'boilerplate': return vscode.l10n.t('Shares stock phrases with {0}: "{1}"', item, excerpt);
  }
}

/** What a decision has to name so that the problem is no longer contaminated: the best item of each benchmark. */
export function namesToIgnore({ best, others }: Contamination): string[] {
  const names = new Map<string, string>();
  for (const { benchmark, item } of [best, ...others]) if (!names.has(benchmark)) names.set(benchmark, `${benchmark} ${item}`);
  return [...names.values()];
}
