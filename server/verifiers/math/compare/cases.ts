import { fn, num, sym, type Node } from '../parse/ast.ts';
import { tokenize } from '../parse/tokenize.ts';
import type { Region } from './bounds.ts';
import { charge, decide, type Context } from './context.ts';
import { complement, isLocated, union } from './intervals.ts';
import { phraseOf } from './phrases.ts';
import { regionOf, sameRegion } from './regions.ts';
import { COUNTING } from './sampling.ts';

type Row = readonly Node[];

/** Words that open a condition and say nothing about it. */
const OPENERS: ReadonlySet<string> = new Set(['if', 'when', 'whenever', 'for', 'where', 'with', 'all', 'every', 'any']);
const OTHERWISE: ReadonlySet<string> = new Set(['otherwise', 'else', 'in other cases', 'in all other cases']);

/** What a row holds under. */
type Condition =
  | { readonly kind: 'always' }
  | { readonly kind: 'otherwise' }
  | { readonly kind: 'region'; readonly region: Region }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'node'; readonly node: Node };

/** Piecewise values: rows with the same condition have the same value, in any order. */
export function sameCases(gold: readonly Row[], answer: readonly Row[], context: Context): boolean {
  if (gold.length !== answer.length) return decide(context, 'piecewise', false);
  const [left, right] = [conditionsOf(gold, context), conditionsOf(answer, context)];
  const open = answer.map((_, index) => index);
  const same = gold.every((row, i) => {
    const found = open.findIndex((j) => {
      charge(context, 5);
      const [condition, other] = [left[i], right[j]];
      return condition !== undefined && other !== undefined && sameCondition(condition, other, context) && sameValues(row, answer[j], context);
    });
    if (found !== -1) open.splice(found, 1);
    return found !== -1;
  });
  return decide(context, 'piecewise', same);
}

/**
 * Values for even and for odd numbers as one value for all of them, by the remainder: `\begin{cases} \frac n2 & n even \\ ...`
 * as (n/2)(1 - n mod 2) + ... Null for other cases.
 */
export function byParity(rows: readonly Row[], context: Context): Node | null {
  const [first, second] = conditionsOf(rows, context).map(parityNamed);
  const [value, other] = rows.map(([cell]) => cell);
  if (rows.length !== 2 || first === undefined || second === undefined || value === undefined || other === undefined || wordsOf(value) !== null || wordsOf(other) !== null) return null;
  const known = first ?? second;
  if (known === null || (first !== null && second !== null && (first.name !== second.name || first.odd === second.odd))) return null;
  if ((first === null || second === null) && conditionsOf(rows, context).every(({ kind }) => kind !== 'otherwise')) return null;
  const firstIsOdd = first === null ? !known.odd : first.odd;
  const remainder = fn('mod', sym(known.name), num({ n: 2n, d: 1n }));
  const even: Node = { t: 'add', items: [num({ n: 1n, d: 1n }), { t: 'neg', a: remainder }] };
  return { t: 'add', items: [{ t: 'mul', items: [value, firstIsOdd ? remainder : even] }, { t: 'mul', items: [other, firstIsOdd ? even : remainder] }] };
}

/** The name and parity of a condition such as `n even`; null for any other. */
function parityNamed(condition: Condition): { name: string; odd: boolean } | null {
  if (condition.kind !== 'node' || condition.node.t !== 'rel' || condition.node.items.length !== 2 || condition.node.ops[0] !== 'congruent') return null;
  const [left, right] = condition.node.items.map((item) => (item.t === 'fn' && item.name === 'mod' && item.args[1]?.t === 'num' && item.args[1].value.n === 2n && item.args[1].value.d === 1n ? item.args[0] : undefined));
  if (left?.t !== 'sym' || !COUNTING.test(left.name) || right?.t !== 'num' || right.value.d !== 1n) return null;
  return { name: left.name, odd: right.value.n % 2n !== 0n };
}

