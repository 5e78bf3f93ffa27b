import { ONE_POLYNOMIAL } from '../canonical/polynomial.ts';
import { UNIT } from '../canonical/term.ts';
import { num, symbols, type Node } from '../parse/ast.ts';
import { charge, decide, type Context } from './context.ts';
import { formOf, rationalValue } from './values.ts';

/** A set of whole numbers: those whose remainder modulo `modulus` is among `residues`. */
interface Residues {
  readonly modulus: number;
  readonly residues: ReadonlySet<number>;
}

const MAX_MODULUS = 5_000;

/** Whether a node states a congruence, `n \equiv 1 \pmod 3`, or only its values, `1 \pmod 3`. */
export function isCongruence(node: Node): boolean {
  return node.t === 'rel' ? node.ops.some((op) => /^(?:not )?(?:congruent|divides)$/.test(op)) : node.t === 'fn' ? node.name === 'mod' : node.t === 'seq' || node.t === 'logic' ? node.items.some(isCongruence) : false;
}

/** Congruences against congruences, or against the progressions they describe (`3k+1`). Null when a side is neither. */
export function sameCongruence(gold: Node, answer: Node, context: Context): boolean | null {
  const [g, a] = [residuesOf(gold, null, context), residuesOf(answer, null, context)];
  if (g === null || a === null) return null;
  const [name, other] = [unknownOf(gold), unknownOf(answer)];
  if (name !== null && other !== null && name !== other) return decide(context, 'congruence.variable', false);
  const modulus = lcm(g.modulus, a.modulus);
  if (modulus > MAX_MODULUS) return null;
  const full = (set: Residues): string => Array.from({ length: modulus }, (_, k) => (set.residues.has(k % set.modulus) ? 1 : 0)).join('');
  return decide(context, 'congruence', full(g) === full(a));
}

/** The symbol that congruences or equations are about; null where there is none. */
function unknownOf(node: Node): string | null {
  if (node.t === 'seq' || node.t === 'logic') return node.items.map(unknownOf).find((name) => name !== null) ?? null;
  const left = node.t === 'rel' ? node.items[0] : undefined;
  const about = node.t === 'rel' && node.ops[0]?.endsWith('divides') === true ? node.items[1] : left;
  const [name, ...others] = about === undefined ? [] : symbols(about);
  return name !== undefined && others.length === 0 ? name : null;
}

function residuesOf(node: Node, modulus: number | null, context: Context): Residues | null {
  if (node.t === 'seq' || node.t === 'logic') {
    // `n \equiv 2 or 3 \pmod 4`: the modulus at the end holds for every item.
    const last = node.items.at(-1);
    const shared = last === undefined ? null : modulusOf(last, context) ?? modulus;
    return union(node.items.map((item) => residuesOf(item, modulusOf(item, context) ?? shared, context)));
  }
  if (node.t === 'rel' && node.items.length === 2 && node.items[1] !== undefined) {
    const m = modulusOf(node, context) ?? modulus;
    if (node.ops[0] === 'divides' || node.ops[0] === 'not divides') return divisors(node, context);
    if (node.ops[0] === 'not congruent') return complement(residuesOf({ ...node, ops: ['congruent'] }, modulus, context));
    if (node.ops[0] === 'congruent') return m === null || node.items[0] === undefined ? null : solutions(unmodded(node.items[0]), unmodded(node.items[1]), m, context);
    const [name, value] = node.items;
    return node.ops[0] === '=' && name?.t === 'sym' && value !== undefined && !symbols(value).has(name.name) ? residuesOf(value, modulus, context) : null;
  }
  if (node.t === 'fn' && node.name === 'mod') {
    const m = modulusOf(node, context);
    return m === null ? null : residue(node, m, context);
  }
  if (modulus !== null && symbols(node).size === 0) return residue(node, modulus, context);
  return progression(node, context);
}

/** `6 \mid n`, `3 \nmid n + 1`: whole numbers by a divisor. */
function divisors({ items, ops }: Node & { t: 'rel' }, context: Context): Residues | null {
  const [divisor, multiple] = items;
  const m = divisor === undefined ? null : small(rationalValue(divisor, context));
  if (m === null || multiple === undefined || symbols(multiple).size !== 1) return null;
  const found = solutions(multiple, num({ n: 0n, d: 1n }), m, context);
  return ops[0] === 'divides' ? found : complement(found);
}

