/** A text after NFKC, with the way back: `origin[i]` is the UTF-16 offset in the original of unit `i`; null = identity. */
export interface NormalisedText {
  readonly text: string;
  readonly original: string;
  readonly origin: Int32Array | null;
}

/** Spaces that group digits ("10 000"). NFKC would turn them into plain spaces, and the grouping would be lost. */
export const DIGIT_SPACE = '\u2009';
const DIGIT_SPACES = /[\u2009\u202f]/;

/**
 * Unicode NFKC that remembers where each unit came from (decontamination rule 2.2.1).
 * Nearly all statements are already normal; only the others pay for the map.
 */
export function normaliseText(original: string): NormalisedText {
  if (isAscii(original)) return { text: original, original, origin: null };
  if (!DIGIT_SPACES.test(original) && original.normalize('NFKC') === original) return { text: original, original, origin: null };
  const parts: string[] = [];
  const origin: number[] = [];
  // A base character is normalised together with its combining marks, because NFKC composes them.
  for (const match of original.matchAll(/\P{M}\p{M}{0,30}|\p{M}/gsu)) {
    const cluster = DIGIT_SPACES.test(match[0]) ? DIGIT_SPACE : match[0].normalize('NFKC');
    parts.push(cluster);
    for (let i = 0; i < cluster.length; i++) origin.push(match.index);
  }
  origin.push(original.length);
  return { text: parts.join(''), original, origin: Int32Array.from(origin) };
}

/** Offset in the original where unit `index` of the normalised text begins. */
export function originOf(normalised: NormalisedText, index: number): number {
  return normalised.origin === null ? index : normalised.origin[index] ?? normalised.original.length;
}

/** Offset in the original just after unit `index - 1` of the normalised text. */
export function originEnd(normalised: NormalisedText, index: number): number {
  if (normalised.origin === null || index === 0) return index;
  const own = originOf(normalised, index - 1);
  for (let next = index; next < normalised.origin.length; next++) {
    const position = originOf(normalised, next);
    if (position > own) return position;
  }
  return normalised.original.length;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
