import type { Node } from './ast.ts';
import { Cursor } from './cursor.ts';
import { ExpressionReader } from './expression.ts';
import type { Reading } from './reader.ts';
import type { Token } from './tokenize.ts';
import { CLOSING_BRACKETS, OPENING_BRACKETS } from './vocabulary.ts';

const CONDITION = /^(?:if|when)$/i;
const MAX_ROWS = 6;

/**
 * `0 if n is odd, 1 if n is even`: values that each have a condition of their own, as the rows of cases. Null where there are not at
 * least two, or where a part of them cannot be read.
 */
export function readPiecewise(tokens: readonly Token[], source: string, reading: Reading): Node | null {
  const ifs = topLevel(tokens, (token) => token.kind === 'word' && CONDITION.test(token.text));
  if (ifs.length < 2 || ifs.length > MAX_ROWS) return null;
  const rows: Node[][] = [];
  let from = 0;
  for (const [k, at] of ifs.entries()) {
    const next = ifs[k + 1];
    const end = next === undefined ? endOf(tokens) : separatorBefore(tokens, at, next);
    const value = end === null ? null : valueOf(tokens.slice(from, at), source, reading);
    const condition = end === null ? null : conditionOf(tokens.slice(at + 1, end), source, reading);
    if (end === null || value === null || condition === null) return null;
    rows.push([value, condition]);
    from = end + 1;
  }
  return { t: 'cases', rows };
}

function topLevel(tokens: readonly Token[], test: (token: Token) => boolean): number[] {
  let depth = 0;
  return tokens.flatMap((token, index) => {
    if (token.kind === 'op' && OPENING_BRACKETS.has(token.text)) depth++;
    if (token.kind === 'op' && CLOSING_BRACKETS.has(token.text)) depth--;
    return depth === 0 && test(token) ? [index] : [];
  });
}

/** The last mark or "and" before the next value, which begins behind it. */
function separatorBefore(tokens: readonly Token[], from: number, to: number): number | null {
  const marks = topLevel(tokens, (token) => token.text === ',' || token.text === ';' || (token.kind === 'word' && token.text.toLowerCase() === 'and'));
  return marks.filter((index) => index > from && index < to - 1).at(-1) ?? null;
}

function endOf(tokens: readonly Token[]): number {
  let end = tokens.length;
  while (end > 0 && (tokens[end - 1]?.kind === 'end' || tokens[end - 1]?.text === '.')) end--;
  return end;
}

function read(tokens: readonly Token[], source: string, reading: Reading): Node | null {
  const kept = tokens[0]?.text.toLowerCase() === 'and' ? tokens.slice(1) : tokens;
  const last = kept.at(-1);
  if (last === undefined) return null;
  const cursor = new Cursor([...kept, { ...last, kind: 'end', text: '', start: last.end, end: last.end }], source);
  const reader = new ExpressionReader(cursor, reading);
  return cursor.attempt(() => {
    const node = reader.relation();
    return cursor.atEnd() ? node : cursor.fail('something is left over');
  });
}

function valueOf(tokens: readonly Token[], source: string, reading: Reading): Node | null {
  const node = read(tokens, source, reading);
  // What a letter or a word names is no value.
  return node === null || node.t === 'text' || node.t === 'unit' || (node.t === 'sym' && /^[A-Z]/.test(node.name)) ? null : node;
}

/** `n is odd`, `x > 0`: words, or a relation. */
function conditionOf(tokens: readonly Token[], source: string, reading: Reading): Node | null {
  const kept = tokens.filter((token) => token.text !== ',' && token.text !== ';');
  const node = read(kept, source, reading);
  if (node?.t === 'rel') return node;
  return kept.every((token) => token.kind === 'word' || token.kind === 'id' || token.kind === 'num') ? { t: 'text', words: kept.map(({ text }) => text).join(' ') } : null;
}
