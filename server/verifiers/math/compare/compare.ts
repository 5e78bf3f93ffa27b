import { contains, fn, isPaired, seriesDepth, sym, symbols, type Node } from '../parse/ast.ts';
import { renameSymbol } from '../canonical/substitute.ts';
import { byParity, sameCases } from './cases.ts';
import { isCongruence, sameCongruence } from './congruences.ts';
import { decide, warn, type Context } from './context.ts';
import { hasSigns, sameSequence, spreadSigns } from './lists.ts';
import { sameMultiset } from './matching.ts';
import { rowsOf, sameMatrix, sameVector, unitVector } from './matrices.ts';
import { isRegion, members, regionOf, sameRegion } from './regions.ts';
import { isEquation, isLabel, namedPoint } from './labels.ts';
import { sameEquation, sameRelation } from './relations.ts';
import { COUNTING } from './sampling.ts';
import { sameScalar } from './scalars.ts';
import { statedByAnswer, statedByGold, statesOneValue } from './statements.ts';

/**
 * Whether two nodes mean the same answer. What they are decides how they are compared; every pair of kinds that no rule
 * names is unequal.
 */
export function sameAnswer(gold: Node, answer: Node, context: Context): boolean {
  if (gold.t === 'num' && answer.t === 'num') return sameScalar(gold, answer, context);
  if (hasSigns(gold) || hasSigns(answer)) return sameWithSigns(gold, answer, context);
  const points = [namedPoint(gold), namedPoint(answer)] as const;
  if (points[0] !== null && points[1] !== null && points[0].name !== points[1].name) return decide(context, 'point.name', false);
  if (gold.t === 'text' && answer.t === 'text') return decide(context, 'words', gold.words === answer.words);
  if (differentParts(gold, answer)) return decide(context, 'brackets', false);
  const [g, a] = [unwrapped(points[0]?.point ?? gold), unwrapped(points[1]?.point ?? answer)];
  const decided = (isCongruence(g) || isCongruence(a) ? sameCongruence(g, a, context) : null) ?? sameMatrices(g, a, context) ?? sameRegions(g, a, context) ?? sameRelations(g, a, context) ?? sameCollections(g, a, context);
  if (decided !== null) return decided;
  if (g.t === 'big' && a.t === 'big' && sameSeries(g, a, context)) return true;
  if (!isScalar(g) || !isScalar(a)) return decide(context, `kinds.${g.t}-${a.t}`, false);
  return sameScalar(g, a, context);
}

function isScalar(node: Node): boolean {
  return !['seq', 'rel', 'logic', 'setop', 'builder', 'matrix', 'cases', 'text', 'named'].includes(node.t);
}

/** Whether both are one value in different brackets around a symbol: `[x]` and `\{x\}` are its whole and its fractional part. */
function differentParts(gold: Node, answer: Node): boolean {
  return gold.t === 'seq' && answer.t === 'seq' && gold.items.length === 1 && answer.items.length === 1 && gold.open !== answer.open && symbols(gold).size > 0;
}

/** `[\frac n2]` of a counting number: the brackets of a fraction that need not be whole are those of its whole part. Null for other brackets. */
function wholePart(node: Node): Node | null {
  const only = node.t === 'seq' && node.open === '[' && isPaired(node) && node.items.length === 1 ? node.items[0] : undefined;
  const names = only?.t === 'div' ? [...symbols(only)] : [];
  return only !== undefined && names.length > 0 && names.every((name) => COUNTING.test(name)) ? fn('floor', only) : null;
}

/** `{5}`, `[5]` and `(5)` are 5; the set of the empty set is not empty. */
function unwrapped(node: Node): Node {
  const whole = wholePart(node);
  if (whole !== null) return whole;
  const only = node.t === 'seq' && isPaired(node) && node.items.length === 1 ? node.items[0] : undefined;
  return only === undefined || only.t === 'matrix' || (node.t === 'seq' && node.open === '{' && isEmptySet(only)) ? node : unwrapped(only);
}

function sameWithSigns(gold: Node, answer: Node, context: Context): boolean {
  const g = hasSigns(gold) ? spreadSigns(gold, context) : gold;
  const a = hasSigns(answer) ? spreadSigns(answer, context) : answer;
  if (g === null || a === null) return decide(context, 'limit.signs', false);
  return sameAnswer(g, a, context);
}

