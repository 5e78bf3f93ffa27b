import { format, gcd, negate, ONE, rational, type Rational, divide } from '../arithmetic/rational.ts';
import type { Generators } from './generators.ts';
import { addPolynomials, constantOf, multiplyPolynomials, ONE_POLYNOMIAL, scale, singleTerm, term, type Polynomial } from './polynomial.ts';
import { UNIT, type Term } from './term.ts';

/** A fraction of two polynomials. The denominator is 1 or has several terms: a single term is divided out at once. */
export interface Form {
  readonly num: Polynomial;
  readonly den: Polynomial;
}

/** The value does not exist: a division by zero. */
export class Undefined extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'Undefined';
  }
}

export const constantForm = (value: Rational): Form => ({ num: term(value), den: ONE_POLYNOMIAL });
export const generatorForm = (id: number, exponent = UNIT): Form => ({ num: term(ONE, [id, exponent]), den: ONE_POLYNOMIAL });

/** Arithmetic of forms over one set of generators. */
export class Forms {
  readonly generators: Generators;

  constructor(generators: Generators) {
    this.generators = generators;
  }

  add(a: Form, b: Form): Form {
    if (samePolynomial(a.den, b.den)) return { num: addPolynomials(a.num, b.num), den: a.den };
    return { num: addPolynomials(this.#times(a.num, b.den), this.#times(b.num, a.den)), den: this.#times(a.den, b.den) };
  }

  negate(a: Form): Form {
    return { num: scale(a.num, { n: -1n, d: 1n }), den: a.den };
  }

  multiply(a: Form, b: Form): Form {
    // The commonest cancellation: a factor that is the other side's denominator.
    if (a.den.size > 1 && samePolynomial(a.den, b.num)) return { num: a.num, den: b.den };
    if (b.den.size > 1 && samePolynomial(b.den, a.num)) return { num: b.num, den: a.den };
    return { num: this.#times(a.num, b.num), den: this.#times(a.den, b.den) };
  }

  /** Throws Undefined for zero. */
  invert(a: Form): Form {
    if (a.num.size === 0) throw new Undefined('division by zero');
    const single = singleTerm(a.num);
    if (single === null) return { num: a.den, den: a.num };
    return { num: this.#times(a.den, this.invertTerm(single)), den: ONE_POLYNOMIAL };
  }

  invertTerm(t: Term): Polynomial {
    const powers = t.powers.map((value, index) => (index % 2 === 0 ? value : -value));
    const reduced = this.generators.reduce({ coefficient: divide(ONE, t.coefficient), powers });
    return term(reduced.coefficient, reduced.powers);
  }

  /** a^k for a whole number k >= 0 by repeated squaring. */
  power(a: Form, k: number): Form {
    let result = constantForm(ONE);
    let base = a;
    for (let e = k; e > 0; e = Math.floor(e / 2)) {
      if (e % 2 === 1) result = this.multiply(result, base);
      if (e > 1) base = this.multiply(base, base);
    }
    return result;
  }

  /** Numerator of a - b over the common denominator: empty exactly if the forms are equal as written in generators. */
  difference(a: Form, b: Form): Polynomial {
    if (samePolynomial(a.den, b.den)) return addPolynomials(a.num, scale(b.num, { n: -1n, d: 1n }));
    return addPolynomials(this.#times(a.num, b.den), scale(this.#times(b.num, a.den), { n: -1n, d: 1n }));
  }

  /** Whether every generator is one whose independence is known, so that a difference other than 0 is a proof. */
  isExact(p: Polynomial): boolean {
    for (const t of p.values()) {
      for (let k = 0; k < t.powers.length; k += 2) {
        const { kind } = this.generators.get(t.powers[k] ?? 0);
        if (kind === 'opaque' || kind === 'sign') return false;
      }
    }
    return true;
  }

  #times(a: Polynomial, b: Polynomial): Polynomial {
    if (a === ONE_POLYNOMIAL) return b;
    if (b === ONE_POLYNOMIAL) return a;
    return multiplyPolynomials(a, b, this.generators);
  }

  /** Canonical text: terms by their generators' names, denominators made primitive. Equal texts mean equal values. */
  text(form: Form): string {
    const den = form.den === ONE_POLYNOMIAL || form.den.size === 0 ? null : primitive(form.den);
    if (den === null) return this.#sum(form.num);
    return `(${this.#sum(scale(form.num, divide(ONE, den.content)))})/(${this.#sum(den.rest)})`;
  }

  #sum(p: Polynomial): string {
    if (p.size === 0) return '0';
    const terms = [...p.values()].map((t) => ({ text: this.#product(t.powers), coefficient: t.coefficient }));
    terms.sort((a, b) => (a.text < b.text ? 1 : -1));
    return terms.map(({ text, coefficient }, index) => {
      const negative = coefficient.n < 0n;
      const size = format(negative ? negate(coefficient) : coefficient);
      const body = text === '' ? size : size === '1' ? text : `${size}*${text}`;
      return index === 0 ? (negative ? `-${body}` : body) : `${negative ? ' - ' : ' + '}${body}`;
    }).join('');
  }

  #product(powers: readonly number[]): string {
    const parts: string[] = [];
    for (let k = 0; k < powers.length; k += 2) {
      const { key, kind, base } = this.generators.get(powers[k] ?? 0);
      const exponent = rational(BigInt(powers[k + 1] ?? 0), BigInt(UNIT));
      const name = kind === 'prime' ? String(base) : key;
      if (exponent.n === 1n && exponent.d === 1n) parts.push(name);
      else if (exponent.n === 1n && exponent.d === 2n) parts.push(`sqrt(${name})`);
      else parts.push(`${name}^${exponent.d === 1n && exponent.n > 0n ? format(exponent) : `(${format(exponent)})`}`);
    }
    return parts.sort().join('*');
  }
}

/** p = content * rest, where rest has whole coefficients without common factor and a first coefficient above 0. */
export function primitive(p: Polynomial): { content: Rational; rest: Polynomial } {
  let n = 0n;
  let d = 1n;
  let sign = 1n;
  let firstKey: string | null = null;
  for (const [key, t] of p) {
    n = gcd(n, t.coefficient.n);
    d = (d / gcd(d, t.coefficient.d)) * t.coefficient.d;
    if (firstKey === null || key > firstKey) {
      firstKey = key;
      sign = t.coefficient.n < 0n ? -1n : 1n;
    }
  }
  const content = rational(sign * (n === 0n ? 1n : n), d);
  return { content, rest: scale(p, divide(ONE, content)) };
}

export function samePolynomial(a: Polynomial, b: Polynomial): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [key, t] of a) {
    const other = b.get(key);
    if (other === undefined || other.coefficient.n !== t.coefficient.n || other.coefficient.d !== t.coefficient.d) return false;
  }
  return true;
}

export function constantValue(form: Form): Rational | null {
  return form.den === ONE_POLYNOMIAL ? constantOf(form.num) : null;
}
