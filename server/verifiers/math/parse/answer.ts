import { symbols, type Node } from './ast.ts';
import { readNamedTime } from './clock.ts';
import { conditionOf, opensCondition, readConditions, readNumbers, readRemark, type Condition } from './conditions.ts';
import { Cursor } from './cursor.ts';
import { ExpressionReader } from './expression.ts';
import { ParseError } from './parseError.ts';
import type { Reading } from './reader.ts';
import { readPiecewise } from './piecewise.ts';
import { tokenize, type Token } from './tokenize.ts';
import { APPROXIMATE, CONDITIONS, DENIALS, FILLERS, FUNCTIONS, JOINERS, MULTIPLIERS, TRANSPARENT } from './vocabulary.ts';

/** An answer as read: its tree, or the words of what is prose, or the error that names the offending place. */
export interface Answer {
  /** The normalised text that positions refer to. */
  readonly text: string;
  /** Without commands that change the looks alone. */
  readonly tokens: readonly Token[];
  readonly node: Node | null;
  readonly error: ParseError | null;
  /** The text says that its value is rounded. */
  readonly approximate: boolean;
  /** What is said beside the value: `for some integer t`, `(x > 0)`, `where ...`. */
  readonly conditions: readonly Condition[];
}

/** Reads a normalised answer. Throws ParseError only when the text breaks a limit; what cannot be read has `error` set. */
export function readAnswer(text: string, reading: Reading = {}): Answer {
  const written = tokenize(text);
  const tokens = written.some(isFont) ? written.filter((token) => !isFont(token)) : written;
  const cursor = new Cursor([...written], text);
  const { approximate } = skipOpening(cursor);
  try {
    if (cursor.atEnd()) cursor.fail('nothing stands here');
    const reader = new ExpressionReader(cursor, reading);
    const cases = MAY_BE_PIECEWISE.test(text) ? readPiecewise(cursor.tokens.slice(cursor.index), text, reading) : null;
    if (cases !== null) return { text, tokens, node: cases, error: null, approximate, conditions: [] };
    const numbers = cursor.peek().kind === 'word' ? readNumbers(cursor) : null;
    if (numbers !== null) reader.conditions.push(numbers);
    const value = readNamedTime(cursor) ?? reader.list();
    const rounded = roundedRemark(cursor, reader);
    const read: Node = rounded === null ? value : { t: 'rel', items: [value, rounded], ops: ['approx'] };
    const behind = readEnding(cursor, reader, value);
    const { node, declared } = withoutDeclarations(read);
    return { text, tokens, node, error: null, approximate, conditions: [...reader.conditions, ...behind, ...declared] };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { text, tokens, node: null, error, approximate, conditions: [] };
  }
}

/** Two conditions, as values that each have their own have. */
const MAY_BE_PIECEWISE = /\b(?:if|when)\b[^]*\b(?:if|when)\b/i;

function isFont(token: Token): boolean {
  return token.kind === 'cmd' && TRANSPARENT.has(token.text);
}

/** What a formula behind the word is, as it shows itself: `the line y = x`, `the interval [2, 3]`. */
const FORMS: ReadonlySet<string> = new Set(['line', 'curve', 'plane', 'point', 'points', 'interval', 'number', 'numbers', 'pair', 'pairs', 'function']);

