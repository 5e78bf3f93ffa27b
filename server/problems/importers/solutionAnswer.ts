import { lastBoxed } from '../../verifiers/extract/boxed.ts';

/** Answer of a worked solution that ends in a box; null where there is none. */
export function lastBoxedText(solution: string): string | null {
  const found = lastBoxed(solution);
  return found.kind === 'found' ? found.box.text.trim() : null;
}

/** GSM8K: the number after the last `####`, thousands separators removed; null where there is none. */
export function afterHashes(solution: string): string | null {
  const at = solution.lastIndexOf('####');
  if (at < 0) return null;
  const text = solution.slice(at + 4).trim().split('\n')[0] ?? '';
  return text.replace(/(\d),(?=\d{3}\b)/g, '$1').trim() || null;
}
