import type { RealField } from './realField.ts';

/** A complex number; `im` is null for a real one, which then costs no complex arithmetic. */
export interface Complex<R> {
  readonly re: R;
  readonly im: R | null;
}

/** The value does not exist, or is not real where only real values are asked for. */
export class OutsideDomain extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'OutsideDomain';
  }
}

/** Addends further apart than this many bits are no longer told apart reliably. */
const LOST_BITS = 150;

/**
 * Complex arithmetic over a field of reals, principal branches. With `realOnly`, functions that leave the reals (even
 * roots and logarithms of negative numbers, arcsine beyond 1) throw OutsideDomain, and odd roots of negative numbers are real.
 */
export class ComplexField<R> {
  readonly real: RealField<R>;
  readonly realOnly: boolean;
  readonly i: Complex<R>;
  readonly zero: Complex<R>;
  readonly one: Complex<R>;
  /** Magnitude of the largest addend so far: rounding errors are relative to it. Reset by the evaluator. */
  peak = -Infinity;
  /** An addend vanished beside a far larger one: agreement of the results proves nothing about it. */
  lost = false;

  constructor(real: RealField<R>, realOnly: boolean) {
    this.real = real;
    this.realOnly = realOnly;
    this.i = { re: real.zero, im: real.one };
    this.zero = { re: real.zero, im: null };
    this.one = { re: real.one, im: null };
  }

  of(re: R): Complex<R> {
    return { re, im: null };
  }

