const OPTION = /[(（[]\s*([A-Ha-h])\s*[)）\]]|(?:^|[\s\u25a0}.?？:;,])([A-H])\s*[).．、:](?!\w{0,3}\))/g;
const LEAST_OPTIONS = 3;

/** Options given in the statement to choose from (filters.md 4.1), as a range of the statement. */
export function findChoices(prose: string): { start: number; end: number } | null {
  return labelledOptions(prose) ?? listedOptions(prose);
}

function labelledOptions(prose: string): { start: number; end: number } | null {
  if (!/[(（[]\s*A\s*[)）\]]|(?:^|[\s\u25a0}.?？:;,])A\s*[).．、:]/.test(prose)) return null;
  const found: { letter: number; start: number; end: number }[] = [];
  for (const match of prose.matchAll(OPTION)) {
    const letter = match[1] ?? match[2] ?? '';
    if (letter !== letter.toUpperCase()) continue;
    found.push({ letter: letter.charCodeAt(0) - 64, start: match.index, end: match.index + match[0].length });
  }
  for (let first = found.length - 1; first >= 0; first--) {
    if (found[first]?.letter !== 1) continue;
    const chain = [found[first]];
    for (const option of found.slice(first + 1)) if (option.letter === chain.length + 1) chain.push(option);
    const start = chain[0]?.start ?? 0;
    const before = prose.slice(Math.max(0, start - 200), start);
    const least = /which of the following|choose|select|correct (?:answer|statement|option)/i.test(before) ? 2 : LEAST_OPTIONS;
    if (chain.length < least) continue;
    const end = chain.at(-1)?.end ?? start;
    if (/\b(?:conditions?|rules?|properties)\s*:?\s*$/i.test(before)) continue;
    // Conditions and statements oblige; options do not. Points named (A), (B), (C) stand within a sentence.
    if ((prose.slice(start, end).match(/\b(?:must|cannot|should)\b/gi)?.length ?? 0) >= 2) continue;
    if (chain.every((option) => /\b(?:points?|vertex|vertices|angles?|sides?|towns?|cities|cars?|players?|and)\s*$/i.test(prose.slice(Math.max(0, (option?.start ?? 0) - 12), (option?.start ?? 0) + 1).trimEnd()))) continue;
    return { start, end };
  }
  return null;
}

const LISTS: readonly RegExp[] = [
  // Values after "which of the following ...": on the same line, after a colon or listed by commas.
  /\bwhich (?:one )?of (?:the following|these)\b[^.?!\n]{0,160}?[:?]?\s*(?:\u25a0+[,;]\s*(?:and |or )?){2,}\u25a0+/i,
  /\benter\s+["“][^"”\n]{1,40}["”](?:\s*,\s*["“][^"”\n]{1,40}["”])*,?\s*or\s+["“]/i,
  /\b(?:the )?(?:correct|true|false|incorrect) (?:statements?|propositions?|conclusions?|options?|ones?)\s+(?:\w+\s+){0,3}(?:is|are)\s*(?:_{2,}|\(\s*\)|:)/i,
  /\bsequence numbers? of (?:all )?(?:the )?(?:correct|true|false)\b/i,
  /\b(?:an? )?(?:even|odd)(?: function)?,\s*(?:an? )?(?:odd|even)(?: function)?,?\s*or neither\b/i,
];

function listedOptions(prose: string): { start: number; end: number } | null {
  if (!/which|enter|correct|true|false|neither/i.test(prose)) return null;
  for (const pattern of LISTS) {
    const match = pattern.exec(prose);
    if (match !== null) return { start: match.index, end: match.index + match[0].length };
  }
  return null;
}
