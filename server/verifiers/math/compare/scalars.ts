import { divide, integer, multiply } from '../arithmetic/rational.ts';
import { contains, num, symbols, type Node } from '../parse/ast.ts';
import { ANY_UNIT, parseUnit, type Unit } from '../parse/unitTable.ts';
import { decide, warn, type Context } from './context.ts';
import { sameAntiderivative } from './integrals.ts';
import { equalByRounding, writtenDecimal } from './rounding.ts';
import { sameValue } from './values.ts';

/** Two single values under all policies: times, ratios, bases, units, percent, degrees, rounding; then their numbers. */
export function sameScalar(goldNode: Node, answerNode: Node, context: Context): boolean {
  if (goldNode.t === 'num' && answerNode.t === 'num') return sameNumberOrFunction(goldNode, answerNode, context);
  const [gold, answer] = [signedDigits(goldNode), signedDigits(answerNode)];
  if (gold.t === 'time' || answer.t === 'time') return sameTime(gold, answer, context);
  if (gold.t === 'based' || answer.t === 'based') return sameBased(gold, answer, context);
  if (gold.t === 'ratio' && answer.t === 'ratio') return sameRatio(gold.items, answer.items, context);
  if (isModulo(gold) && isModulo(answer)) return sameRemainder(gold, answer, context);
  const [g, a] = [withUnit(gold), withUnit(answer)];
  if ((isRadians(a.unit) && contains(gold, isDegree)) || (isRadians(g.unit) && contains(answer, isDegree))) return sameAngle(gold, answer, context);
  if (g.unit !== null || a.unit !== null) return sameQuantity(g, a, context);
  if (hasPercent(gold) || hasPercent(answer)) return samePercent(gold, answer, context);
  if (contains(gold, isDegree) || contains(answer, isDegree)) return sameAngle(gold, answer, context);
  return sameNumberOrFunction(gold, answer, context);
}

function sameNumberOrFunction(gold: Node, answer: Node, context: Context): boolean {
  const [x, y] = [infinity(gold), infinity(answer)];
  if (x !== 0 || y !== 0) return decide(context, 'infinity', x === y);
  if (sameValue(gold, answer, context)) return true;
  const { rule } = context;
  if (symbols(gold).size > 0 || symbols(answer).size > 0) return sameAntiderivative(gold, answer, context) || decide(context, rule, false);
  return equalByRounding(gold, answer, context) || decide(context, rule, false);
}

function infinity(node: Node): number {
  if (node.t === 'const' && node.name === 'inf') return 1;
  return node.t === 'neg' ? -infinity(node.a) : 0;
}

/** `-221_3` is a number of its base with a sign. */
function signedDigits(node: Node): Node {
  if (node.t !== 'neg' || node.a.t !== 'based') return node;
  return { ...node.a, digits: node.a.digits.startsWith('-') ? node.a.digits.slice(1) : `-${node.a.digits}` };
}

interface Quantity {
  readonly value: Node;
  readonly unit: string | null;
}

/** A value and the unit or noun behind it. */
function withUnit(node: Node): Quantity {
  if (node.t === 'unit') return { value: node.a, unit: node.unit };
  if (node.t !== 'neg') return { value: node, unit: null };
  const inner = withUnit(node.a);
  return inner.unit === null ? { value: node, unit: null } : { value: { t: 'neg', a: inner.value }, unit: inner.unit };
}

/** Units: the same dimension is converted, another one is never equal; a unit or noun on one side alone is dropped. */
function sameQuantity(gold: Quantity, answer: Quantity, context: Context): boolean {
  const known = gold.unit === null ? null : parseUnit(gold.unit);
  const given = answer.unit === null ? null : parseUnit(answer.unit);
  const mixed = (bare: Quantity, unit: Unit | null, whole: Quantity): boolean => bare.unit === null && unit !== null && isMeasuredOtherwise(bare.value, unit) && !hasPercent(whole.value) && !isDegree(whole.value);
  if (mixed(gold, given, answer) || mixed(answer, known, gold)) return decide(context, 'unit.dimension', false);
  const counted = (bare: Quantity, unit: Unit | null, whole: Quantity): boolean => hasPercent(bare.value) && bare.unit === null && whole.unit !== null && unit === null && !hasPercent(whole.value);
  if (counted(gold, given, answer) || counted(answer, known, gold)) return decide(context, 'unit.dimension', false);
  if (gold.unit !== null && answer.unit !== null && (known === null || given === null) && rateDiffers(gold.unit, answer.unit)) return decide(context, 'unit.dimension', false);
  if (known !== null && given !== null && isAny(known.dimension) !== isAny(given.dimension)) {
    if (powerOf(known.dimension) !== powerOf(given.dimension)) return decide(context, 'unit.dimension', false);
  } else if (known !== null && given !== null) {
    if (known.dimension !== given.dimension) return decide(context, 'unit.dimension', false);
    const ratio = divide(given.factor, known.factor);
    if (ratio.n !== ratio.d) {
      warn(context, 'unit-converted', `The answer in ${answer.unit ?? ''} was converted to ${gold.unit ?? ''}.`);
      return context.equal(gold.value, { t: 'mul', items: [num(ratio), answer.value] });
    }
  } else if (gold.unit !== answer.unit) {
    warn(context, 'unit-dropped', `Compared without ${[gold.unit, answer.unit].filter((unit) => unit !== null).map((unit) => `"${unit}"`).join(' and ')}.`);
  }
  return context.equal(gold.value, answer.value);
}

