import type { Node } from './ast.ts';
import type { Cursor } from './cursor.ts';
import type { Token } from './tokenize.ts';
import { CONDITIONS, JOINERS, RELATIONS, VERBS } from './vocabulary.ts';

/** What an answer says beside its value. */
export type Condition =
  /** The set of numbers that names stand for: `k \in \mathbb Z`, `for some constant C`. */
  | { readonly kind: 'domain'; readonly names: readonly string[]; readonly set: NumberSet }
  | { readonly kind: 'relation'; readonly node: Node }
  /** A sentence about the value, `is the only solution`, in plain words. */
  | { readonly kind: 'remark'; readonly words: string }
  /** Any other words. */
  | { readonly kind: 'words'; readonly words: string };

/** `any`: real, complex or arbitrary; `N` may or may not have a zero. */
export type NumberSet = 'any' | 'Q' | 'Z' | 'N' | 'positive' | 'nonnegative' | 'other';

/** What the reader of conditions needs of the reader of expressions. */
export interface RelationReader {
  readonly cursor: Cursor;
  relation(): Node;
  attempt(read: () => Node): Node | null;
}

/** Words that only open a condition or bind its name. */
const OPENERS = new Set('those where for with when if whenever given that such provided assuming each all any every some both a an the and is are be being arbitrary arbitrarily fixed 其中 где при если'.split(' '));
const KINDS = new Set('integer integers natural whole real rational complex number numbers constant constants parameter parameters positive non-negative nonnegative nonzero free'.split(' '));
/** Beyond so many clauses no relation is tried any more: each try may read far ahead. */
const MAX_RELATIONS = 12;
/** Names that by habit stand for whole numbers. */
const WHOLE_NAMES = /^[ijkmnpqrlt](?:_.*)?$/;

/**
 * Reads everything up to the end as conditions; the words that open the first were not taken yet. Where one clause is neither
 * a relation nor a set of numbers, all of them are words: their order may matter (`n if n is even, n + 1 if n is odd`).
 */
export function readConditions(reader: RelationReader): Condition[] {
  const { cursor } = reader;
  const start = cursor.index;
  const result = readClauses(reader);
  if (result !== null) return result;
  cursor.index = start;
  const words: string[] = [];
  for (; !cursor.atEnd(); cursor.next()) {
    const token = cursor.peek();
    if (!isOpener(cursor) && !(token.kind === 'op' && /^[.,;{}]$/.test(token.text))) words.push(token.kind === 'word' ? token.text.toLowerCase() : token.text);
  }
  return [{ kind: 'words', words: (words.length <= 3 ? words.sort() : words).join(' ') }];
}

/** Relations and sets of numbers up to the end; null where anything else is said. */
function readClauses(reader: RelationReader): Condition[] | null {
  const { cursor } = reader;
  const result: Condition[] = [];
  let names: string[] = [];
  let quantified = false;
  while (!cursor.atEnd()) {
    quantified ||= QUANTIFIERS.test(cursor.peek().text);
    if (cursor.isOp(',', ';', '.', '(', ')') || isOpener(cursor) || JOINERS.get(cursor.peek().text.toLowerCase()) === 'and') {
      cursor.next();
      continue;
    }
    if (isListedName(cursor)) {
      names.push(nameOf(cursor.next()));
      continue;
    }
    const before = result.at(-1);
    const condition = (result.length < MAX_RELATIONS ? readRelation(reader) : null) ?? readKind(cursor, quantified, before?.kind === 'domain' ? before.set : null);
    if (condition === null) return null;
    result.push(condition.kind === 'domain' ? { ...condition, names: [...names, ...condition.names] } : condition);
    names = [];
  }
  return names.length === 0 ? result : null;
}

/** `for all x`, `for all integers n`, `for all x \in \mathbb R` before the next item. Null, with nothing read, for anything else. */
export function readQuantifier(reader: RelationReader): Condition | null {
  const { cursor } = reader;
  const start = cursor.index;
  if (cursor.peek().text.toLowerCase() !== 'for' || !QUANTIFIERS.test(cursor.peek(1).text)) return null;
  cursor.index += 2;
  const condition = readRelation(reader) ?? readKind(cursor, true, null);
  if (condition?.kind === 'domain' && endsClause(cursor)) return condition;
  cursor.index = start;
  return null;
}

