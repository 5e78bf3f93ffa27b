import { sym, type Node } from './ast.ts';
import type { Cursor } from './cursor.ts';
import type { Token } from './tokenize.ts';
import { ACCENTS, CLOSING_BRACKETS, DENIALS, FUNCTIONS, NUMBER_WORDS, OPENING_BRACKETS, SYMBOLS } from './vocabulary.ts';
import { splitWord } from './words.ts';

/**
 * Left sides that only name what the right side is, whatever they look like as formulas: `T(n) = ...`, `\text{Area} = 24`,
 * `P(A \mid B) = ...`, `A \cup B = ...`. They are recognised by their tokens before the sign.
 */

/** Functions of events and random variables: what stands in their brackets is no argument. */
const MEASURES = new Set(['P', 'Pr', 'E', 'D', 'Var', 'var', 'Cov', 'card', 'n', 'N']);
/** Functions whose value for something unnamed is a quantity of its own. */
const QUANTITIES = new Set(['gcd', 'lcm', 'max', 'min', 'sup', 'inf', 'det', 'deg', 'dim', 'rank', 'tr']);
const MAX_TOKENS = 40;

/** Reads a left side up to its sign, which stays. Null, with nothing read, where it is an ordinary expression. */
export function readHead(cursor: Cursor): Node | null {
  const length = headLength(cursor);
  // A letter, perhaps with a subscript, is read as such.
  if (length === 0 || (cursor.peek().kind === 'id' && (length === 1 || (cursor.peek(1).text === '_' && length <= 5)))) return null;
  const tokens = Array.from({ length }, (_, ahead) => cursor.peek(ahead));
  // `m\angle ABC`: the measure of an angle is named as the angle is.
  if (tokens[0]?.text === 'm' && tokens[1]?.text === 'angle' && tokens.slice(2).every((token) => token.kind === 'id' || token.kind === 'word')) cursor.next();
  const head = functionHead(tokens) ?? label(tokens);
  if (head !== null) cursor.index += length;
  return head;
}

/** Number of tokens before the first `=` or `\equiv` outside brackets, or 0. */
function headLength(cursor: Cursor): number {
  const first = cursor.peek();
  if (first.kind === 'num' || first.kind === 'end' || (first.kind === 'op' && first.text !== '#' && first.text !== '|' && first.text !== '{' && !(first.text === '(' && cursor.peek(2).text === 'circ'))) return 0;
  let depth = 0;
  for (let ahead = 0; ahead < MAX_TOKENS; ahead++) {
    const { kind, text } = cursor.peek(ahead);
    if (kind === 'end') return 0;
    if (kind === 'cmd' && depth === 0 && text === 'equiv') return ahead;
    if (kind !== 'op') continue;
    if (OPENING_BRACKETS.has(text)) depth++;
    else if (CLOSING_BRACKETS.has(text)) {
      if (--depth < 0) return 0;
    } else if (depth === 0) {
      if (text === '=' || text === '==') return ahead;
      if (ENDING.has(text)) return 0;
    }
  }
  return 0;
}

const ENDING = new Set([',', ';', '<', '>', '<=', '>=', '!=', '&', '\\\\', '+', '-', '*']);

