import { MATH } from './prose.ts';

/** A label at the head of a part: its place, the place after it, and its number within its family. */
interface Marker {
  readonly start: number;
  readonly end: number;
  readonly order: number;
  readonly family: string;
}

const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii'];
const CIRCLED = '①②③④⑤⑥⑦⑧⑨';
const FIRST_MARKER = /\(\s*(?:1|a|A|i|I)\s*\)|（\s*(?:1|a|i|I)\s*）|(?:^|\s|\])(?:1|a|i|I)[.)、]|①|\bpart\s+\(?(?:1|a|i)\b/i;
const MARKER = /[(（]\s*(\d|[a-h]|[ivIV]{1,4}|[A-H])\s*[)）]|(?:^|\n|[.;:?]\s|\]|>|\*\*)\s*(\d|[a-h]|[ivIV]{1,4})\s*[).、](?!\d)|([①-⑨])|\bpart\s+\(?(\d|[a-h]|[ivIV]{1,4})\)?\s*[:.)]?/gi;

/** An imperative or interrogative at the head of a clause. */
const ASKING = new RegExp([
  String.raw`(?:^|[.;:,!\n】\]>*]\s*|\b(?:then|hence|thus|therefore|and|also|now|please)\s+)\s*(?:also\s+|then\s+|now\s+|please\s+|hence\s+)?`,
  String.raw`(?:find|determine|compute|calculate|evaluate|prove|show|solve|write|express|simplify|explain|verify|discuss|describe|give|list|estimate|factor|sketch|draw|state|construct|name|identify|deduce|derive|convert|choose|count|investigate|explore|complete|fill)\b`,
  String.raw`|\b(?:what|how (?:many|much|long|far|old|can|do|does|should|is|are|large|fast|wide|tall)|which|when (?:do|does|will|is)|where (?:do|does|is)|who (?:wins|has|is)|why)\b[^.;]{0,400}\?`,
  String.raw`|\b(?:does there exist|is there|are there|is it (?:possible|true))\b|(?:求|证明|讨论|计算|判断|写出)`,
].join(''), 'i');

/** A stem that orders what the parts only list: "Solve the equations:", "Calculate the values of:", "Find:". */
const STEM = /\b(?:solve|calculate|compute|evaluate|find|determine|simplify|factor|prove|show|write|convert)\b[^.?!]{0,160}[:：;]\s*(?:<br\s*\/?>|\s|\*)*$|\b(?:find|calculate|compute|determine)\s*$/i;

/** Parts that are conditions, propositions or options, not questions. */
const CONDITIONS = /\b(?:conditions?|properties|property|rules?|statements?|propositions?|axioms?|following hold|satisf(?:y|ies|ying)|such that|conclusions?|operations?|steps?|moves?|types?)\b[^.?!]{0,80}[:：,]?\s*$/i;

/**
 * Two or more separate asks (filters.md 4.1), as a range of the statement from the second one on; null where there is one.
 * @param prose the statement without its mathematics, offset by offset
 */
export function findSecondQuestion(statement: string, prose: string): { start: number; end: number } | null {
  return secondPart(statement, prose) ?? secondQuestionMark(prose) ?? secondOrder(prose);
}

function secondPart(statement: string, prose: string): { start: number; end: number } | null {
  if (!FIRST_MARKER.test(prose)) return null;
  const families = new Map<string, Marker[]>();
  for (const match of prose.matchAll(MARKER)) {
    for (const marker of readings(match)) {
      const list = families.get(marker.family);
      if (list === undefined) families.set(marker.family, [marker]);
      else list.push(marker);
    }
  }
  for (const markers of families.values()) {
    const chain = chainOf(markers);
    if (chain.length >= 2) {
      const second = askingPart(statement, prose, chain);
      if (second !== null) return second;
    }
  }
  return null;
}

/** A label may be read as a letter or as a Roman number; "i" starts a chain only if "ii" follows it. */
function readings(match: RegExpMatchArray): Marker[] {
  const value = match[1] ?? match[2] ?? match[3] ?? match[4] ?? '';
  const shape = match[1] !== undefined ? 'parenthesis' : match[2] !== undefined ? 'head' : match[3] !== undefined ? 'circled' : 'part';
  const end = (match.index ?? 0) + match[0].length;
  const start = end - match[0].replace(/^[\s.;:?\]>*]+/, '').length;
  const found: Marker[] = [];
  const add = (family: string, order: number): void => void found.push({ start, end, order, family: `${shape} ${family}` });
  if (/^\d$/.test(value)) add('number', Number(value));
  else if (CIRCLED.includes(value)) add('circled', CIRCLED.indexOf(value) + 1);
  else {
    const lower = value.toLowerCase();
    const letterCase = value === lower ? 'small' : 'capital';
    if (ROMAN.includes(lower)) add(`roman ${letterCase}`, ROMAN.indexOf(lower) + 1);
    // Capital letters in parentheses are options or points, which other rules judge.
    if (value.length === 1 && (letterCase === 'small' || shape === 'part')) add(`letter ${letterCase}`, lower.charCodeAt(0) - 96);
  }
  return found;
}

