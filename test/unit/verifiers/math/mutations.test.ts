import { test } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { judgePair } from '../../../../server/verifiers/math/judge.ts';

const judge = (gold: string, answer: string) => judgePair({ gold, answer, joined: [], statement: null });

/** The two sides say different things, whichever is the gold. */
function assertDifferent(one: string, other: string): void {
  for (const [gold, answer] of [[one, other], [other, one]] as const) {
    const { verdict, rule } = judge(gold, answer);
    assert.notEqual(verdict, 'correct', `${gold}  vs  ${answer}: ${rule}`);
  }
}

const small = fc.integer({ min: 1, max: 9 });
const letter = fc.constantFrom('a', 'b', 'c', 'x', 'y', 'z');

/** A value and its text. */
interface Expression {
  readonly text: string;
  readonly at: (point: Readonly<Record<string, number>>) => number;
}

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  small.map((n): Expression => ({ text: String(n), at: () => n })),
  letter.map((name): Expression => ({ text: name, at: (point) => point[name] ?? NaN })),
);
const BINARY: Readonly<Record<string, (a: number, b: number) => number>> = { '+': (a, b) => a + b, '-': (a, b) => a - b, '\\cdot': (a, b) => a * b, '/': (a, b) => a / b };
const UNARY: Readonly<Record<string, (a: number) => number>> = { '\\sin': Math.sin, '\\cos': Math.cos, '\\sqrt': Math.sqrt, '\\lfloor': Math.floor, '\\lceil': Math.ceil, '-': (a) => -a, '|': Math.abs };

function unary(name: string, { text, at }: Expression): Expression {
  const close: Readonly<Record<string, string>> = { '\\lfloor': '\\rfloor', '\\lceil': '\\rceil', '|': '|' };
  const written = close[name] !== undefined ? `${name} ${text} ${close[name]}` : name === '\\sqrt' ? `\\sqrt{${text}}` : `${name}(${text})`;
  return { text: written, at: (point) => (UNARY[name] ?? Math.abs)(at(point)) };
}

function binary(op: string, a: Expression, b: Expression): Expression {
  return { text: `(${a.text}) ${op} (${b.text})`, at: (point) => (BINARY[op] ?? Math.min)(a.at(point), b.at(point)) };
}

const unaryName = fc.constantFrom(...Object.keys(UNARY));
const operator = fc.constantFrom(...Object.keys(BINARY));

/** An expression and the same with one operator, function, digit or letter changed. */
const mutated: fc.Arbitrary<readonly [Expression, Expression]> = fc.letrec<{ pair: readonly [Expression, Expression] }>((tie) => ({
  pair: fc.oneof({ maxDepth: 4 },
    fc.tuple(leaf, leaf),
    fc.tuple(unaryName, tie('pair')).map(([name, [a, b]]) => [unary(name, a), unary(name, b)] as const),
    fc.tuple(operator, tie('pair'), leaf).map(([op, [a, b], rest]) => [binary(op, a, rest), binary(op, b, rest)] as const),
    fc.tuple(operator, leaf, tie('pair')).map(([op, rest, [a, b]]) => [binary(op, rest, a), binary(op, rest, b)] as const),
    fc.tuple(operator, operator, leaf, leaf).map(([op, other, a, b]) => [binary(op, a, b), binary(other, a, b)] as const),
    fc.tuple(unaryName, unaryName, leaf).map(([name, other, a]) => [unary(name, a), unary(other, a)] as const)),
})).pair;

const POINTS = Array.from({ length: 40 }, (_, k) => ({ a: 1 + (k % 7) * 0.37, b: 2.3 - (k % 5) * 0.71, c: 0.6 + (k % 3) * 0.9, x: (k - 20) * 0.531, y: 1.7 + (k % 11) * 0.2, z: 0.25 * (k % 13) - 1 }));

/** Whether two functions differ beyond rounding at some point where both are defined. */
function differ(a: Expression, b: Expression): boolean {
  return POINTS.some((point) => {
    const [x, y] = [a.at(point), b.at(point)];
    return Number.isFinite(x) && Number.isFinite(y) && Math.abs(x - y) > 1e-6 * Math.max(1, Math.abs(x), Math.abs(y));
  });
}

