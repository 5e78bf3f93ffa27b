// The thinking part as paragraphs that can be folded: sizes, first words, repeated passages. Pure and linear.

export interface Paragraph {
  /** UTF-16 offsets in the whole response. */
  readonly start: number;
  readonly end: number;
  /** First words, for the folded line. */
  readonly title: string;
  /** Share of the part's tokens, by length. */
  readonly tokens: number;
  readonly words: number;
  /** How often this very text occurs in the part (1 = once); white space and case do not matter. */
  readonly times: number;
}

const TITLE_LENGTH = 140;
/** Shorter paragraphs repeat by nature ("So," "Wait."). Words. */
const REPEAT_WORDS = 12;

/** Splits `text` (which starts at `base` of the response and holds `tokens` tokens) at blank lines. */
export function splitParagraphs(text: string, base: number, tokens: number): Paragraph[] {
  const found: { start: number; end: number; words: number; key: string }[] = [];
  const times = new Map<string, number>();
  const gap = /\n[ \t]*\n\s*/g;
  let start = text.length - text.trimStart().length;
  while (start < text.length) {
    gap.lastIndex = start;
    const at = gap.exec(text);
    const end = at ? at.index : text.length;
    const body = text.slice(start, end).trim();
    if (body !== '') {
      const key = body.toLowerCase().replace(/\s+/g, ' ');
      const words = key.split(' ').length;
      found.push({ start, end, words, key });
      if (words >= REPEAT_WORDS) times.set(key, (times.get(key) ?? 0) + 1);
    }
    start = at ? gap.lastIndex : text.length;
  }
  return found.map(({ start: from, end, words, key }) => ({
    start: base + from, end: base + end, words, times: times.get(key) ?? 1,
    title: text.slice(from, Math.min(end, from + 2 * TITLE_LENGTH)).trim().replace(/\s+/g, ' ').slice(0, TITLE_LENGTH),
    tokens: Math.round((tokens * (end - from)) / Math.max(1, text.length)),
  }));
}

/** Passages that occur more than once, as one sentence; null if there are none. */
export function repeatSentence(paragraphs: readonly Paragraph[]): string | null {
  const repeated = paragraphs.filter((paragraph) => paragraph.times > 1);
  if (repeated.length === 0) return null;
  const worst = repeated.reduce((most, paragraph) => (paragraph.times > most.times ? paragraph : most));
  return `repeats itself: ${repeated.length} of ${paragraphs.length} paragraphs, one of ${worst.words} words ${worst.times} times`;
}