/** The longest ascending run 1, 2, 3, ... that starts last (an earlier one may list conditions). */
function chainOf(markers: readonly Marker[]): Marker[] {
  let best: Marker[] = [];
  for (let first = 0; first < markers.length; first++) {
    if (markers[first]?.order !== 1) continue;
    const chain: Marker[] = [];
    for (const marker of markers.slice(first)) if (marker.order === chain.length + 1) chain.push(marker);
    if (chain.length >= 2 && chain.length >= best.length) best = chain;
  }
  return best;
}

function askingPart(statement: string, prose: string, chain: readonly Marker[]): { start: number; end: number } | null {
  const first = chain[0];
  if (first === undefined) return null;
  const stem = prose.slice(Math.max(0, first.start - 240), first.start);
  const ordersAll = STEM.test(stem.trimEnd().replace(/[$]+$/, ''));
  if (CONDITIONS.test(stem.replaceAll(MATH, '').trimEnd())) return null;
  let asking = 0;
  for (let i = 0; i < chain.length; i++) {
    const from = chain[i]?.end ?? 0;
    const to = chain[i + 1]?.start ?? Math.min(prose.length, from + 2_000);
    const part = prose.slice(from, to);
    const asks = ordersAll ? part.trim().length > 0 : part.includes('?') || part.includes('？') || ASKING.test(part.trimStart());
    if (asks && ++asking === 2) return { start: chain[i]?.start ?? from, end: Math.min(statement.length, to) };
  }
  return null;
}

/** Two sentences that end with a question mark, outside of quotes and parentheses. */
function secondQuestionMark(prose: string): { start: number; end: number } | null {
  const first = prose.indexOf('?');
  if (first < 0 || prose.indexOf('?', first + 1) < 0) return null;
  // Blanked, not cut, so that offsets stay; quotes and parentheses may hold somebody else's question.
  const bare = prose
    .replace(/"[^"\n]{0,300}"|“[^”\n]{0,300}”|``[^'\n]{0,300}''|(?<![A-Za-z])'[^'\n]{0,300}'(?![A-Za-z])|\([^()\n]{0,300}\)/g, (quoted) => ' '.repeat(quoted.length));
  let previous = -1;
  for (const match of bare.matchAll(/\?/g)) {
    if (previous >= 0) {
      const sentence = bare.slice(previous + 1, match.index);
      if (/[a-z]{2}/i.test(sentence) && isAsking(sentence)) return { start: previous + 1, end: match.index + 1 };
    }
    if (isAsking(bare.slice(Math.max(0, previous + 1), match.index))) previous = match.index;
  }
  return null;
}

function isAsking(text: string): boolean {
  return /\b(?:what|how|which|when|where|who|whose|why|is|are|do|does|did|can|could|will|would|find)\b/i.test(text);
}

const ORDER = String.raw`(?:find|determine|compute|calculate|evaluate|prove|show|solve|state|deduce|explain|verify|describe)`;
const SECOND_ORDERS: readonly RegExp[] = [
  new RegExp(String.raw`[.?!]\s+(?:also|then|hence|next|furthermore|moreover|in addition)[,]?\s+${ORDER}\b`, 'i'),
  new RegExp(String.raw`\b(?:find|determine|compute|calculate|evaluate|prove|show)\b[^.?!]{3,300}?[,;]?\s+and\s+(?:also\s+|hence\s+|then\s+)?(?:prove|show)\b`, 'i'),
  new RegExp(String.raw`\bprove\b[^.?!]{3,300}?\s+and\s+(?:find|determine|compute|calculate)\b`, 'i'),
  new RegExp(String.raw`\bcompute each of\b`, 'i'),
];
/** What only transforms the first answer is no second question. */
const CONTINUES = /\b(?:remainder|(?:the )?(?:sum|value|product) of (?:all|the|these|those|its)|[a-z]\s?\+\s?[a-z])\b|^\s*[\u25a0 ]+[.?]?\s*$/i;

function secondOrder(prose: string): { start: number; end: number } | null {
  for (const pattern of SECOND_ORDERS) {
    const match = pattern.exec(prose);
    if (match === null) continue;
    const before = prose.slice(0, match.index + 1);
    const after = prose.slice(match.index + match[0].length).split(/[.?!\n]/, 1)[0] ?? '';
    const asksBefore = pattern !== SECOND_ORDERS[0] || /\?/.test(before) || new RegExp(String.raw`\b${ORDER}\b`, 'i').test(before);
    if (asksBefore && !CONTINUES.test(after)) return { start: match.index, end: match.index + match[0].length + after.length };
  }
  return null;
}