/**
 * `all positive integers n` before `n \equiv 1 \pmod 6`, `all integers n` before `n \ge 3`. Null, with nothing read, for
 * anything else.
 */
export function readNumbers(cursor: Cursor): Condition | null {
  const kinds: string[] = [];
  const quantified = QUANTIFIERS.test(cursor.peek().text) || QUANTIFIERS.test(cursor.peek(1).text);
  let ahead = 0;
  for (; ahead < 6; ahead++) {
    const word = cursor.peek(ahead).kind === 'word' ? cursor.peek(ahead).text.toLowerCase() : '';
    if (KINDS.has(word)) kinds.push(word);
    else if (!OPENERS.has(word)) break;
  }
  const name = cursor.peek(ahead);
  // `those congruent to 2 or 3 modulo 4`: the values alone say the same.
  const words = congruentTo(cursor, ahead);
  if (words > 0) {
    cursor.index += ahead + words;
    return { kind: 'remark', words: 'all' };
  }
  const sign = congruentTo(cursor, ahead + 1) > 0 ? 'equiv' : cursor.peek(ahead + 1).text;
  const bounds = RELATIONS.get(sign) ?? sign;
  const bounded = BOUNDS.has(bounds) && (kinds.length > 0 || quantified);
  if (name.kind !== 'id' || !(bounded || (kinds.length > 0 && sign === 'equiv'))) return null;
  cursor.index += ahead;
  const set = setOf(kinds);
  const told = bounded && (set === 'any' || (WHOLE_NAMES.test(name.text) && (set === 'Z' || (set !== 'other' && set !== 'Q' && bounds.startsWith('>')))));
  return told ? { kind: 'remark', words: 'all' } : { kind: 'domain', names: [name.text], set };
}

/** Number of words, so many tokens ahead, that say `\equiv`: `congruent to`, `is congruent to`; 0 for others. */
export function congruentTo(cursor: Cursor, ahead: number): number {
  if (cursor.peek(ahead).kind !== 'word') return 0;
  const verb = /^(?:is|are)$/.test(cursor.peek(ahead).text) ? 1 : 0;
  return cursor.peek(ahead + verb).text === 'congruent' && cursor.peek(ahead + verb + 1).text === 'to' ? verb + 2 : 0;
}

/** Relations that bound a name or take a value from it. */
const BOUNDS: ReadonlySet<string> = new Set(['<', '>', '<=', '>=', '!=']);

const QUANTIFIERS = /^(?:all|any|every|each|forall)$/i;

function isOpener(cursor: Cursor): boolean {
  const token = cursor.peek();
  const single = token.kind === 'id' && !token.roman && /^[a-z]$/i.test(token.text);
  return (token.kind === 'cmd' && (token.text === 'forall' || token.text === 'mid')) || ((token.kind === 'word' || token.kind === 'id') && !single && OPENERS.has(token.text.toLowerCase()));
}

/** `x, y \in \mathbb R`: a name before a comma whose set comes later. */
function isListedName(cursor: Cursor): boolean {
  const [token, after] = [cursor.peek(), cursor.peek(1)];
  return (token.kind === 'id' || token.kind === 'cmd') && (after.text === ',' || (after.kind === 'word' && JOINERS.get(after.text.toLowerCase()) === 'and'));
}

function nameOf(token: Token): string {
  return token.kind === 'cmd' ? `\\${token.text}` : token.text;
}

/** A relation that ends its clause; null, with nothing read, for anything else. */
function readRelation(reader: RelationReader): Condition | null {
  const { cursor } = reader;
  const start = cursor.index;
  const node = reader.attempt(() => reader.relation());
  if (node?.t === 'rel' && endsClause(cursor)) return conditionOf(node);
  cursor.index = start;
  return null;
}

function endsClause(cursor: Cursor): boolean {
  const token = cursor.peek();
  if (token.kind === 'end' || cursor.isOp(',', ';', '.', ')')) return true;
  return token.kind === 'word' && (CONDITIONS.has(token.text.toLowerCase()) || JOINERS.has(token.text.toLowerCase()));
}

