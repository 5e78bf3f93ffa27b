import { isUtf8 } from 'node:buffer';
import { rememberInteger } from './longIntegers.ts';

/** What the bytes of one record say: a value, with a remark about what had to be repaired, or why there is none. */
export type ParsedJson =
  | { readonly ok: true; readonly value: unknown; readonly remark: string | null; readonly badByte: number | null }
  | { readonly ok: false; readonly message: string; readonly badByte: number | null };

/** NaN and long integers of longer records are left as they are: to replace them copies the text. */
const MAX_REPAIR = 16 * 1024 * 1024;

/** An integer with more digits than a JavaScript number may hold, and NaN as Python writes it; strings are passed over. */
const LONG_INTEGER = /(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/;
/** Most records have no such run of digits. Spelled out, the search looks at every sixteenth character only: a quarter of the time. */
const MANY_DIGITS = new RegExp('\\d'.repeat(16));
const NO_NUMBER = /-?\b(?:NaN|Infinity)\b/;

/**
 * Parses one JSON value. Bytes that are not UTF-8 become U+FFFD and are named; `NaN` and `Infinity`, which Python writes,
 * become null. Integers that a JavaScript number cannot hold become texts: rounded, an id or a gold answer would be another.
 * `badByte` is relative to the start of the record.
 */
export function parseJson(bytes: Buffer): ParsedJson {
  const text = bytes.toString('utf8');
  const badByte = isUtf8(bytes) ? null : firstInvalidByte(bytes, text);
  const remark = badByte === null ? null : 'has bytes that are not UTF-8; they are shown as \uFFFD';
  try {
    return { ok: true, value: parseExact(text), remark, badByte };
  } catch (error) {
    const repaired = text.length <= MAX_REPAIR ? outsideOfStrings(text, NO_NUMBER, () => 'null') : text;
    if (repaired !== text) {
      try {
        return { ok: true, value: parseExact(repaired), remark: remark ?? 'has NaN or Infinity, which JSON does not know; read as null', badByte };
      } catch { /* the first error says more */ }
    }
    return { ok: false, message: plainError(error), badByte };
  }
}

/** A long integer on its way through JSON.parse: a text that no record has. */
const ESCAPED = /^\0-?\d+$/;

/** JSON.parse, but for integers that a JavaScript number cannot hold: they become texts (longIntegers.ts). @throws SyntaxError */
export function parseExact(text: string): unknown {
  const exact = withTextsForIntegers(text);
  return exact === text ? JSON.parse(text) : JSON.parse(exact, unescaped);
}

function withTextsForIntegers(text: string): string {
  if (text.length > MAX_REPAIR || !MANY_DIGITS.test(text)) return text;
  return outsideOfStrings(text, LONG_INTEGER, (digits) => (Number.isSafeInteger(Number(digits)) ? digits : `"\\u0000${digits}"`));
}

function unescaped(this: object, key: string, value: unknown): unknown {
  if (typeof value !== 'string' || !ESCAPED.test(value)) return value;
  rememberInteger(this, key);
  return value.slice(1);
}

/** Replaces what a pattern finds outside of strings. Goes over the text once: a torn one may end inside of a string. */
function outsideOfStrings(text: string, pattern: RegExp, replacement: (found: string) => string): string {
  if (!pattern.test(text)) return text;
  const next = new RegExp(`"|${pattern.source}`, 'g');
  let replaced = '';
  let from = 0;
  for (let found = next.exec(text); found !== null; found = next.exec(text)) {
    if (found[0] === '"') {
      next.lastIndex = endOfString(text, next.lastIndex);
    } else {
      replaced += text.slice(from, found.index) + replacement(found[0]);
      from = next.lastIndex;
    }
  }
  return replaced + text.slice(from);
}

/** Offset behind the quote that ends a string, or the end of the text. */
function endOfString(text: string, from: number): number {
  const sign = /["\\]/g;
  sign.lastIndex = from;
  for (let found = sign.exec(text); found !== null; found = sign.exec(text)) {
    if (found[0] === '"') return sign.lastIndex;
    sign.lastIndex += 1;
  }
  return text.length;
}

/** JSON.parse quotes the text in its message; only the first words and the position are of use. */
function plainError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const position = /position (\d+)/.exec(message)?.[1];
  const cause = message.replace(/,? ?(?:\.\.\.)?"[\s\S]*$/, '').replace(/ in JSON at position[\s\S]*$/, '');
  return position === undefined ? cause : `${cause} at character ${position}`;
}

/** Offset of the first byte that is not UTF-8: where the decoded text has a U+FFFD that the bytes do not spell. */
function firstInvalidByte(bytes: Buffer, text: string): number {
  let offset = 0;
  let from = 0;
  for (let at = text.indexOf('\uFFFD'); at >= 0; at = text.indexOf('\uFFFD', from)) {
    offset += Buffer.byteLength(text.slice(from, at));
    if (!(bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd)) return offset;
    offset += 3;
    from = at + 1;
  }
  return 0;
}