  #make(re: R, im: R): Complex<R> {
    return this.real.sign(im) === 0 ? { re, im: null } : { re, im };
  }

  add(a: Complex<R>, b: Complex<R>): Complex<R> {
    const r = this.real;
    const re = r.add(a.re, b.re);
    if (r.sign(a.re) !== 0 && r.sign(b.re) !== 0) this.#observe(r.magnitude(a.re), r.magnitude(b.re));
    if (a.im === null && b.im === null) return { re, im: null };
    return this.#make(re, r.add(a.im ?? r.zero, b.im ?? r.zero));
  }

  #observe(x: number, y: number): void {
    this.peak = Math.max(this.peak, x, y);
    if (Math.abs(x - y) > LOST_BITS) this.lost = true;
  }

  negate(a: Complex<R>): Complex<R> {
    return { re: this.real.negate(a.re), im: a.im === null ? null : this.real.negate(a.im) };
  }

  multiply(a: Complex<R>, b: Complex<R>): Complex<R> {
    const r = this.real;
    if (a.im === null && b.im === null) return { re: r.multiply(a.re, b.re), im: null };
    const [x, y] = [a.im ?? r.zero, b.im ?? r.zero];
    return this.#make(r.add(r.multiply(a.re, b.re), r.negate(r.multiply(x, y))), r.add(r.multiply(a.re, y), r.multiply(x, b.re)));
  }

  divide(a: Complex<R>, b: Complex<R>): Complex<R> {
    const r = this.real;
    if (this.isZero(b)) throw new OutsideDomain('division by zero');
    if (b.im === null) return { re: r.divide(a.re, b.re), im: a.im === null ? null : r.divide(a.im, b.re) };
    const norm = r.add(r.multiply(b.re, b.re), r.multiply(b.im, b.im));
    const product = this.multiply(a, { re: b.re, im: r.negate(b.im) });
    return this.divide(product, { re: norm, im: null });
  }

  isZero(a: Complex<R>): boolean {
    return this.real.sign(a.re) === 0 && (a.im === null || this.real.sign(a.im) === 0);
  }

  abs(a: Complex<R>): R {
    const r = this.real;
    if (a.im === null) return r.sign(a.re) < 0 ? r.negate(a.re) : a.re;
    return r.sqrt(r.add(r.multiply(a.re, a.re), r.multiply(a.im, a.im)));
  }

  /** Argument in (-pi, pi]. */
  argument(a: Complex<R>): R {
    const r = this.real;
    const im = a.im ?? r.zero;
    const sx = r.sign(a.re);
    const sy = r.sign(im);
    if (sx === 0 && sy === 0) throw new OutsideDomain('argument of zero');
    const half = r.divide(r.pi, r.fromDouble(2));
    if (sx === 0) return sy > 0 ? half : r.negate(half);
    const angle = r.atan(r.divide(im, a.re));
    if (sx > 0) return angle;
    return sy >= 0 ? r.add(angle, r.pi) : r.add(angle, r.negate(r.pi));
  }

  exp(a: Complex<R>): Complex<R> {
    const r = this.real;
    const size = r.exp(a.re);
    if (a.im === null) return { re: size, im: null };
    return this.#make(r.multiply(size, r.cos(a.im)), r.multiply(size, r.sin(a.im)));
  }

  log(a: Complex<R>): Complex<R> {
    const r = this.real;
    if (this.isZero(a)) throw new OutsideDomain('logarithm of zero');
    if (a.im === null && r.sign(a.re) > 0) return { re: r.log(a.re), im: null };
    if (this.realOnly) throw new OutsideDomain('logarithm of a number that is not positive');
    return this.#make(r.log(this.abs(a)), this.argument(a));
  }

  sqrt(a: Complex<R>): Complex<R> {
    const r = this.real;
    if (a.im === null) {
      if (r.sign(a.re) >= 0) return { re: r.sqrt(a.re), im: null };
      if (this.realOnly) throw new OutsideDomain('root of a negative number');
      return { re: r.zero, im: r.sqrt(r.negate(a.re)) };
    }
    const two = r.fromDouble(2);
    const size = this.abs(a);
    const re = r.sqrt(r.divide(r.add(size, a.re), two));
    const im = r.sqrt(r.divide(r.add(size, r.negate(a.re)), two));
    return { re, im: r.sign(a.im) < 0 ? r.negate(im) : im };
  }

  /** a to a whole power by repeated squaring. */
  wholePower(a: Complex<R>, n: number): Complex<R> {
    if (n < 0) return this.divide(this.one, this.wholePower(a, -n));
    let result = this.one;
    let base = a;
    for (let e = n; e > 0; e = Math.floor(e / 2)) {
      if (e % 2 === 1) result = this.multiply(result, base);
      if (e > 1) base = this.multiply(base, base);
    }
    return result;
  }

  power(a: Complex<R>, b: Complex<R>): Complex<R> {
    const r = this.real;
    if (b.im === null) {
      const n = r.toDouble(b.re);
      // Exactly a whole number, not one that only rounds to it.
      if (Number.isSafeInteger(n) && Math.abs(n) <= 1e9 && r.sign(r.add(b.re, r.negate(r.fromDouble(n)))) === 0) {
        if (this.isZero(a) && n <= 0) throw new OutsideDomain('zero to a power that is not positive');
        return this.wholePower(a, n);
      }
    }
    if (this.isZero(a)) {
      if (b.im === null && r.sign(b.re) > 0) return this.zero;
      throw new OutsideDomain('zero to a power that is not positive');
    }
    return this.exp(this.multiply(b, this.log(a)));
  }

  /** The n-th root; for odd n and a real number the real one. */
  root(a: Complex<R>, n: number): Complex<R> {
    const r = this.real;
    if (n === 2) return this.sqrt(a);
    if (n === 0) throw new OutsideDomain('zeroth root');
    if (this.isZero(a)) return this.zero;
    if (a.im === null && r.sign(a.re) < 0 && n % 2 !== 0) return this.negate(this.root(this.negate(a), n));
    return this.exp(this.divide(this.log(a), this.of(r.fromDouble(n))));
  }

  sin(a: Complex<R>): Complex<R> {
    if (a.im === null) return this.of(this.real.sin(a.re));
    // sin z = (e^{iz} - e^{-iz}) / 2i
    const e = this.exp(this.multiply(this.i, a));
    return this.divide(this.add(e, this.negate(this.divide(this.one, e))), { re: this.real.zero, im: this.real.fromDouble(2) });
  }

  cos(a: Complex<R>): Complex<R> {
    if (a.im === null) return this.of(this.real.cos(a.re));
    const e = this.exp(this.multiply(this.i, a));
    return this.divide(this.add(e, this.divide(this.one, e)), this.of(this.real.fromDouble(2)));
  }

  atan(a: Complex<R>): Complex<R> {
    if (a.im === null) return this.of(this.real.atan(a.re));
    throw new OutsideDomain('inverse tangent of a complex number');
  }

  asin(a: Complex<R>): Complex<R> {
    const r = this.real;
    if (a.im !== null) throw new OutsideDomain('inverse sine of a complex number');
    const rest = r.add(r.one, r.negate(r.multiply(a.re, a.re)));
    const sign = r.sign(rest);
    if (sign < 0) throw new OutsideDomain('inverse sine beyond 1');
    const half = r.divide(r.pi, r.fromDouble(2));
    if (sign === 0) return this.of(r.sign(a.re) < 0 ? r.negate(half) : half);
    return this.of(r.atan(r.divide(a.re, r.sqrt(rest))));
  }

  acos(a: Complex<R>): Complex<R> {
    const r = this.real;
    return this.of(r.add(r.divide(r.pi, r.fromDouble(2)), r.negate(this.asin(a).re)));
  }
}