test('an operator, function, digit or letter that changes the value is not accepted', () => {
  fc.assert(fc.property(mutated, ([a, b]) => {
    fc.pre(differ(a, b));
    assertDifferent(a.text, b.text);
  }), { numRuns: 600 });
});

/** An interval with half-integer ends; null for infinite ones. */
interface Interval {
  readonly low: number | null;
  readonly high: number | null;
  readonly lowClosed: boolean;
  readonly highClosed: boolean;
}

const interval: fc.Arbitrary<Interval> = fc.record({ low: fc.option(fc.integer({ min: -9, max: 4 })), length: fc.option(small), lowClosed: fc.boolean(), highClosed: fc.boolean() })
  .map(({ low, length, lowClosed, highClosed }) => ({ low, high: length === null ? null : (low ?? 0) + length, lowClosed: low !== null && lowClosed, highClosed: length !== null && highClosed }));

const WRITERS: readonly ((each: Interval) => string)[] = [
  ({ low, high, lowClosed, highClosed }) => `${lowClosed ? '[' : '('}${low ?? '-\\infty'}, ${high ?? '\\infty'}${highClosed ? ']' : ')'}`,
  (each) => `x \\in ${WRITERS[0]?.(each) ?? ''}`,
  ({ low, high, lowClosed, highClosed }) => {
    if (low === null && high === null) return '\\mathbb{R}';
    if (low === null) return `x ${highClosed ? '\\le' : '<'} ${high}`;
    if (high === null) return `x ${lowClosed ? '\\ge' : '>'} ${low}`;
    return `${low} ${lowClosed ? '\\le' : '<'} x ${highClosed ? '\\le' : '<'} ${high}`;
  },
  (each) => (each.low === null && each.high === null ? '\\mathbb{R}' : `\\{x \\mid ${WRITERS[2]?.(each) ?? ''}\\}`),
];
const writer = fc.constantFrom(...WRITERS);

function holds({ low, high, lowClosed, highClosed }: Interval, x: number): boolean {
  return (low === null || x > low || (lowClosed && x === low)) && (high === null || x < high || (highClosed && x === high));
}

const PROBES = Array.from({ length: 120 }, (_, k) => (k - 60) / 4);

test('intervals and inequalities are equal exactly when they hold the same numbers', () => {
  fc.assert(fc.property(interval, interval, writer, writer, (a, b, writeA, writeB) => {
    const same = PROBES.every((x) => holds(a, x) === holds(b, x));
    const [left, right] = [writeA(a), writeB(b)];
    // An interval with round brackets on both sides may also be a point; then only the same notation is sure to be equal.
    assert.equal(judge(left, right).verdict === 'correct', same, `${left}  vs  ${right}: ${judge(left, right).rule}`);
  }), { numRuns: 600 });
});

test('a bracket, end or sign that changes an interval is not accepted, also within a union', () => {
  const change = fc.constantFrom<(each: Interval) => Interval>(
    (each) => ({ ...each, lowClosed: each.low !== null && !each.lowClosed }), (each) => ({ ...each, highClosed: each.high !== null && !each.highClosed }),
    (each) => ({ ...each, low: each.low === null ? null : each.low - 1 }), (each) => ({ ...each, high: each.high === null ? null : each.high + 1 }),
    (each) => ({ low: each.high === null ? null : -each.high, high: each.low === null ? null : -each.low, lowClosed: each.highClosed, highClosed: each.lowClosed }));
  fc.assert(fc.property(interval, interval, change, writer, writer, (a, b, alter, writeA, writeB) => {
    const altered = alter(a);
    fc.pre(PROBES.some((x) => (holds(a, x) || holds(b, x)) !== (holds(altered, x) || holds(b, x))));
    assertDifferent(WRITERS.slice(0, 1).map((write) => `${write(a)} \\cup ${write(b)}`).join(''), WRITERS.slice(0, 1).map((write) => `${write(altered)} \\cup ${write(b)}`).join(''));
    if (PROBES.some((x) => holds(a, x) !== holds(altered, x))) assertDifferent(writeA(a), writeB(altered));
  }), { numRuns: 400 });
});

