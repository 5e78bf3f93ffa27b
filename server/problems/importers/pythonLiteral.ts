/** Thrown where a text is no Python literal that JSON can hold. */
export class NotALiteral extends Error {}

/** A value with the offset behind it. */
export interface Parsed {
  readonly value: unknown;
  readonly end: number;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"', '0': '\0', '\n': '' };
const MAX_DEPTH = 200;

/**
 * Reads a Python literal as a JSON value: numbers, texts, True, False, None, lists, tuples (as lists) and dicts with text keys.
 * Integers that JSON numbers cannot hold exactly, sets, bytes, expressions and calls are refused.
 */
export function readLiteral(text: string, at = 0, depth = 0): Parsed {
  if (depth > MAX_DEPTH) throw new NotALiteral('nested too deeply');
  const start = skipBlanks(text, at);
  const first = text.charAt(start);
  if (first === '[' || first === '(') return readList(text, start, first === '[' ? ']' : ')', depth);
  if (first === '{') return readDict(text, start, depth);
  if (first === "'" || first === '"') return readText(text, start);
  const word = /^(?:True|False|None|true|false|null)\b/.exec(text.slice(start, start + 6))?.[0];
  if (word !== undefined) return { value: /none|null/i.test(word) ? null : /true/i.test(word), end: start + word.length };
  const number = /^[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:e[+-]?\d+)?/i.exec(text.slice(start, start + 400))?.[0];
  if (number === undefined) throw new NotALiteral(`no literal at "${text.slice(start, start + 20)}"`);
  const value = Number(number.replaceAll('_', ''));
  if (/^[+-]?[\d_]+$/.test(number) && !Number.isSafeInteger(value)) throw new NotALiteral(`the integer ${number} is too large`);
  return { value, end: start + number.length };
}

export function skipBlanks(text: string, at: number): number {
  let next = at;
  while (next < text.length && /\s/.test(text.charAt(next))) next += 1;
  return next;
}

function readList(text: string, start: number, close: string, depth: number): Parsed {
  const items: unknown[] = [];
  let at = skipBlanks(text, start + 1);
  let commas = 0;
  while (text.charAt(at) !== close) {
    const item = readLiteral(text, at, depth + 1);
    items.push(item.value);
    at = skipBlanks(text, item.end);
    if (text.charAt(at) === ',') { commas += 1; at = skipBlanks(text, at + 1); }
    else if (text.charAt(at) !== close) throw new NotALiteral('a list is not closed');
  }
  // (1) is no tuple.
  const value = close === ')' && items.length === 1 && commas === 0 ? items[0] : items;
  return { value, end: at + 1 };
}

function readDict(text: string, start: number, depth: number): Parsed {
  const entries: [string, unknown][] = [];
  let at = skipBlanks(text, start + 1);
  while (text.charAt(at) !== '}') {
    const key = readLiteral(text, at, depth + 1);
    if (typeof key.value !== 'string') throw new NotALiteral('a dict with keys that are no text');
    at = skipBlanks(text, key.end);
    if (text.charAt(at) !== ':') throw new NotALiteral('a set, not a dict');
    const value = readLiteral(text, at + 1, depth + 1);
    entries.push([key.value, value.value]);
    at = skipBlanks(text, value.end);
    if (text.charAt(at) === ',') at = skipBlanks(text, at + 1);
    else if (text.charAt(at) !== '}') throw new NotALiteral('a dict is not closed');
  }
  return { value: Object.fromEntries(entries), end: at + 1 };
}

function readText(text: string, start: number): Parsed {
  const quote = text.charAt(start);
  if (text.startsWith(quote.repeat(3), start)) throw new NotALiteral('a text in triple quotes');
  let value = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === quote) return { value, end: at + 1 };
    if (char === '\n') break;
    if (char !== '\\') { value += char; continue; }
    at += 1;
    const escape = text.charAt(at);
    const hex = escape === 'x' ? 2 : escape === 'u' ? 4 : 0;
    if (hex > 0) {
      const code = text.slice(at + 1, at + 1 + hex);
      if (!/^[0-9a-f]+$/i.test(code) || code.length !== hex) throw new NotALiteral('a broken escape');
      value += String.fromCharCode(Number.parseInt(code, 16));
      at += hex;
    } else value += ESCAPES[escape] ?? `\\${escape}`;
  }
  throw new NotALiteral('a text is not closed');
}
