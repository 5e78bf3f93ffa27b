import type { Node } from './ast.ts';
import { Cursor } from './cursor.ts';
import { ExpressionReader } from './expression.ts';
import { ParseError } from './parseError.ts';
import type { Reading } from './reader.ts';
import { tokenize, type Token } from './tokenize.ts';
import { APPROXIMATE, CONDITIONS, FILLERS, FUNCTIONS, JOINERS, VERBS } from './vocabulary.ts';

/** An answer as read: its tree, or the words of what is prose, or the error that names the offending place. */
export interface Answer {
  /** The normalised text that positions refer to. */
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly node: Node | null;
  readonly error: ParseError | null;
  /** The text says that its value is rounded. */
  readonly approximate: boolean;
  /** What follows the value: `for some integer t`, `where ...`. Empty when nothing does. */
  readonly condition: string;
}

/** Reads a normalised answer. Throws ParseError only when the text breaks a limit; what cannot be read has `error` set. */
export function readAnswer(text: string, reading: Reading = {}): Answer {
  const tokens = tokenize(text);
  const cursor = new Cursor([...tokens], text);
  const { approximate } = skipOpening(cursor);
  try {
    if (cursor.atEnd()) cursor.fail('nothing stands here');
    const reader = new ExpressionReader(cursor, reading);
    const value = timeOfDay(cursor) ?? reader.list();
    const rounded = roundedRemark(cursor, reader);
    const read: Node = rounded === null ? value : { t: 'rel', items: [value, rounded], ops: ['approx'] };
    const ending = readEnding(cursor, text);
    const { node, declared } = withoutDeclarations(read);
    return { text, tokens, node, error: null, approximate, condition: [ending, ...declared].filter((each) => each !== '').join(' ') };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { text, tokens, node: null, error, approximate, condition: '' };
  }
}

/** Skips words before the value that say nothing: `the answer is`, `only`, `about`, `\therefore`, `=`. */
function skipOpening(cursor: Cursor): { approximate: boolean } {
  let approximate = false;
  for (;;) {
    const token = cursor.peek();
    if (token.kind === 'word' && FILLERS.has(token.text.toLowerCase())) cursor.next();
    else if (token.kind === 'word' && APPROXIMATE.has(token.text.toLowerCase())) {
      approximate = true;
      cursor.next();
    } else if (token.kind === 'cmd' && (token.text === 'approx' || token.text === 'therefore' || token.text === 'because')) {
      approximate ||= token.text === 'approx';
      cursor.next();
    } else if (cursor.isOp('=', ':', ',') && cursor.peek(1).kind !== 'end') cursor.next();
    else return { approximate };
  }
}

/** Reads what may follow a value: punctuation, a remark in parentheses, a condition. Throws ParseError for anything else. */
function readEnding(cursor: Cursor, text: string): string {
  while (cursor.isOp('.', ',', ';', '\\\\')) cursor.next();
  if (cursor.atEnd()) return '';
  const token = cursor.peek();
  const isCondition = (token.kind === 'word' && CONDITIONS.has(token.text.toLowerCase())) || (token.kind === 'cmd' && (token.text === 'forall' || token.text === 'mid'));
  const isClause = token.kind === 'word' && VERBS.has(token.text.toLowerCase());
  if (isCondition || isClause) return text.slice(token.start);
  if (cursor.isOp('(') && remarkEnds(cursor)) return '';
  if (cursor.isOp('(') && cursor.peek(1).kind === 'word' && CONDITIONS.has(cursor.peek(1).text.toLowerCase())) return text.slice(token.start);
  return cursor.fail('something is left over');
}

/** `(about 18.9)` behind a value: the rounded value. Null, with nothing read, for anything else. */
function roundedRemark(cursor: Cursor, reader: ExpressionReader): Node | null {
  const word = cursor.peek(1);
  const announced = (word.kind === 'word' && APPROXIMATE.has(word.text.toLowerCase())) || (word.kind === 'cmd' && word.text === 'approx');
  if (!cursor.isOp('(') || !announced) return null;
  return reader.attempt(() => {
    cursor.index += 2;
    const value = reader.product();
    cursor.expectOp(')');
    return value;
  });
}

/** A remark in parentheses that ends the answer. One with a number or an alternative is no remark: `5 (or 6)` hedges. */
function remarkEnds(cursor: Cursor): boolean {
  const inside = cursor.peek(1);
  const wordy = (inside.kind === 'word' && !FUNCTIONS.has(inside.text) && !CONDITIONS.has(inside.text.toLowerCase())) || inside.text === 'approx' || inside.roman;
  if (!wordy) return false;
  let depth = 0;
  for (let ahead = 0; cursor.peek(ahead).kind !== 'end'; ahead++) {
    const { text } = cursor.peek(ahead);
    if (cursor.peek(ahead).kind === 'num' || JOINERS.has(text.toLowerCase())) return false;
    if (text === '(') depth++;
    if (text === ')' && --depth === 0) {
      const after = cursor.peek(ahead + 1);
      return after.kind === 'end' || (after.text === '.' && cursor.peek(ahead + 2).kind === 'end');
    }
  }
  return false;
}

/** `4:30 p.m.`, `9 a.m.`, `20:34:00`, `5am`: the whole answer is a time of day. */
function timeOfDay(cursor: Cursor): Node | null {
  const { source } = cursor;
  const plain = source.replace(/\\(?:text|mathrm|mbox|textrm)\s*\{([^{}]*)\}/g, ' $1 ').replace(/\\[;,:! ]|~/g, '').replace(/\s*:\s*/g, ':').trim();
  const match = /^(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?\s*([ap])\.?\s?m\.?$/i.exec(plain) ?? /^(\d{1,2}):(\d{2}):(\d{2})()$/.exec(plain);
  if (match === null) return null;
  const [, hour = '', minute = '0', second = '0', letter = ''] = match;
  const half = letter === '' ? null : letter.toLowerCase() === 'a' ? 'am' : 'pm';
  const h = Number(hour);
  if (h > 24 || Number(minute) > 59 || Number(second) > 59) return null;
  while (!cursor.atEnd()) cursor.next();
  const hours = half === null ? h : (h % 12) + (half === 'pm' ? 12 : 0);
  return { t: 'time', minutes: hours * 60 + Number(minute) + Number(second) / 60, half };
}

/** `x = 2k\pi, k \in Z`: items that only say where a parameter lives belong to the condition. */
function withoutDeclarations(node: Node): { node: Node; declared: string[] } {
  if (node.t !== 'seq' || node.open !== '') return { node, declared: [] };
  const declared: string[] = [];
  const items = node.items.filter((item, index) => {
    const name = index > 0 && item.t === 'rel' && item.ops[0] === 'in' && item.items[0]?.t === 'sym' ? item.items[0].name : null;
    if (name !== null) declared.push(`${name} \\in`);
    return name === null;
  });
  const only = items[0];
  if (declared.length === 0 || only === undefined) return { node, declared: [] };
  return { node: items.length === 1 ? only : { ...node, items }, declared };
}