test('a wrong infinity or ends the wrong way round equal no interval', () => {
  fc.assert(fc.property(interval, writer, small, small, (a, write, n, m) => {
    for (const nonsense of [`(\\infty, ${n}]`, `[${n}, -\\infty)`, `[${n + m}, ${n})`, `(${n}, ${n}]`]) assertDifferent(write(a), nonsense);
  }), { numRuns: 100 });
});

const RELATIONS = ['=', '<', '>', '\\le', '\\ge', '\\ne', '\\in', '\\subset', '\\perp', '\\parallel', '\\sim', '\\cong', '\\propto', '\\ll', '\\gg', '\\Rightarrow', '\\Leftrightarrow', '\\to', '\\notin', '\\not\\perp', '\\nmid'];

test('another relation between the same members is not accepted, a symmetric one from the other end is', () => {
  fc.assert(fc.property(fc.constantFrom(...RELATIONS), fc.constantFrom(...RELATIONS), fc.shuffledSubarray(['l', 'm', 'p', 'q', 'u'], { minLength: 2, maxLength: 2 }), (one, other, [a = '', b = '']) => {
    fc.pre(one !== other);
    assertDifferent(`${a} ${one} ${b}`, `${a} ${other} ${b}`);
    const symmetric = ['=', '\\ne', '\\perp', '\\parallel', '\\sim', '\\cong', '\\Leftrightarrow', '\\not\\perp'].includes(one);
    assert.equal(judge(`${a} ${one} ${b}`, `${b} ${one} ${a}`).verdict === 'correct', symmetric, `${a} ${one} ${b}`);
  }), { numRuns: 300 });
});

test('products of vectors keep their sign and their letters', () => {
  const vector = fc.constantFrom('a', 'b', 'c').map((name) => `\\vec ${name}`);
  const sign = fc.constantFrom('\\cdot', '\\times');
  fc.assert(fc.property(fc.integer({ min: 2, max: 9 }), fc.tuple(vector, sign, vector), fc.tuple(vector, sign, vector), (factor, [a, op, b], [c, other, d]) => {
    fc.pre(a !== b && c !== d);
    const same = op === other && ((a === c && b === d) || (op === '\\cdot' && a === d && b === c));
    for (const front of ['', String(factor)]) assert.equal(judge(`${front}${a} ${op} ${b}`, `${front}${c} ${other} ${d}`).verdict === 'correct', same, `${a} ${op} ${b}  vs  ${c} ${other} ${d}`);
  }), { numRuns: 150 });
});

const word = fc.constantFrom('less', 'greater', 'than', 'sum', 'parallel', 'to', 'increasing', 'line', 'angle', 'divisible', 'by', 'not', 'player', 'Alice', 'Bob', 'first', 'tends');
const mathematical = fc.oneof(fc.integer({ min: 2, max: 99 }).map(String), fc.constantFrom('-5', '(0,1)', '[0,1]', '(0,-1)', '\\alpha', '\\beta', '\\pi', 'P', 'Q', '> 0', '< 0', '\\le 0', '2^5', '-\\infty', '\\infty', '5!'));

test('a phrase with another word, sign, number or letter is not accepted', () => {
  const part = fc.oneof(word.map((text) => ({ text: `\\text{ ${text} }`, key: text.toLowerCase() })), mathematical.map((text) => ({ text: ` ${text} `, key: text })));
  fc.assert(fc.property(word, fc.array(part, { minLength: 1, maxLength: 5 }), part, fc.nat(), (first, parts, other, place) => {
    const at = place % parts.length;
    fc.pre(parts[at]?.key !== other.key && parts.some(({ text }) => text.includes('\\text')));
    const write = (all: readonly { text: string }[]): string => `\\text{${first} }${all.map(({ text }) => text).join('')}`;
    // Numbers and letters alone would be formulas, which say more than their spelling.
    const gold = write([{ text: '\\text{ such } ' }, ...parts]);
    assertDifferent(gold, write([{ text: '\\text{ such } ' }, ...parts.map((each, index) => (index === at ? other : each))]));
  }), { numRuns: 300 });
});

