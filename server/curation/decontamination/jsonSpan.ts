import type { FileRange } from '../../protocol/decontamination.ts';

/** A record as it stands in the file, with the place of its first character (0-based line, UTF-16 column). */
export interface RecordText {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Where a stretch of a decoded string value lies in the JSON text that holds it: `\\frac` is two characters on disk for one
 * decoded, `\u0041` six. The value is searched among all strings of the record; if none holds `value` (a prompt wrapper inside
 * was removed), one that holds the stretch itself will do. Null where neither is found.
 * @param start,end UTF-16 offsets in `value`
 */
export function findInJson(json: string, value: string, start: number, end: number): { start: number; end: number } | null {
  const span = value.slice(start, end);
  if (span === '') return null;
  let second: { start: number; end: number } | null = null;
  for (const literal of stringLiterals(json)) {
    // A decoded string is never longer than its text on disk.
    if (literal.end - literal.start < span.length) continue;
    const decoded = decode(json.slice(literal.start, literal.end));
    if (decoded === null) continue;
    const whole = decoded.indexOf(value);
    if (whole >= 0) return range(json, literal.start, whole + start, whole + end);
    const part = second === null ? decoded.indexOf(span) : -1;
    if (part >= 0) second = range(json, literal.start, part, part + span.length);
  }
  return second;
}

/** The file's range of a stretch of a statement; the record's whole range where it cannot be found. */
export function rangeInFile(record: RecordText, value: string, start: number, end: number): FileRange {
  const found = findInJson(record.text, value, start, end) ?? { start: 0, end: record.text.length };
  const from = position(record, found.start);
  const to = position(record, found.end);
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

function position(record: RecordText, offset: number): { line: number; column: number } {
  let line = record.line;
  let lineStart = -record.column;
  for (let newline = record.text.indexOf('\n'); newline >= 0 && newline < offset; newline = record.text.indexOf('\n', newline + 1)) {
    line++;
    lineStart = newline + 1;
  }
  return { line, column: offset - lineStart };
}

/** Ranges of the contents of all string literals, quotes left out, in one linear pass. */
function* stringLiterals(json: string): Generator<{ start: number; end: number }> {
  for (let open = json.indexOf('"'); open >= 0;) {
    let at = open + 1;
    while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
    if (at >= json.length) return;
    yield { start: open + 1, end: at };
    open = json.indexOf('"', at + 1);
  }
}

function decode(content: string): string | null {
  if (!content.includes('\\')) return content;
  try {
    // Control characters inside of strings are not JSON, but readers of real files let them pass.
    const value: unknown = JSON.parse(`"${content.replace(/[\u0000-\u001f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** Walks over the escapes of a literal: offsets of decoded characters become offsets in the JSON text. */
function range(json: string, literalStart: number, start: number, end: number): { start: number; end: number } {
  let disk = literalStart;
  let decoded = 0;
  let from = literalStart;
  for (; decoded < end; decoded++) {
    if (decoded === start) from = disk;
    disk += json[disk] !== '\\' ? 1 : json[disk + 1] === 'u' ? 6 : 2;
  }
  return { start: from, end: disk };
}