function sameValues(row: Row, other: Row | undefined, context: Context): boolean {
  const [value, given] = [row[0], other?.[0]];
  if (value === undefined || given === undefined) return false;
  const [words, said] = [wordsOf(value), wordsOf(given)];
  return words === null && said === null ? context.equal(value, given) : words?.join(' ') === said?.join(' ');
}

function conditionsOf(rows: readonly Row[], context: Context): Condition[] {
  const conditions = rows.map((row) => conditionOf(row.slice(1), context));
  const rest = remainder(conditions, context);
  return rest === null ? conditions : conditions.map((condition) => (condition.kind === 'otherwise' ? { kind: 'region', region: rest } : condition));
}

/** What the other conditions leave of the line for the one "otherwise"; null where they are no regions of one variable. */
function remainder(conditions: readonly Condition[], context: Context): Region | null {
  const regions = conditions.filter((condition) => condition.kind === 'region').map(({ region }) => region);
  const [first] = regions;
  if (first === undefined || regions.length !== conditions.length - 1 || !conditions.some(({ kind }) => kind === 'otherwise')) return null;
  const pieces = regions.flatMap((region) => region.pieces);
  if (!isLocated(pieces) || regions.some((region) => region.variable !== first.variable || region.domain !== 'R')) return null;
  const taken = union(pieces, context);
  const left = taken === null ? null : complement(taken, context);
  return left === null ? null : { ...first, pieces: left };
}

function conditionOf(cells: Row, context: Context): Condition {
  const [cell] = cells;
  if (cell === undefined) return { kind: 'always' };
  const node: Node = cells.length === 1 ? cell : { t: 'seq', open: '', close: '', items: cells };
  const words = wordsOf(node);
  if (words !== null) {
    if (OTHERWISE.has(words.join(' '))) return { kind: 'otherwise' };
    const parity = parityOf(words);
    return parity === null ? { kind: 'words', words } : { kind: 'node', node: parity };
  }
  const region = regionOf(node, context);
  return region === null ? { kind: 'node', node } : { kind: 'region', region };
}

/** The words of a condition such as `\text{if } n \text{ is prime}`; null for one in symbols. */
function wordsOf(node: Node): string[] | null {
  const text = node.t === 'text' ? node.words : node.t === 'unit' && node.a.t === 'sym' ? `${node.a.name} ${node.unit}` : null;
  return text === null ? null : phraseOf(tokenize(text)).filter((word) => !OPENERS.has(word));
}

/** `n even` as a congruence. */
function parityOf(words: readonly string[]): Node | null {
  const [first = '', second = ''] = words;
  const name = second === 'even' || second === 'odd' ? first : second;
  const parity = [first, second].find((word) => word === 'even' || word === 'odd');
  if (words.length !== 2 || parity === undefined || !/^[a-zA-Z]$/.test(name)) return null;
  const modulo = (value: Node): Node => fn('mod', value, num({ n: 2n, d: 1n }));
  return { t: 'rel', items: [modulo(sym(name)), modulo(num({ n: parity === 'odd' ? 1n : 0n, d: 1n }))], ops: ['congruent'] };
}

function sameCondition(gold: Condition, answer: Condition, context: Context): boolean {
  if (gold.kind === 'always' || gold.kind === 'otherwise') return gold.kind === answer.kind;
  if (gold.kind === 'region') return answer.kind === 'region' && sameRegion(gold.region, answer.region, context);
  if (gold.kind === 'node') return answer.kind === 'node' && context.equal(gold.node, answer.node);
  return answer.kind === 'words' && sameWords(gold.words, answer.words);
}

/** The same words; "n prime" and "prime n" are one. */
function sameWords(gold: readonly string[], answer: readonly string[]): boolean {
  const turned = answer.length === 2 ? [...answer].reverse() : answer;
  return gold.join(' ') === answer.join(' ') || gold.join(' ') === turned.join(' ');
}