function sameMatrices(gold: Node, answer: Node, context: Context): boolean | null {
  if (!mayBeMatrix(gold) && !mayBeMatrix(answer)) return null;
  const [g, a] = [rowsOf(gold), rowsOf(answer)];
  if (g !== null && a !== null) return sameMatrix(g, a, context);
  if (g !== null && answer.t === 'seq') return sameVector(g, answer, context);
  if (a !== null && gold.t === 'seq') return sameVector(a, gold, context);
  const [onlyG, onlyA] = [a === null ? null : unitVector(gold, context), g === null ? null : unitVector(answer, context)];
  if (a !== null && onlyG !== null) return sameVector(a, onlyG, context);
  if (g !== null && onlyA !== null) return sameVector(g, onlyA, context);
  // `v = (1 2)`: what the equation states is compared further on.
  if ((g === null && a === null) || gold.t === 'rel' || answer.t === 'rel') return null;
  return decide(context, 'kinds.matrix', false);
}

function mayBeMatrix(node: Node): boolean {
  return node.t === 'matrix' || (node.t === 'seq' && node.open === '[') || ((node.t === 'mul' || node.t === 'neg' || node.t === 'div') && rowsOf(node) !== null);
}

function sameRegions(gold: Node, answer: Node, context: Context): boolean | null {
  const [isG, isA] = [isRegion(gold), isRegion(answer)];
  if (!isG && !isA) return null;
  if (gold.t === 'rel' && answer.t === 'rel' && sameRelation(gold, answer, context)) return true;
  const g = regionOf(gold, context);
  const a = g === null ? null : regionOf(answer, context);
  if (g === null || a === null) {
    // A python list against a list; inequalities in several variables.
    return gold.t === 'seq' && answer.t === 'seq' ? null : isG && isA ? null : isG !== isA && (gold.t === 'seq' || answer.t === 'seq') ? null : decide(context, 'kinds.region', false);
  }
  const equal = sameRegion(g, a, context);
  const notations = gold.t !== answer.t;
  if (equal && notations) warn(context, 'interval-notation', 'An interval and an inequality for the same set count as equal.');
  return equal;
}

function sameRelations(left: Node, right: Node, context: Context): boolean | null {
  if (left.t !== 'rel' && right.t !== 'rel') return null;
  const [gold, answer] = [identity(left), identity(right)];
  const [chain, otherChain] = [spreadChain(gold, answer), spreadChain(answer, gold)];
  if (chain !== null || otherChain !== null) return sameAnswer(chain ?? gold, otherChain ?? answer, context);
  if (gold.t === 'rel' && answer.t === 'rel') {
    if (isEquation(gold) && isEquation(answer)) return statesOneValue(gold, answer, context) ? sameEquation(gold, answer, context) : decide(context, 'contradiction', false);
    return sameRelation(gold, answer, context);
  }
  const [named, other] = [spreadNames(gold, answer), spreadNames(answer, gold)];
  if (named !== null || other !== null) return sameAnswer(named ?? gold, other ?? answer, context);
  const [g, a] = [listed(gold), listed(answer)];
  if (g !== null || a !== null) return sameAnswer(g ?? gold, a ?? answer, context);
  if (gold.t === 'rel') return isEquation(gold) ? statedByGold(gold, answer, context) : null;
  if (answer.t === 'rel') return isEquation(answer) ? statedByAnswer(gold, answer, context) : null;
  return null;
}

/** `(p, q) = (3, 2)` as `p = 3, q = 2`, against a list that names its values; null for anything else. */
function spreadNames(node: Node, other: Node): Node | null {
  if (node.t !== 'rel' || node.ops.length !== 1 || node.ops[0] !== '=' || other.t !== 'seq' || !other.items.every((item) => item.t === 'rel')) return null;
  const [names, values] = node.items;
  if (names?.t !== 'seq' || values?.t !== 'seq' || !isLabel(names) || !isPaired(values) || names.items.length !== values.items.length) return null;
  const items = names.items.map((name, index): Node => ({ t: 'rel', items: [name, values.items[index] ?? name], ops: ['='] }));
  return { t: 'seq', open: '', close: '', items };
}