function beginsFormula(token: Token): boolean {
  return token.kind === 'num' || token.kind === 'id' || token.kind === 'cmd' || (token.kind === 'op' && /^(?:[([{-]|\\\{)$/.test(token.text));
}

/** Skips words before the value that say nothing: `the answer is`, `only`, `about`, `\therefore`, `=`. */
function skipOpening(cursor: Cursor): { approximate: boolean } {
  let approximate = false;
  for (;;) {
    const token = cursor.peek();
    const [noun, verb] = [cursor.peek(1), cursor.peek(2)];
    // `the ratio is 2:3`
    if (token.kind === 'word' && token.text.toLowerCase() === 'the' && noun.kind === 'word' && /^(?:is|are|equals)$/.test(verb.text) && !DENIALS.has(noun.text.toLowerCase())) cursor.index += 3;
    else if (token.kind === 'word' && (FILLERS.has(token.text.toLowerCase()) || (FORMS.has(token.text) && beginsFormula(noun)))) cursor.next();
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

/**
 * Reads what may follow a value: punctuation, a remark in parentheses, conditions, a sentence about the value. Throws
 * ParseError for anything else, and for a sentence about a mere name (`n is even`), which is the answer itself.
 */
function readEnding(cursor: Cursor, reader: ExpressionReader, value: Node): Condition[] {
  while (cursor.isOp('.', ',', ';', '\\\\') || (cursor.peek().kind === 'word' && cursor.peek().text === 'only')) cursor.next();
  if (cursor.atEnd()) return [];
  const opens = opensCondition(cursor);
  if (opens === 'condition') return readConditions(reader);
  if (opens === 'remark') return isStatedValue(value) ? [readRemark(cursor)] : cursor.fail('a sentence about a name');
  if (cursor.isOp('(') && remarkEnds(cursor)) return [];
  if (cursor.isOp('(') && (cursor.peek(1).text === 'forall' || (cursor.peek(1).kind === 'word' && CONDITIONS.has(cursor.peek(1).text.toLowerCase())))) return readConditions(reader);
  return cursor.fail('something is left over');
}

/** An equation, or a value without a free name: something that a sentence can be about. */
function isStatedValue(node: Node): boolean {
  return node.t === 'rel' || symbols(node).size === 0;
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

/** How precise a rounded value is: `(3 s.f.)`, `(to two decimal places)`. */
const PRECISION = /nearest|decimal|signif|\bs\.?\s?f\b|\bd\.?\s?p\b/i;

/** Words that make a remark about the value another value. */
const COMPARING = /^(?:more|less|fewer|least|most|greater|larger|smaller|plus|minus|times|percent|half|squared|cubed)$/;

/** A remark in parentheses that ends the answer. One with another number or an alternative is no remark: `5 (or 6)` hedges. */
function remarkEnds(cursor: Cursor): boolean {
  const inside = cursor.peek(1);
  const precise = PRECISION.test(cursor.source.slice(inside.start));
  const wordy = (inside.kind === 'word' && !FUNCTIONS.has(inside.text) && !CONDITIONS.has(inside.text.toLowerCase())) || inside.text === 'approx' || inside.roman || precise;
  if (!wordy) return false;
  let depth = 0;
  for (let ahead = 0; cursor.peek(ahead).kind !== 'end'; ahead++) {
    const { text, kind } = cursor.peek(ahead);
    const word = text.toLowerCase();
    if ((kind === 'num' && !precise) || JOINERS.has(word) || DENIALS.has(word) || MULTIPLIERS.has(word.replace(/s$/, '')) || COMPARING.test(word)) return false;
    if (text === '(') depth++;
    if (text === ')' && --depth === 0) {
      const after = cursor.peek(ahead + 1);
      return after.kind === 'end' || (after.text === '.' && cursor.peek(ahead + 2).kind === 'end');
    }
  }
  return false;
}

/**
 * `x = 2k\pi, k \in Z`, `y = x^2, x > 0`: relations behind a value or an equation are conditions. Behind an inequality they
 * are part of what it says, except where they tell the set of a parameter.
 */
function withoutDeclarations(node: Node): { node: Node; declared: Condition[] } {
  const first = node.t === 'seq' && node.open === '' ? node.items[0] : undefined;
  if (node.t !== 'seq' || first === undefined || isCondition(first) && symbols(first).size < 2) return { node, declared: [] };
  const declared: Condition[] = [];
  const kept: Node[] = [first];
  for (const item of node.items.slice(1)) {
    const condition = isCondition(item) ? conditionOf(item) : null;
    if (condition === null || (isCondition(first) && condition.kind !== 'domain')) {
      kept.push(item);
      continue;
    }
    // `a, b \in \mathbb R`: the names before the last were read as items.
    const names: string[] = [];
    while (condition.kind === 'domain' && kept.length > 1 && kept.at(-1)?.t === 'sym') names.push(...symbols(kept.pop() ?? item));
    declared.push(condition.kind === 'domain' ? { ...condition, names: [...names, ...condition.names] } : condition);
  }
  return { node: kept.length === 1 ? first : { ...node, items: kept }, declared };
}

/** A relation that restricts rather than gives a value. */
function isCondition(node: Node): boolean {
  return node.t === 'rel' && !node.ops.some((op) => op === '=' || op === 'approx' || op === 'to' || op === 'congruent');
}