/** `T(n)`, `P_n(x)`, `f^{-1}(x)`, `g(x, y)`: a name applied to plain names. */
function functionHead(tokens: readonly Token[]): Node | null {
  const open = tokens.findIndex((token) => token.text === '(' && token.kind === 'op');
  const letter = tokens[0];
  // `(f \circ g)(x)`
  if (open === 0 && tokens[2]?.text === 'circ' && tokens[4]?.text === ')') {
    const args = tokens[5]?.text === '(' ? argumentsOf(tokens.slice(6, -1)) : null;
    return args === null ? null : { t: 'app', name: spelled(tokens.slice(0, 5)), args: args.map(sym) };
  }
  if (open < 1 || tokens.at(-1)?.text !== ')' || letter === undefined || !isName(letter) || letter.text === 'e' || letter.text === 'i') return null;
  const name = spelled(tokens.slice(0, open));
  const args = argumentsOf(tokens.slice(open + 1, -1));
  if (args === null || !/^(?:\\[a-zA-Z]+|[^\W\d_])(?:'|_[\w\\]+|\^-1)*$/.test(name)) return null;
  // P(A) is the measure of A, not a function of it.
  if (MEASURES.has(letter.text) && args.some((arg) => /^[A-Z]/.test(arg))) return { t: 'text', words: `${name}(${args.join(',')})` };
  return args.includes(name) ? null : { t: 'app', name, args: args.map(sym) };
}

function isName(token: Token): boolean {
  return token.kind === 'id' || (token.kind === 'cmd' && SYMBOLS.has(token.text));
}

/** The tokens without the braces of scripts, as names are written in symbols. */
function spelled(tokens: readonly Token[]): string {
  return tokens.filter((token) => token.text !== '{' && token.text !== '}').map((token) => (token.kind === 'cmd' ? token.text === 'prime' ? "'" : `\\${token.text}` : token.text)).join('').replaceAll("^'", "'");
}

function argumentsOf(tokens: readonly Token[]): string[] | null {
  const args: string[] = [];
  for (let i = 0; i < tokens.length;) {
    const comma = tokens.findIndex((token, index) => index >= i && token.text === ',');
    const end = comma === -1 ? tokens.length : comma;
    const part = tokens.slice(i, end);
    const [first] = part;
    if (first === undefined || !isName(first) || (part.length > 1 && part[1]?.text !== '_')) return null;
    args.push(spelled(part));
    i = end + 1;
  }
  return args.length === 0 ? null : args;
}

/** Words, measures, combinations of sets, scalar products: names of what is asked. */
function label(tokens: readonly Token[]): Node | null {
  if (!isWords(tokens) && !isMeasure(tokens) && !isSets(tokens) && !isProduct(tokens) && !isQuantity(tokens)) return null;
  return labelNode(tokens);
}

/** The name that words or symbols give a value; `Min` is short for `Minimum`. */
export function labelNode(tokens: readonly Token[]): Node {
  const words = tokens.filter((token) => token.text !== '{' && token.text !== '}').map((token) => (token.kind === 'word' ? token.text.toLowerCase() : token.kind === 'cmd' ? `\\${token.text}` : token.text));
  return { t: 'text', words: words.map((word) => (/^\\?max$/.test(word) ? 'maximum' : /^\\?min$/.test(word) ? 'minimum' : word)).join(' ') };
}

/** `\text{Area of } \triangle ABC`, `Total`: upright words, or a word with a capital, and no formula. */
function isWords(tokens: readonly Token[]): boolean {
  const [first] = tokens;
  if (first?.kind !== 'word' || FUNCTIONS.has(first.text) || NUMBER_WORDS.has(first.text.toLowerCase()) || (!first.roman && splitWord(first.text) !== null)) return false;
  if (!first.roman && !/^\p{Lu}\p{Ll}{2,}$/u.test(first.text)) return false;
  const last = tokens.at(-1);
  // A letter at the end is what the equation is about: `the line y = x`.
  if (last?.kind === 'id' && !last.roman || tokens.some((token) => DENIALS.has(token.text.toLowerCase()))) return false;
  return tokens.every((token) => (token.kind === 'op' ? /^[_{}().'-]$/.test(token.text) : token.kind === 'cmd' ? ['triangle', 'angle', 'odot', 'circ', 'square'].includes(token.text) || SYMBOLS.has(token.text) : true));
}

/** `P(A|B)`, `\Pr(X = 2)`, `\mathbb E[X]`, `n(A \cup B)`, `\#S`: a measure of something in capitals. */
function isMeasure(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  if (tokens[0]?.text === '#') return tokens.slice(1).every((token) => token.kind === 'id' || token.kind === 'op');
  const start = tokens.findIndex((token) => token.text === '(' || token.text === '[');
  if (start < 1 || (last?.text !== ')' && last?.text !== ']')) return false;
  const name = tokens.slice(0, start).filter((token) => token.text !== '{' && token.text !== '}' && token.text !== 'mathbb');
  const inside = tokens.slice(start + 1, -1);
  return name.length === 1 && MEASURES.has(name[0]?.text ?? '') && inside.some((token) => /^[A-Z]$/.test(token.text) || (token.kind === 'word' && token.roman)) && !(name[0]?.kind === 'id' && inside.some((token) => token.text === '+' || token.text === '-'));
}

/** `A \cup B`, `\overline{A} \cap B`, `C_U A`: capitals joined as sets. */
function isSets(tokens: readonly Token[]): boolean {
  const joins = new Set(['cup', 'cap', 'setminus', 'complement', 'overline', 'bar', 'backslash']);
  return tokens.some((token) => token.kind === 'cmd') && tokens.every((token) => (token.kind === 'cmd' ? joins.has(token.text) : token.kind === 'id' ? /^[A-Z]$/.test(token.text) : token.kind === 'op' && /^[(){}_']$/.test(token.text)));
}

/** `\vec a \cdot \vec b`, `|\vec a \times \vec b|`: vectors only. */
function isProduct(tokens: readonly Token[]): boolean {
  const vectors = tokens.filter((token) => token.kind === 'cmd' && ACCENTS.has(token.text)).length;
  return vectors >= 2 && tokens.every((token) => (token.kind === 'cmd' ? ACCENTS.has(token.text) || token.text === 'cdot' || token.text === 'times' : token.kind === 'id' || (token.kind === 'word' && /^[A-Z]+$/.test(token.text)) || /^[{}()|]$/.test(token.text)));
}

/** `\gcd(a, b)`, `\max f(x)`, `\det A`: of several things or of something that is no single variable. */
function isQuantity(tokens: readonly Token[]): boolean {
  const [first, ...rest] = tokens;
  if (first === undefined || first.kind === 'op' || !QUANTITIES.has(first.text)) return false;
  // `\max = 5`
  if (rest.length === 0) return /^(?:max|min|sup|inf)$/.test(first.text);
  const names = rest.filter((token) => token.kind === 'id' || token.kind === 'word' || (token.kind === 'cmd' && SYMBOLS.has(token.text)));
  const plain = rest.every((token) => token.kind === 'id' || token.kind === 'word' || (token.kind === 'cmd' && SYMBOLS.has(token.text)) || /^[(){},_|]$/.test(token.text));
  return plain && (names.length >= 2 || (names.length === 1 && /^[A-Z]/.test(names[0]?.text ?? '')));
}
