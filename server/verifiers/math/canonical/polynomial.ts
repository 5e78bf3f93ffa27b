import { add as addRational, multiply as multiplyRational, ONE, type Rational } from '../arithmetic/rational.ts';
import { limits } from '../limits.ts';
import type { Generators } from './generators.ts';
import { checked, TooLarge, type Term } from './term.ts';

/** A sum of products by their key. The zero polynomial is empty. */
export type Polynomial = ReadonlyMap<string, Term>;

export const ZERO_POLYNOMIAL: Polynomial = new Map();

const keyOf = (powers: readonly number[]): string => powers.join(',');

export function term(coefficient: Rational, powers: readonly number[] = []): Polynomial {
  return coefficient.n === 0n ? ZERO_POLYNOMIAL : new Map([[keyOf(powers), { coefficient, powers }]]);
}

export const ONE_POLYNOMIAL: Polynomial = term(ONE);

/** The value of a polynomial without generators, or null. */
export function constantOf(p: Polynomial): Rational | null {
  if (p.size === 0) return { n: 0n, d: 1n };
  if (p.size > 1) return null;
  return p.get('')?.coefficient ?? null;
}

/** The only term, or null. */
export function singleTerm(p: Polynomial): Term | null {
  if (p.size !== 1) return null;
  for (const only of p.values()) return only;
  return null;
}

export function addPolynomials(a: Polynomial, b: Polynomial): Polynomial {
  if (a.size === 0) return b;
  if (b.size === 0) return a;
  const result = new Map(a);
  for (const [key, t] of b) accumulate(result, key, t);
  if (result.size > limits.terms) throw new TooLarge('terms');
  return result;
}

export function scale(p: Polynomial, by: Rational): Polynomial {
  if (by.n === 0n) return ZERO_POLYNOMIAL;
  const result = new Map<string, Term>();
  for (const [key, t] of p) result.set(key, { coefficient: checked(multiplyRational(t.coefficient, by)), powers: t.powers });
  return result;
}

export function multiplyPolynomials(a: Polynomial, b: Polynomial, generators: Generators): Polynomial {
  generators.work(a.size * b.size);
  const result = new Map<string, Term>();
  for (const x of a.values()) {
    for (const y of b.values()) {
      const product = multiplyTerms(x, y, generators);
      accumulate(result, keyOf(product.powers), product);
    }
  }
  if (result.size > limits.terms) throw new TooLarge('terms');
  return result;
}

/** The polynomial times what its terms are divided by: `y - 12/x` becomes `xy - 12`. It vanishes where the first does. */
export function withoutDenominators(p: Polynomial, generators: Generators): Polynomial {
  const lowest = new Map<number, number>();
  for (const { powers } of p.values()) {
    for (let k = 0; k < powers.length; k += 2) {
      const [generator = 0, exponent = 0] = powers.slice(k, k + 2);
      if (exponent < Math.min(0, lowest.get(generator) ?? 0) && ['variable', 'opaque'].includes(generators.get(generator).kind)) lowest.set(generator, exponent);
    }
  }
  if (lowest.size === 0) return p;
  const powers = [...lowest].sort(([a], [b]) => a - b).flatMap(([generator, exponent]) => [generator, -exponent]);
  return multiplyPolynomials(p, term(ONE, powers), generators);
}

export function multiplyTerms(a: Term, b: Term, generators: Generators): Term {
  const coefficient = checked(multiplyRational(a.coefficient, b.coefficient));
  if (a.powers.length === 0) return { coefficient, powers: b.powers };
  if (b.powers.length === 0) return { coefficient, powers: a.powers };
  const powers: number[] = [];
  let i = 0;
  let j = 0;
  let needsReduction = false;
  while (i < a.powers.length || j < b.powers.length) {
    const ga = a.powers[i] ?? Infinity;
    const gb = b.powers[j] ?? Infinity;
    let exponent = 0;
    if (ga <= gb) {
      exponent += a.powers[i + 1] ?? 0;
      i += 2;
    }
    if (gb <= ga) {
      exponent += b.powers[j + 1] ?? 0;
      j += 2;
    }
    if (exponent === 0) continue;
    powers.push(Math.min(ga, gb), exponent);
    if (ga === gb) needsReduction = true;
  }
  return needsReduction ? generators.reduce({ coefficient, powers }) : { coefficient, powers };
}

function accumulate(into: Map<string, Term>, key: string, t: Term): void {
  const present = into.get(key);
  if (present === undefined) {
    if (t.coefficient.n !== 0n) into.set(key, t);
    return;
  }
  const sum = checked(addRational(present.coefficient, t.coefficient));
  if (sum.n === 0n) into.delete(key);
  else into.set(key, { coefficient: sum, powers: present.powers });
}