/** Units that a degree sign may stand for: of an angle, and `25 C` for a temperature. */
const DEGREES: ReadonlySet<string> = new Set(['angle^1', 'temperature^1', 'charge^1', 'capacitance^1']);

/** Whether the sign of a value without a unit, `20\%` or `20^\circ`, measures something else than the unit does. */
function isMeasuredOtherwise(value: Node, unit: Unit): boolean {
  if (hasPercent(value)) return !isAny(unit.dimension);
  return isDegree(value) && !isAny(unit.dimension) && !DEGREES.has(unit.dimension);
}

function isAny(dimension: string): boolean {
  return dimension.startsWith(ANY_UNIT);
}

/** Whether one phrase is a rate, `12 yuan per piece`, of something else than the other counts: `12 pieces`. */
function rateDiffers(gold: string, answer: string): boolean {
  const [[g, perG], [a, perA]] = [gold, answer].map((unit) => unit.toLowerCase().split(/ (?:per|\/) |^\/ /, 2)) as [string[], string[]];
  if ((perG === undefined) === (perA === undefined)) return false;
  const words = (phrase: string | undefined): string[] => (phrase ?? '').split(' ').map((word) => word.replace(/s$/, '')).filter((word) => word !== '');
  const [heads, others] = [words(g), words(a)];
  return heads.length > 0 && others.length > 0 && !heads.some((word) => others.includes(word));
}

/** The power of a unit of one kind: square units measure what square feet do. */
function powerOf(dimension: string): string {
  return dimension.includes(' ') ? dimension : dimension.slice(dimension.indexOf('^'));
}

function hasPercent(node: Node): boolean {
  return node.t === 'percent' || (node.t === 'neg' && hasPercent(node.a));
}

function withoutPercent(node: Node): Node {
  if (node.t === 'percent') return node.a;
  return node.t === 'neg' ? { t: 'neg', a: withoutPercent(node.a) } : node;
}

/**
 * Percent: a gold `p%` is met by `p%`, by `p` and by p/100 as a number; a gold without the sign by `p%` where p is the gold as written, and by the
 * percentage that has exactly the gold's value.
 */
function samePercent(gold: Node, answer: Node, context: Context): boolean {
  const both = hasPercent(gold) && hasPercent(answer);
  if (!both && (isDegree(gold) || isDegree(answer))) return decide(context, 'unit.dimension', false);
  if (both) return context.equal(withoutPercent(gold), withoutPercent(answer));
  warn(context, 'percent', 'Only one side has a percent sign.');
  if (hasPercent(gold)) {
    const bare = withoutPercent(gold);
    if (context.equal(bare, answer)) return true;
    if (writtenDecimal(gold) === null) return sameValue(gold, answer, context) || equalByRounding(gold, answer, context);
    return sameValue(gold, answer, context) || equalByRounding(gold, answer, context);
  }
  return context.equal(gold, withoutPercent(answer)) || sameValue(gold, answer, context);
}

const isDegree = (node: Node): boolean => node.t === 'degree';

/** Degrees: converted when both sides are explicit (a sign here, pi there), else the sign is dropped. */
function sameAngle(gold: Node, answer: Node, context: Context): boolean {
  const [g, a] = [gold.t === 'degree', answer.t === 'degree'];
  if (gold.t === 'degree' && answer.t === 'degree' && gold.scale !== undefined && answer.scale !== undefined && gold.scale !== answer.scale) return decide(context, 'unit.dimension', false);
  if (g && a) return context.equal(degreesOf(gold), degreesOf(answer));
  if (!g && !a) {
    // Degrees inside: cos 58°, or 10° + 20°.
    if (sameValue(gold, answer, context)) return true;
    return equalByRounding(withoutDegrees(gold), withoutDegrees(answer), context) || sameValue(withoutDegrees(gold), withoutDegrees(answer), context) && !contains(gold, isTrigonometric) && !contains(answer, isTrigonometric);
  }
  if (contains(g ? answer : gold, isRadian)) {
    warn(context, 'degree-radian', 'Degrees were converted to radians.');
    const inDegrees: Node = { t: 'div', a: { t: 'mul', items: [answer, num(integer(180))] }, b: { t: 'const', name: 'pi' } };
    return g ? sameNumberOrFunction(degreesOf(gold), inDegrees, context) : sameNumberOrFunction(gold, answer, context);
  }
  warn(context, 'degree-dropped', 'Only one side has a degree sign.');
  return context.equal(g ? degreesOf(gold) : gold, a ? degreesOf(answer) : answer);
}

