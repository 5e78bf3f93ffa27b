import type { Node } from '../parse/ast.ts';
import { renameSymbol } from '../canonical/substitute.ts';
import { isCongruence, sameCongruence } from './congruences.ts';
import { decide, warn, type Context } from './context.ts';
import { hasSigns, sameMultiset, sameSequence, spreadSigns } from './lists.ts';
import { rowsOf, sameMatrix, sameVector, unitVector } from './matrices.ts';
import { isRegion, regionOf, sameRegion } from './regions.ts';
import { isEquation, isSolvedForm, sameEquation, sameRelation, statedValue } from './relations.ts';
import { sameScalar } from './scalars.ts';
import { approximate } from './values.ts';

/**
 * Whether two nodes mean the same answer. What they are decides how they are compared; every pair of kinds that no rule
 * names is unequal.
 */
export function sameAnswer(gold: Node, answer: Node, context: Context): boolean {
  if (hasSigns(gold) || hasSigns(answer)) return sameWithSigns(gold, answer, context);
  const [g, a] = [unwrapped(gold), unwrapped(answer)];
  if (g.t === 'text' && a.t === 'text') return decide(context, 'words', g.words === a.words);
  const decided = (isCongruence(g) || isCongruence(a) ? sameCongruence(g, a, context) : null) ?? sameMatrices(g, a, context) ?? sameRegions(g, a, context) ?? sameRelations(g, a, context) ?? sameCollections(g, a, context);
  if (decided !== null) return decided;
  if (!isScalar(g) || !isScalar(a)) return decide(context, `kinds.${g.t}-${a.t}`, false);
  return sameScalar(g, a, context);
}

function isScalar(node: Node): boolean {
  return !['seq', 'rel', 'logic', 'setop', 'builder', 'matrix', 'cases', 'text', 'named'].includes(node.t);
}

