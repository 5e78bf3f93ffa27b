// Where in a response the answer shows up for the first time: everything after it is checking (or doubt). Pure.

/** Characters that would make a longer number or word of an answer found inside a text. */
const NUMBER = /[\p{L}\p{N}]/u;

/** Answers of up to this length stand everywhere by chance, such as the 3 of `2x + 3`: only where they are stated do they count. */
const SHORT = 3;
/** What comes before a stated result, and what may not come after one. */
const STATES = /(?:=|≈|≡|→|:|\\(?:approx|equiv|to|implies|Rightarrow)|\b(?:is|are|be|get|gets|gives|give|equals|obtain|yields|answer|result|find|exactly|therefore|thus|so|hence))[\s$*{]*(?:\\(?:boxed|text|mathbf|,|;|!)\s*\{?[\s$]*)*$/i;
const GOES_ON = /^[\s$})]*(?:[-+*/^_=<>≤≥(\\·×]|of\b|times\b|more\b)/;
/** Characters around a place that are compared with the prompt. */
const AROUND = 12;

/**
 * Offset of the first place before `before` where `answer` is given: it stands on its own (not as part of a longer number or word),
 * not in words repeated from the prompt, and a short one as a result. Null if there is none. Answers of one character other than a
 * digit are too common to say anything.
 */
export function firstAppearance(text: string, answer: string, before: number, prompt = ''): number | null {
  const wanted = answer.trim();
  if (wanted === '' || wanted.length > 200 || (wanted.length === 1 && !/\d/.test(wanted))) return null;
  for (let at = text.indexOf(wanted); at >= 0 && at < before; at = text.indexOf(wanted, at + 1)) {
    if (alone(text, wanted, at) && (wanted.length > SHORT || stated(text, wanted, at)) && !repeated(text, wanted, at, prompt)) return at;
  }
  return null;
}

function stated(text: string, wanted: string, at: number): boolean {
  return STATES.test(text.slice(Math.max(0, at - 40), at)) && !GOES_ON.test(text.slice(at + wanted.length, at + wanted.length + 12));
}

/** Whether the prompt holds the place with what stands around it. */
function repeated(text: string, wanted: string, at: number, prompt: string): boolean {
  const around = text.slice(Math.max(0, at - AROUND), at + wanted.length + AROUND);
  return around.length > wanted.length + AROUND && prompt.includes(around);
}

function alone(text: string, wanted: string, at: number): boolean {
  const previous = text[at - 1] ?? '';
  const next = text[at + wanted.length] ?? '';
  const first = wanted[0] ?? '';
  const last = wanted.at(-1) ?? '';
  if (NUMBER.test(first) && NUMBER.test(previous)) return false;
  if (NUMBER.test(last) && NUMBER.test(next)) return false;
  // 12 is not 3.12, 12.5 or 12,500; but "12." may end a sentence.
  if (/\d/.test(first) && /[.,]/.test(previous) && /\d/.test(text[at - 2] ?? '')) return false;
  if (/\d/.test(last) && /[.,]/.test(next) && /\d/.test(text[at + wanted.length + 1] ?? '')) return false;
  return true;
}

/** Words of the search line that are searched in texts (not `field:value` filters); quoted phrases stay whole. */
export function searchWords(query: string): string[] {
  const words = query.match(/"[^"]+"|\S+/g) ?? [];
  return words.filter((word) => word.startsWith('"') || !/^[a-z]+:\S/i.test(word)).map((word) => word.replace(/^"|"$/g, '')).filter((word) => word !== '');
}

/** Places of the words in a text, case-insensitive, at most `limit`. */
export function findWords(text: string, words: readonly string[], base: number, limit = 500): { start: number; end: number }[] {
  const lower = text.toLowerCase();
  // Lower-casing changes the length of a few exotic texts; marks would then be off, so there are none.
  if (lower.length !== text.length) return [];
  const found: { start: number; end: number }[] = [];
  for (const word of words) {
    const wanted = word.toLowerCase();
    for (let at = lower.indexOf(wanted); at >= 0 && found.length < limit; at = lower.indexOf(wanted, at + wanted.length)) found.push({ start: base + at, end: base + at + word.length });
  }
  return found;
}