function complement(set: Residues | null): Residues | null {
  return set === null ? null : { modulus: set.modulus, residues: new Set(Array.from({ length: set.modulus }, (_, k) => k).filter((k) => !set.residues.has(k))) };
}

function modulusOf(node: Node, context: Context): number | null {
  const holder = node.t === 'rel' ? node.items.at(-1) : node;
  if (holder?.t !== 'fn' || holder.name !== 'mod' || holder.args[1] === undefined) return null;
  return small(rationalValue(holder.args[1], context));
}

function unmodded(node: Node): Node {
  return node.t === 'fn' && node.name === 'mod' ? node.args[0] ?? node : node;
}

/** The remainders of the one unknown for which two polynomials with whole coefficients are congruent; null for anything else. */
function solutions(left: Node, right: Node, modulus: number, context: Context): Residues | null {
  if (left.t === 'sym' && symbols(right).size === 0) return residue(right, modulus, context);
  const difference: Node = { t: 'add', items: [left, { t: 'neg', a: right }] };
  const form = symbols(difference).size === 1 ? formOf(difference, context) : null;
  if (form === null || form.den !== ONE_POLYNOMIAL) return null;
  const terms: { coefficient: number; power: number }[] = [];
  for (const { coefficient, powers } of form.num.values()) {
    const [generator, units = 0] = powers;
    const power = units / UNIT;
    if (coefficient.d !== 1n || powers.length > 2 || !Number.isInteger(power) || power < 0 || power > 40) return null;
    if (generator !== undefined && context.builder.forms.generators.get(generator).kind !== 'variable') return null;
    terms.push({ coefficient: Number(((coefficient.n % BigInt(modulus)) + BigInt(modulus)) % BigInt(modulus)), power });
  }
  charge(context, modulus * terms.length);
  const vanishes = (k: number): boolean => terms.reduce((sum, { coefficient, power }) => (sum + coefficient * powerModulo(k, power, modulus)) % modulus, 0) === 0;
  return { modulus, residues: new Set(Array.from({ length: modulus }, (_, k) => k).filter(vanishes)) };
}

function powerModulo(base: number, power: number, modulus: number): number {
  let result = 1 % modulus;
  for (let k = 0; k < power; k++) result = (result * base) % modulus;
  return result;
}

function residue(node: Node, modulus: number, context: Context): Residues | null {
  const inner = node.t === 'fn' && node.name === 'mod' && node.args[0] !== undefined ? node.args[0] : node;
  const value = rationalValue(inner, context);
  if (value === null || value.d !== 1n) return null;
  const m = BigInt(modulus);
  return { modulus, residues: new Set([Number(((value.n % m) + m) % m)]) };
}

/** `4k + 2` as the numbers that leave 2 modulo 4. */
function progression(node: Node, context: Context): Residues | null {
  const [name] = symbols(node);
  const form = symbols(node).size === 1 ? formOf(node, context) : null;
  if (name === undefined || form === null || form.den !== ONE_POLYNOMIAL) return null;
  const rest = [...form.num.values()];
  const slope = rest.find((t) => t.powers.length === 2 && t.powers[1] === UNIT);
  const constant = rest.find((t) => t.powers.length === 0);
  if (slope === undefined || rest.length !== (constant === undefined ? 1 : 2)) return null;
  const modulus = small(slope.coefficient.n < 0n ? { n: -slope.coefficient.n, d: slope.coefficient.d } : slope.coefficient);
  const offset = constant?.coefficient ?? { n: 0n, d: 1n };
  if (modulus === null || offset.d !== 1n) return null;
  const m = BigInt(modulus);
  return { modulus, residues: new Set([Number(((offset.n % m) + m) % m)]) };
}

function small(value: { readonly n: bigint; readonly d: bigint } | null): number | null {
  return value !== null && value.d === 1n && value.n >= 1n && value.n <= BigInt(MAX_MODULUS) ? Number(value.n) : null;
}

function union(parts: readonly (Residues | null)[]): Residues | null {
  let modulus = 1;
  for (const part of parts) {
    if (part === null) return null;
    modulus = lcm(modulus, part.modulus);
    if (modulus > MAX_MODULUS) return null;
  }
  const residues = new Set<number>();
  for (let k = 0; k < modulus; k++) if (parts.some((part) => part?.residues.has(k % part.modulus) === true)) residues.add(k);
  return { modulus, residues };
}

function lcm(a: number, b: number): number {
  const gcd = (x: number, y: number): number => (y === 0 ? x : gcd(y, x % y));
  return (a / gcd(a, b)) * b;
}