/** A relation as a condition: membership in a set of numbers, and `n \ge 1`, say where a name lives. */
export function conditionOf(node: Node): Condition {
  if (node.t !== 'rel' || node.items.length !== 2) return { kind: 'relation', node };
  const [left, right] = node.items;
  const names = left?.t === 'sym' ? [left.name] : left?.t === 'seq' && left.items.every((item) => item.t === 'sym') ? left.items.map((item) => (item.t === 'sym' ? item.name : '')) : null;
  if (names === null || right === undefined) return { kind: 'relation', node };
  if (node.ops[0] === 'in') {
    const set = right.t === 'named' ? SETS[right.name] : right.t === 'sym' ? SETS[right.name] : undefined;
    return set === undefined ? { kind: 'relation', node } : { kind: 'domain', names, set };
  }
  const start = right.t === 'num' && right.value.d === 1n && names.every((name) => WHOLE_NAMES.test(name)) ? `${node.ops[0] ?? ''}${right.value.n}` : '';
  const set = start === '>=1' || start === '>0' ? 'positive' : start === '>=0' ? 'nonnegative' : null;
  return set === null ? { kind: 'relation', node } : { kind: 'domain', names, set };
}

const SETS: Readonly<Record<string, NumberSet>> = { R: 'any', C: 'any', Q: 'Q', Z: 'Z', N: 'N', 'Z positive': 'positive', 'Z nonnegative': 'nonnegative' };

/**
 * A kind of number for names, up to the next comma, `and` or opener: `some integer t`, `a is a constant`. After such a clause
 * further names are of the same kind (`constants a and b`). Null for any other words.
 */
function readKind(cursor: Cursor, quantified: boolean, before: NumberSet | null): Condition | null {
  const kinds: string[] = [];
  const names: string[] = [];
  do {
    const token = cursor.peek();
    if (isOpener(cursor)) {
      if (CONDITIONS.has(token.text.toLowerCase())) break;
    } else if (token.kind === 'id' || (token.kind === 'cmd' && cursor.peek(1).kind !== 'op')) names.push(nameOf(token));
    else if (token.kind === 'word' && KINDS.has(token.text.toLowerCase())) kinds.push(token.text.toLowerCase());
    else if (token.text !== '{' && token.text !== '}') return null;
    cursor.next();
  } while (!cursor.atEnd() && !cursor.isOp(',', ';', '.') && JOINERS.get(cursor.peek().text.toLowerCase()) === undefined);
  if (names.length === 0) return null;
  if (kinds.length === 0) return quantified ? { kind: 'domain', names, set: 'any' } : before === null ? null : { kind: 'domain', names, set: before };
  return { kind: 'domain', names, set: setOf(kinds) };
}

function setOf(kinds: readonly string[]): NumberSet {
  const has = (pattern: RegExp): boolean => kinds.some((kind) => pattern.test(kind));
  const whole = has(/^integers?$|^whole$/);
  if (has(/^natural$/)) return 'N';
  if (has(/^nonzero$/)) return 'other';
  if (has(/^positive$/)) return whole ? 'positive' : 'other';
  if (has(/^non-?negative$/)) return whole ? 'nonnegative' : 'other';
  if (whole) return 'Z';
  return has(/^rational$/) ? 'Q' : 'any';
}

/** A sentence about the value that was read, up to the end. */
export function readRemark(cursor: Cursor): Condition {
  const words: string[] = [];
  while (!cursor.atEnd()) {
    const token = cursor.next();
    if (token.kind !== 'op' || !/^[.,;{}]$/.test(token.text)) words.push(token.text.toLowerCase());
  }
  return { kind: 'remark', words: words.join(' ') };
}

/** Whether a condition or a sentence about the value begins here. */
export function opensCondition(cursor: Cursor): 'condition' | 'remark' | null {
  const token = cursor.peek();
  if (token.kind === 'cmd') return token.text === 'forall' || token.text === 'mid' ? 'condition' : null;
  if (token.kind !== 'word') return null;
  const lower = token.text.toLowerCase();
  return CONDITIONS.has(lower) ? 'condition' : VERBS.has(lower) ? 'remark' : null;
}
