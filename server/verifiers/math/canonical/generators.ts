import { integer, multiply, power, rational } from '../arithmetic/rational.ts';
import { limits } from '../limits.ts';
import { TooLarge, UNIT, type Term } from './term.ts';

/**
 * `variable`, `pi`, `e`: independent of everything else. `prime`: a prime number to a fractional power. `i`: the imaginary
 * unit. `opaque`: anything else, known only by the canonical text of what it is; its relations to others are unknown.
 */
export type GeneratorKind = 'variable' | 'pi' | 'e' | 'prime' | 'i' | 'opaque' | 'sign';

export interface Generator {
  readonly key: string;
  readonly kind: GeneratorKind;
  /** The number, for `prime`. */
  readonly base: bigint;
}

/**
 * What polynomials are made of, shared by both sides of a comparison so that equal things get equal numbers.
 *
 * Real roots of different primes to powers in (0, 1) and their products are linearly independent over the rationals
 * (Besicovitch 1940), so a reduced polynomial in them, variables and pi is zero only if it has no terms.
 */
export class Generators {
  readonly #byKey = new Map<string, number>();
  readonly #all: Generator[] = [];

  #work = 0;

  /** Counts products of terms. Throws TooLarge when one pair needs more than `limits.products` of them in all. */
  work(products: number): void {
    this.#work += products;
    if (this.#work > limits.products) throw new TooLarge('products');
  }

  intern(kind: GeneratorKind, key: string, base = 0n): number {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    if (this.#all.length >= limits.terms) throw new TooLarge('generators');
    const id = this.#all.length;
    this.#all.push({ kind, key, base });
    this.#byKey.set(key, id);
    return id;
  }

  get(id: number): Generator {
    const generator = this.#all[id];
    if (generator === undefined) throw new RangeError(`no generator ${id}`);
    return generator;
  }

  /** Takes whole powers of primes into the coefficient, i^2 to -1 and sign^2 to 1. */
  reduce(t: Term): Term {
    let coefficient = t.coefficient;
    const powers: number[] = [];
    for (let k = 0; k < t.powers.length; k += 2) {
      const id = t.powers[k] ?? 0;
      let exponent = t.powers[k + 1] ?? 0;
      const { kind, base } = this.get(id);
      if (kind === 'prime') {
        const whole = Math.floor(exponent / UNIT);
        if (whole !== 0 && Math.abs(whole) * Math.log2(Number(base)) <= limits.bits) {
          coefficient = multiply(coefficient, whole > 0 ? power(integer(base), whole) : rational(1n, base ** BigInt(-whole)));
          exponent -= whole * UNIT;
        }
      } else if (kind === 'i' && exponent % UNIT === 0) {
        const quarter = (((exponent / UNIT) % 4) + 4) % 4;
        if (quarter >= 2) coefficient = { n: -coefficient.n, d: coefficient.d };
        exponent = quarter % 2 === 1 ? UNIT : 0;
      } else if (kind === 'sign' && exponent % UNIT === 0) {
        exponent = (exponent / UNIT) % 2 === 0 ? 0 : UNIT;
      }
      if (exponent !== 0) powers.push(id, exponent);
    }
    return { coefficient, powers };
  }
}