test('letters of lists and points keep their names', () => {
  const capitals = fc.shuffledSubarray(['A', 'B', 'C', 'D', 'P', 'Q', 'R'], { minLength: 3, maxLength: 3 });
  fc.assert(fc.property(capitals, fc.tuple(small, small, small, small), ([a = '', b = '', c = ''], [x, y, z, w]) => {
    assertDifferent(`${a}, ${b}`, `${a}, ${c}`);
    assertDifferent(`${a}=${x}, ${b}=${y}`, `${a}=${x}, ${c}=${y}`);
    assertDifferent(`${a}(${x}, ${y})`, `${b}(${x}, ${y})`);
    if (x !== z || y !== w) assertDifferent(`${a}(${x}, ${y}), ${b}(${z}, ${w})`, `${a}(${z}, ${w}), ${b}(${x}, ${y})`);
    assert.equal(judge(`${a}(${x}, ${y}), ${b}(${z}, ${w})`, `${b}(${z}, ${w}), ${a}(${x}, ${y})`).verdict, 'correct');
  }), { numRuns: 100 });
});

test('bound names may be renamed throughout, and only throughout', () => {
  const names = fc.shuffledSubarray(['m', 'n', 't', 'u', 'v', 'w', 'x', 'z'], { minLength: 2, maxLength: 2 });
  fc.assert(fc.property(names, small, small, ([one = '', other = ''], a, b) => {
    const write = (name: string, inside: string): string => `f(${name})=${a}${inside}^2+${b}${name}`;
    assert.equal(judge(write(one, one), write(other, other)).verdict, 'correct', write(one, one));
    assertDifferent(write(one, one), write(other, one));
    assertDifferent(write(one, one), write(one, other));
    assert.equal(judge(`\\sum_{${one}=1}^{9} ${one}^${b}`, `\\sum_{${other}=1}^{9} ${other}^${b}`).verdict, 'correct');
    assertDifferent(`\\sum_{${one}=1}^{9} ${one}^${b}`, `\\sum_{${other}=1}^{9} ${one}^${b}`);
  }), { numRuns: 100 });
});

test('values of cases that change places are not accepted', () => {
  const conditions = fc.shuffledSubarray(['x>0', 'x=0', 'x<0', 'x \\text{ rational}', 'x \\text{ irrational}', '\\text{otherwise}'], { minLength: 2, maxLength: 2 });
  fc.assert(fc.property(conditions, small, small, ([first = '', second = ''], a, b) => {
    fc.pre(a !== b);
    const write = (value: number, other: number): string => `\\begin{cases}${value} & ${first}\\\\${other} & ${second}\\end{cases}`;
    assertDifferent(write(a, b), write(b, a));
    assert.equal(judge(write(a, b), `\\begin{cases}${b} & ${second}\\\\${a} & ${first}\\end{cases}`).verdict, 'correct', write(a, b));
  }), { numRuns: 60 });
});

test('floors that differ at some whole number are not accepted', () => {
  const shape = fc.record({ kind: fc.constantFrom('floor', 'ceil'), factor: small, shift: fc.integer({ min: 0, max: 30 }), divisor: fc.integer({ min: 2, max: 120 }) });
  const write = ({ kind, factor, shift, divisor }: { kind: string; factor: number; shift: number; divisor: number }): string => `\\l${kind} \\frac{${factor}n+${shift}}{${divisor}} \\r${kind}`;
  const value = ({ kind, factor, shift, divisor }: { kind: string; factor: number; shift: number; divisor: number }, n: number): number => (kind === 'floor' ? Math.floor : Math.ceil)((factor * n + shift) / divisor);
  fc.assert(fc.property(shape, shape, fc.constantFrom('shift', 'divisor', 'factor', 'kind'), (a, b, key) => {
    const changed = { ...a, [key]: b[key] };
    const same = Array.from({ length: 4_000 }, (_, n) => n + 1).every((n) => value(a, n) === value(changed, n));
    if (!same) assertDifferent(write(a), write(changed));
  }), { numRuns: 300 });
});