/** `{5}`, `[5]` and `(5)` are 5. */
function unwrapped(node: Node): Node {
  // A(1, 2): the letter names the point.
  if (node.t === 'mul' && node.items.length === 2 && node.items[0]?.t === 'sym' && /^[A-Z]/.test(node.items[0].name) && node.items[1]?.t === 'seq') return node.items[1];
  const only = node.t === 'seq' && node.items.length === 1 ? node.items[0] : undefined;
  return only === undefined || (only.t === 'matrix') ? node : unwrapped(only);
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
  const [onlyG, onlyA] = [a === null ? null : unitVector(gold), g === null ? null : unitVector(answer)];
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

function sameRelations(gold: Node, answer: Node, context: Context): boolean | null {
  if (gold.t === 'rel' && answer.t === 'rel') {
    if (isEquation(gold) && isEquation(answer)) return sameEquation(gold, answer, context);
    return sameRelation(gold, answer, context);
  }
  if (gold.t === 'rel') return isEquation(gold) ? sameAsEquation(gold, answer, context, (value) => sameAnswer(value, answer, context)) : null;
  if (answer.t === 'rel') return isEquation(answer) ? sameAsEquation(answer, gold, context, (value) => sameAnswer(gold, value, context)) : null;
  return null;
}

/** An equation on one side: its stated value, the rounded value behind `\approx`, or its solved form. */
function sameAsEquation(equation: Node & { t: 'rel' }, other: Node, context: Context, same: (value: Node) => boolean): boolean {
  const stated = statedValue(equation);
  if (stated !== null) {
    if (same(stated.value) || (stated.rounded !== null && isRoundingOf(stated.rounded, stated.value, context) && same(stated.rounded))) {
      warn(context, 'equation-value', 'An equation and its value count as equal.');
      return true;
    }
    return false;
  }
  return isSolvedForm(equation, other, context) || decide(context, 'kinds.equation', false);
}

/** Whether a value behind `\\approx` can be the rounding of the one before it: two different values would be two guesses. */
function isRoundingOf(rounded: Node, exact: Node, context: Context): boolean {
  const [x, y] = [approximate(exact, context), approximate(rounded, context)];
  return x !== null && y !== null && Math.abs(x - y) <= 0.02 * Math.abs(x);
}

function sameCollections(gold: Node, answer: Node, context: Context): boolean | null {
  if (isEmptySet(gold) || isEmptySet(answer)) return decide(context, 'empty-set', isEmptySet(gold) && isEmptySet(answer));
  if (gold.t === 'seq' && answer.t === 'seq') return sameSequence(gold, answer, context);
  if (gold.t === 'seq' || answer.t === 'seq') {
    const [g, a] = [lettersOf(gold), lettersOf(answer)];
    return g !== null && a !== null ? decide(context, 'choice.several', g === a) : decide(context, 'list.length', false);
  }
  if (gold.t === 'logic' && answer.t === 'logic') return decide(context, 'logic', gold.op === answer.op && sameMultiset(gold.items, answer.items, context));
  if (gold.t === 'setop' && answer.t === 'setop') return sameSetOperation(gold, answer, context);
  if (gold.t === 'builder' && answer.t === 'builder') return sameBuilder(gold, answer, context);
  if (gold.t === 'named' || answer.t === 'named') return decide(context, 'named-set', setName(gold) === setName(answer) && setName(gold) !== null);
  if (gold.t === 'cases' && answer.t === 'cases') return sameCases(gold.rows, answer.rows, context);
  return null;
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

function isEmptySet(node: Node): boolean {
  return (node.t === 'named' && node.name === 'empty') || (node.t === 'seq' && node.items.length === 0 && node.open !== '(');
}

function sameSetOperation(gold: Node & { t: 'setop' }, answer: Node & { t: 'setop' }, context: Context): boolean {
  if (gold.op !== answer.op) return decide(context, 'set-operation', false);
  const straight = sameAnswer(gold.a, answer.a, context) && sameAnswer(gold.b, answer.b, context);
  const crossed = !straight && gold.op !== 'minus' && sameAnswer(gold.a, answer.b, context) && sameAnswer(gold.b, answer.a, context);
  return decide(context, 'set-operation', straight || crossed);
}

/** Set-builder notation: the bound name does not matter. */
function sameBuilder(gold: Node & { t: 'builder' }, answer: Node & { t: 'builder' }, context: Context): boolean {
  const rename = (node: Node): Node => (gold.element.t === 'sym' && answer.element.t === 'sym' ? renameSymbol(node, answer.element.name, gold.element.name) : node);
  return decide(context, 'set-builder', sameAnswer(gold.element, rename(answer.element), context) && sameAnswer(gold.condition, rename(answer.condition), context));
}

type Rows = readonly (readonly Node[])[];

/** Piecewise values: the same rows in any order. */
function sameCases(goldRows: Rows, answerRows: Rows, context: Context): boolean {
  const [gold, answer] = [withoutOtherwise(goldRows, answerRows), withoutOtherwise(answerRows, goldRows)];
  if (gold.length !== answer.length) return decide(context, 'piecewise', false);
  const rest = [...answer];
  const same = gold.every((row) => {
    const index = rest.findIndex((other) => other.length === row.length && row.every((cell, k) => {
      const given = other[k];
      return given !== undefined && sameAnswer(cell, given, context);
    }));
    if (index === -1) return false;
    rest.splice(index, 1);
    return true;
  });
  return decide(context, 'piecewise', same);
}

/** `otherwise` as what the other conditions leave of the line, where the other side says it in full. */
function withoutOtherwise(rows: Rows, others: Rows): Rows {
  const isOtherwise = (cell: Node | undefined): boolean => cell?.t === 'text' && cell.words === 'otherwise';
  if (others.some((row) => isOtherwise(row[1])) || rows.filter((row) => isOtherwise(row[1])).length !== 1) return rows;
  const line: Node = { t: 'named', name: 'R' };
  const left = rows.reduce<Node>((a, row) => (isOtherwise(row[1]) || row[1] === undefined ? a : { t: 'setop', op: 'minus', a, b: row[1] }), line);
  return rows.map((row) => (isOtherwise(row[1]) && row[0] !== undefined ? [row[0], left] : row));
}