/** What measures an angle in radians: pi, the unit, an inverse trigonometric function. */
function isRadian(node: Node): boolean {
  return (node.t === 'const' && node.name === 'pi') || (node.t === 'unit' && isRadians(node.unit)) || (node.t === 'fn' && ['asin', 'acos', 'atan', 'acot', 'asec', 'acsc'].includes(node.name));
}

function isRadians(unit: string | null): boolean {
  return unit !== null && /^rad(?:ians?)?$/i.test(unit);
}

function isTrigonometric(node: Node): boolean {
  return node.t === 'fn' && ['sin', 'cos', 'tan', 'cot', 'sec', 'csc'].includes(node.name);
}

function degreesOf(node: Node): Node {
  return node.t === 'degree' ? node.a : node;
}

function withoutDegrees(node: Node): Node {
  if (node.t === 'degree') return node.a;
  if (node.t === 'add' || node.t === 'mul') return { ...node, items: node.items.map(withoutDegrees) };
  if (node.t === 'neg') return { t: 'neg', a: withoutDegrees(node.a) };
  return node;
}

/** Numbers in a base: the same digits in the same base; where one side names no base, the same digits. */
function sameBased(gold: Node, answer: Node, context: Context): boolean {
  if (gold.t === 'based' && answer.t === 'based') return decide(context, 'base', gold.base === answer.base && trimmed(gold.digits) === trimmed(answer.digits));
  const [based, plain] = gold.t === 'based' ? [gold, answer] : [answer, gold];
  if (based.t !== 'based') return false;
  const digits = plainDigits(plain);
  if (digits === null) return decide(context, 'base', false);
  const equal = trimmed(based.digits) === digits;
  if (equal) warn(context, 'base-omitted', `Only one side names base ${based.base}.`);
  return decide(context, 'base', equal);
}

function plainDigits(node: Node): string | null {
  if (node.t === 'num') return node.value.d === 1n ? String(node.value.n) : node.decimals === null ? null : decimalText(node);
  if (node.t !== 'neg') return null;
  const inner = plainDigits(node.a);
  return inner === null ? null : `-${inner}`;
}

function decimalText(node: Node & { t: 'num' }): string | null {
  const scaled = multiply(node.value, integer(10n ** BigInt(node.decimals ?? 0)));
  const digits = String(scaled.n).padStart((node.decimals ?? 0) + 1, '0');
  const point = digits.length - (node.decimals ?? 0);
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

function trimmed(digits: string): string {
  const sign = digits.startsWith('-') ? '-' : '';
  return sign + digits.replace(/^-/, '').replace(/^0+(?=\d)/, '');
}

function isModulo(node: Node): node is Node & { t: 'fn' } {
  return node.t === 'fn' && node.name === 'mod';
}

/** `3 \pmod 7`: the same remainder of the same modulus. */
function sameRemainder(gold: Node & { t: 'fn' }, answer: Node & { t: 'fn' }, context: Context): boolean {
  const [modulus, given] = [gold.args[1], answer.args[1]];
  return decide(context, 'modulus', modulus !== undefined && given !== undefined && context.equal(modulus, given)) && sameValue(gold, answer, context);
}

/** Ratios: proportional member by member. A zero member (12:00 read as a ratio) must stand at the same place. */
function sameRatio(gold: readonly Node[], answer: readonly Node[], context: Context): boolean {
  if (gold.length !== answer.length) return decide(context, 'ratio', false);
  const zero = num(integer(0));
  const vanishing = gold.some((item) => sameValue(item, zero, context)) || answer.some((item) => sameValue(item, zero, context));
  const pairs = gold.map((item, index) => [item, answer[index] ?? zero] as const);
  if (vanishing) return decide(context, 'ratio', pairs.every(([x, y]) => sameValue(x, y, context)));
  const [first] = pairs;
  if (first === undefined) return false;
  const [a, b] = first;
  return decide(context, 'ratio', pairs.every(([x, y]) => sameValue({ t: 'mul', items: [x, b] }, { t: 'mul', items: [y, a] }, context)));
}

/** Times of day; a side without a.m. or p.m. may mean the other half of the day. */
function sameTime(gold: Node, answer: Node, context: Context): boolean {
  const [x, y] = [timeOf(gold), timeOf(answer)];
  if (x === null || y === null) return decide(context, 'time', false);
  if (x.minutes === y.minutes) return decide(context, 'time', true);
  const oneNamesHalf = (x.half === null) !== (y.half === null);
  const unnamed = x.half === null ? x : y;
  return decide(context, 'time', oneNamesHalf && unnamed.minutes < 720 + 60 && Math.abs(x.minutes - y.minutes) === 720);
}

function timeOf(node: Node): { minutes: number; half: 'am' | 'pm' | null } | null {
  if (node.t === 'time') return node;
  const parts = node.t === 'ratio' ? node.items : [node];
  const values = parts.map((part) => (part.t === 'num' && part.value.d === 1n ? Number(part.value.n) : -1));
  const [hours = -1, minutes = 0, seconds = 0] = values;
  if (values.some((value) => value < 0) || hours > 24 || minutes > 59 || seconds > 59 || values.length > 3) return null;
  return { minutes: hours * 60 + minutes + seconds / 60, half: null };
}