/**
 * `x = y = z = 3` as `(3, 3, 3)` against a tuple of as many values, as `x = 3, y = 3, z = 3` against what names its values;
 * null for anything else.
 */
function spreadChain(node: Node, other: Node): Node | null {
  if (node.t !== 'rel' || node.ops.length < 2 || !node.ops.every((op) => op === '=')) return null;
  const against = other.t === 'rel' && other.ops.length === 1 ? other.items[0] : other;
  if (against?.t !== 'seq' || against.items.length !== node.items.length - 1) return null;
  const names = node.items.slice(0, -1);
  const value = node.items.at(-1);
  const distinct = new Set(names.map((name) => (name.t === 'sym' ? name.name : '')));
  if (value === undefined || distinct.has('') || distinct.size !== names.length || isLabel(value)) return null;
  const named = against !== other || against.items.every((item) => item.t === 'rel');
  if (named) return { t: 'seq', open: '', close: '', items: names.map((name): Node => ({ t: 'rel', items: [name, value], ops: ['='] })) };
  return against.open === '(' && isPaired(against) ? { ...against, items: names.map(() => value) } : null;
}

/** `f(x) \equiv 0` and `f \equiv 0` without a modulus are equations. */
function identity(node: Node): Node {
  if (node.t !== 'rel' || !node.ops.every((op) => op === 'congruent') || contains(node, (part) => part.t === 'fn' && part.name === 'mod')) return node;
  const [head, ...values] = node.items;
  const applied: Node | undefined = head?.t === 'sym' && /^[fghFGPQ]$/.test(head.name) ? { t: 'app', name: head.name, args: [sym('x')] } : head;
  return applied?.t === 'app' ? { ...node, items: [applied, ...values], ops: node.ops.map(() => '=' as const) } : node;
}

/** The values of `x \in \{1, 2\}`; null for anything else. */
function listed(node: Node): Node | null {
  const [name, set] = node.t === 'rel' && node.ops.length === 1 && node.ops[0] === 'in' ? node.items : [];
  return name !== undefined && isLabel(name) && set?.t === 'seq' && set.open === '{' ? set : null;
}

function sameCollections(gold: Node, answer: Node, context: Context): boolean | null {
  if (isEmptySet(gold) || isEmptySet(answer)) return decide(context, 'empty-set', isEmptySet(gold) && isEmptySet(answer));
  if (gold.t === 'seq' && answer.t === 'seq') {
    const [g, a] = [inBothNotations(gold, context), inBothNotations(answer, context)];
    return (g === null) === (a === null) ? sameSequence(gold, answer, context) : sameAnswer(g ?? gold, a ?? answer, context);
  }
  const [every, all] = [claims(gold), claims(answer)];
  if (every !== null && all !== null) return decide(context, 'logic', sameMultiset(every, all, context));
  if (gold.t === 'seq' || answer.t === 'seq') {
    const [g, a] = [onlyAlternative(gold, context), onlyAlternative(answer, context)];
    if (g !== null || a !== null) return sameAnswer(g ?? gold, a ?? answer, context);
  }
  const vector = gold.t === 'seq' ? unitVector(answer, context) : answer.t === 'seq' ? unitVector(gold, context) : null;
  if (vector !== null) return gold.t === 'seq' ? sameAnswer(gold, vector, context) : sameAnswer(vector, answer, context);
  if (gold.t === 'seq' || answer.t === 'seq') {
    const [letters, given] = [lettersOf(gold), lettersOf(answer)];
    return letters !== null && given !== null ? decide(context, 'choice.several', letters === given) : decide(context, 'list.length', false);
  }
  if (gold.t === 'logic' && answer.t === 'logic') return decide(context, 'logic', gold.op === answer.op && sameMultiset(gold.items, answer.items, context));
  if (gold.t === 'setop' && answer.t === 'setop') return sameSetOperation(gold, answer, context);
  if (gold.t === 'builder' && answer.t === 'builder') return sameBuilder(gold, answer, context);
  if (gold.t === 'named' || answer.t === 'named') return decide(context, 'named-set', setName(gold) === setName(answer) && setName(gold) !== null);
  if (gold.t === 'cases' && answer.t === 'cases') return sameCases(gold.rows, answer.rows, context);
  if (gold.t === 'cases' || answer.t === 'cases') {
    const [g, a] = [gold.t === 'cases' ? byParity(gold.rows, context) : gold, answer.t === 'cases' ? byParity(answer.rows, context) : answer];
    return g !== null && a !== null && isScalar(g) && isScalar(a) ? sameScalar(g, a, context) : null;
  }
  return null;
}

