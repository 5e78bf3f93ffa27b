// What is marked in a response: what the verifier extracted, where that answer first appears, what the search found. Pure.
import type { RolloutPage } from '../../server/protocol/rollout.ts';
import type { Mark } from '../ui/richTextView.ts';
import { findWords, firstAppearance } from './appearance.ts';

/** Offset where the answer that was judged is given for the first time; null where that says nothing, as for programs. */
export function firstAnswerAt({ verdict, domain, response, prompt }: RolloutPage): number | null {
  const found = verdict?.extracted;
  return found && domain !== 'code' ? firstAppearance(response, found.text, found.start, prompt.map((message) => message.content).join('\n')) : null;
}

export function rolloutMarks(page: RolloutPage, words: readonly string[]): Mark[] {
  const marks: Mark[] = [];
  const found = page.verdict?.extracted;
  const firstAt = firstAnswerAt(page);
  if (found) marks.push({ start: found.start, end: Math.max(found.end, found.start + 1), label: 'extracted by the verifier', class: 'mark-answer' });
  if (found && firstAt !== null) marks.push({ start: firstAt, end: firstAt + found.text.trim().length, label: 'the answer first appears here', class: 'mark-first' });
  return [...marks, ...findWords(page.response, words, 0).map((hit) => ({ ...hit, label: 'found by the search', class: 'mark-search' }))];
}