/** The value of `\frac34 \text{ or } 0.75`, whose alternatives are one and the same; null for anything else. */
function onlyAlternative(node: Node, context: Context): Node | null {
  if (node.t !== 'seq' || node.open !== '' || node.joiner !== 'or') return null;
  const [first, ...others] = node.items;
  return first !== undefined && others.length > 0 && others.length < 4 && others.every((other) => sameAnswer(first, other, context)) ? first : null;
}

/** The inequality of `x < 3 : (-\infty, 3)`, which gives its interval, too; null for anything else. */
function inBothNotations(node: Node & { t: 'seq' }, context: Context): Node | null {
  const [first, second] = node.items;
  return node.items.length === 2 && first?.t === 'rel' && second !== undefined && second.t !== 'rel' ? onlyAlternative(node, context) : null;
}

/** Relations that hold together, joined by "and" or by commas; null for anything else. */
function claims(node: Node): readonly Node[] | null {
  if (node.t === 'logic') return node.op === 'and' ? node.items : null;
  return node.t === 'seq' && node.open === '' && node.items.every((item) => item.t === 'rel' && isRegion(item)) ? node.items : null;
}

/** The letter of a set of numbers, blackboard bold or plain. */
function setName(node: Node): string | null {
  return node.t === 'named' ? node.name : node.t === 'sym' && /^[RQZNC]$/.test(node.name) ? node.name : null;
}

/** Several option letters, listed or written as one word (`A, C` and `AC`), in order of the alphabet; null for anything else. */
function lettersOf(node: Node): string | null {
  const items = node.t === 'seq' || node.t === 'mul' ? node.items : [];
  const letters = items.map((item) => (item.t === 'sym' && /^[A-H]$/.test(item.name) ? item.name : ''));
  return letters.length > 1 && !letters.includes('') && new Set(letters).size === letters.length ? letters.sort().join('') : null;
}

/** Sums, products, integrals and limits over the same range of the same terms, whatever the name of the index. */
function sameSeries(gold: Node & { t: 'big' }, answer: Node & { t: 'big' }, context: Context): boolean {
  if (gold.op !== answer.op) return false;
  const part = (node: Node & { t: 'big' }, key: 'from' | 'to' | 'body'): Node | null => (node[key] === null ? null : renameSymbol(node[key], node.variable, `index ${seriesDepth(node)}`));
  return decide(context, 'series', (['from', 'to', 'body'] as const).every((key) => {
    const [mine, other] = [part(gold, key), part(answer, key)];
    return mine === null || other === null ? mine === other : sameAnswer(mine, other, context);
  }));
}

function isEmptySet(node: Node): boolean {
  return (node.t === 'named' && node.name === 'empty') || (node.t === 'seq' && node.items.length === 0 && node.open !== '(');
}

function sameSetOperation(gold: Node & { t: 'setop' }, answer: Node & { t: 'setop' }, context: Context): boolean {
  if (gold.op !== answer.op) return decide(context, 'set-operation', false);
  const { op } = gold;
  const same = op === 'minus' ? sameAnswer(gold.a, answer.a, context) && sameAnswer(gold.b, answer.b, context) : sameMultiset(members(gold, op), members(answer, op), context);
  return decide(context, 'set-operation', same);
}

/** Set-builder notation: the bound name does not matter. */
function sameBuilder(gold: Node & { t: 'builder' }, answer: Node & { t: 'builder' }, context: Context): boolean {
  const plain = (element: Node, node: Node): Node => (element.t === 'sym' ? renameSymbol(node, element.name, 'element') : node);
  const same = (key: 'element' | 'condition'): boolean => sameAnswer(plain(gold.element, gold[key]), plain(answer.element, answer[key]), context);
  return decide(context, 'set-builder', same('element') && same('condition'));
}
