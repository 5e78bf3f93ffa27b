import { ComplexField, OutsideDomain, type Complex } from '../arithmetic/complex.ts';
import type { RealField } from '../arithmetic/realField.ts';
import { integer, type Rational } from '../arithmetic/rational.ts';
import { limits } from '../limits.ts';
import type { FunctionName, Node } from '../parse/ast.ts';
import { determinant } from './determinant.ts';
import { infiniteSum } from './infiniteSum.ts';
import { basedValue } from './exactFunctions.ts';

const MAX_LITERAL = 1n << 150n;

/** Steps left for one pair, shared by all its evaluations. */
export interface Fuel {
  left: number;
}

/** The pair used up its steps. */
export class OutOfFuel extends Error {
  constructor() {
    super('too many steps of evaluation');
    this.name = 'OutOfFuel';
  }
}

/**
 * Value of a node at a point, in a field of numbers. Throws OutsideDomain where no value exists (or none in the reals, when
 * the field is real-only), RangeError where numbers grow too large, OutOfFuel.
 * Unknown functions get values that depend on their name and arguments alone.
 */
export class Evaluator<R> {
  readonly field: ComplexField<R>;
  readonly #fuel: Fuel;
  /** Cost of one operation in fuel. */
  readonly #step: number;
  #point: ReadonlyMap<string, Rational> = new Map();

  constructor(real: RealField<R>, realOnly: boolean, fuel: Fuel) {
    this.field = new ComplexField(real, realOnly);
    this.#fuel = fuel;
    this.#step = real.cost;
  }

  at(node: Node, point: ReadonlyMap<string, Rational>): Complex<R> {
    this.#point = point;
    this.field.peak = -Infinity;
    this.field.lost = false;
    return this.#value(node);
  }

  #spend(steps: number): void {
    this.#fuel.left -= steps;
    if (this.#fuel.left < 0) throw new OutOfFuel();
  }

  #value(node: Node): Complex<R> {
    this.#spend(this.#step);
    const f = this.field;
    switch (node.t) {
      case 'num': return this.#literal(node.value);
      case 'sym': return this.#symbol(node.name);
      case 'const': return this.#constant(node.name);
      case 'neg': return f.negate(this.#value(node.a));
      case 'add': return node.items.map((item) => this.#value(item)).reduce((a, b) => f.add(a, b));
      case 'mul': return node.items.map((item) => this.#value(item)).reduce((a, b) => f.multiply(a, b));
      case 'div': return f.divide(this.#value(node.a), this.#value(node.b));
      case 'pow': return this.#power(node.a, node.b);
      case 'percent': return f.divide(this.#value(node.a), this.#number(100));
      case 'degree': return f.divide(f.multiply(this.#value(node.a), f.of(f.real.pi)), this.#number(180));
      case 'unit': return this.#value(node.a);
      case 'based': return f.of(f.real.fromRational(basedValue(node.digits, node.base)));
      case 'fn': return this.#call(node.name, node.args);
      case 'app': return this.#unknown(node.name, node.args.map((arg) => this.#value(arg)));
      case 'ratio': return this.#ratio(node.items);
      case 'big': return this.#series(node);
      default: throw new OutsideDomain(`no value: ${node.t}`);
    }
  }

  #literal(value: Rational): Complex<R> {
    // Digits beyond the precision are cut.
    if (value.n > MAX_LITERAL || value.n < -MAX_LITERAL || value.d > MAX_LITERAL) this.field.lost = true;
    return this.field.of(this.field.real.fromRational(value));
  }

  #number(x: number): Complex<R> {
    return this.field.of(this.field.real.fromDouble(x));
  }

  #symbol(name: string): Complex<R> {
    const value = this.#point.get(name);
    if (value === undefined) throw new OutsideDomain(`no value for ${name}`);
    return this.field.of(this.field.real.fromRational(value));
  }

  #constant(name: 'pi' | 'e' | 'i' | 'inf'): Complex<R> {
    const f = this.field;
    if (name === 'pi') return f.of(f.real.pi);
    if (name === 'e') return f.exp(f.one);
    if (name === 'i') return f.i;
    throw new OutsideDomain('infinity');
  }

  /** a^b; rational exponents with odd denominators keep roots of negative numbers real. */
  #power(base: Node, exponent: Node): Complex<R> {
    const f = this.field;
    if (exponent.t === 'div' && exponent.b.t === 'num' && exponent.b.value.d === 1n && exponent.b.value.n < 1000n) {
      const degree = Number(exponent.b.value.n);
      if (degree > 1) return f.power(f.root(this.#value(base), degree), this.#value(exponent.a));
    }
    return f.power(this.#value(base), this.#value(exponent));
  }

  #ratio(items: readonly Node[]): Complex<R> {
    const [a, b] = items;
    if (a === undefined || b === undefined || items.length !== 2) throw new OutsideDomain('ratio');
    return this.field.divide(this.#value(a), this.#value(b));
  }

  #real(a: Complex<R>): R {
    if (a.im !== null) throw new OutsideDomain('not a real number');
    return a.re;
  }

  #call(name: FunctionName, nodes: readonly Node[]): Complex<R> {
    const f = this.field;
    const r = f.real;
    if (name === 'root') return this.#root(nodes);
    if (name === 'det') return this.#determinant(nodes[0]);
    const args = nodes.map((node) => this.#value(node));
    const [a, b] = args;
    if (a === undefined) throw new OutsideDomain(name);
    this.#spend(this.#step * 15);
    const inverse = (value: Complex<R>): Complex<R> => f.divide(f.one, value);
    switch (name) {
      case 'exp': return f.exp(a);
      case 'log': return b === undefined ? f.log(a) : f.divide(f.log(a), f.log(b));
      case 'abs': return f.of(f.abs(a));
      case 'sin': return f.sin(a);
      case 'cos': return f.cos(a);
      case 'tan': return f.divide(f.sin(a), f.cos(a));
      case 'cot': return f.divide(f.cos(a), f.sin(a));
      case 'sec': return inverse(f.cos(a));
      case 'csc': return inverse(f.sin(a));
      case 'asin': return f.asin(a);
      case 'acos': return f.acos(a);
      case 'atan': return f.atan(a);
      case 'acot': return f.add(f.of(r.divide(r.pi, r.fromDouble(2))), f.negate(f.atan(a)));
      case 'asec': return f.acos(inverse(a));
      case 'acsc': return f.asin(inverse(a));
      case 'sinh': case 'cosh': case 'tanh': case 'coth': return this.#hyperbolic(name, f.exp(a));
      // asinh x = ln(x + sqrt(x^2 + 1)) and so on
      case 'asinh': return f.log(f.add(a, f.sqrt(f.add(f.multiply(a, a), f.one))));
      case 'acosh': return f.log(f.add(a, f.multiply(f.sqrt(f.add(a, f.one)), f.sqrt(f.add(a, f.negate(f.one))))));
      case 'atanh': return f.divide(f.log(f.divide(f.add(f.one, a), f.add(f.one, f.negate(a)))), this.#number(2));
      case 'floor': return f.of(this.#floor(this.#real(a)));
      case 'ceil': return f.of(r.negate(this.#floor(r.negate(this.#real(a)))));
      case 'sign': return this.#number(r.sign(this.#real(a)));
      case 're': return f.of(a.re);
      case 'im': return f.of(a.im ?? r.zero);
      case 'conjugate': return { re: a.re, im: a.im === null ? null : r.negate(a.im) };
      case 'argument': return f.of(f.argument(a));
      case 'min': case 'max': return args.reduce((x, y) => ((r.sign(r.add(this.#real(x), r.negate(this.#real(y)))) < 0) === (name === 'min') ? x : y));
      case 'factorial': return this.#product(this.#whole(a), 1);
      case 'doubleFactorial': return this.#product(this.#whole(a), 2);
      case 'binomial': return this.#binomial(a, b);
      case 'mod': case 'gcd': case 'lcm': return this.#whole2(name, args.map((arg) => this.#whole(arg)));
    }
  }

  /** Floor of a number that rounding errors may have put just below a whole one. */
  #floor(a: R): R {
    const r = this.field.real;
    const nearest = r.floor(r.add(a, r.fromDouble(0.5)));
    const gap = r.add(a, r.negate(nearest));
    return r.magnitude(gap) < -30 ? nearest : r.floor(a);
  }

  #root(nodes: readonly Node[]): Complex<R> {
    const [radicand, index] = nodes;
    if (radicand === undefined) throw new OutsideDomain('root');
    this.#spend(this.#step * 6);
    if (index === undefined) return this.field.sqrt(this.#value(radicand));
    if (index.t === 'num' && index.value.d === 1n && index.value.n < 1000n) return this.field.root(this.#value(radicand), Number(index.value.n));
    return this.field.power(this.#value(radicand), this.field.divide(this.field.one, this.#value(index)));
  }

  #determinant(matrix: Node | undefined): Complex<R> {
    const f = this.field;
    if (matrix?.t !== 'matrix') return this.#unknown('det', matrix === undefined ? [] : [this.#value(matrix)]);
    this.#spend(this.#step * matrix.rows.length * 2 ** Math.min(matrix.rows.length, 20));
    const value = determinant(matrix.rows.map((row) => row.map((cell) => this.#value(cell))), { zero: f.zero, one: f.one, add: f.add.bind(f), negate: f.negate.bind(f), multiply: f.multiply.bind(f) });
    if (value === null) throw new OutsideDomain('determinant');
    return value;
  }

  #hyperbolic(name: 'sinh' | 'cosh' | 'tanh' | 'coth', e: Complex<R>): Complex<R> {
    const f = this.field;
    const inverse = f.divide(f.one, e);
    const sinh = f.divide(f.add(e, f.negate(inverse)), this.#number(2));
    const cosh = f.divide(f.add(e, inverse), this.#number(2));
    return name === 'sinh' ? sinh : name === 'cosh' ? cosh : name === 'tanh' ? f.divide(sinh, cosh) : f.divide(cosh, sinh);
  }

  #whole(a: Complex<R>): number {
    const x = this.field.real.toDouble(this.#real(a));
    const n = Math.round(x);
    if (Math.abs(x - n) > 1e-9 || Math.abs(n) > 1e9) throw new OutsideDomain('not a whole number');
    return n;
  }

  #product(n: number, step: number): Complex<R> {
    if (n < 0) throw new OutsideDomain('factorial of a negative number');
    if (n > 3_000) throw new RangeError('factorial too large');
    this.#spend(this.#step * n);
    let result = this.field.one;
    for (let k = n; k > 1; k -= step) result = this.field.multiply(result, this.#number(k));
    return result;
  }

  #binomial(a: Complex<R>, b: Complex<R> | undefined): Complex<R> {
    const f = this.field;
    const k = b === undefined ? 0 : this.#whole(b);
    if (k < 0) return f.zero;
    if (k > limits.seriesTerms) throw new RangeError('binomial too large');
    this.#spend(this.#step * 3 * k);
    let result = f.one;
    for (let j = 0; j < k; j++) result = f.divide(f.multiply(result, f.add(a, this.#number(-j))), this.#number(j + 1));
    return result;
  }

  #whole2(name: 'mod' | 'gcd' | 'lcm', values: readonly number[]): Complex<R> {
    const gcd = (x: number, y: number): number => (y === 0 ? Math.abs(x) : gcd(y, x % y));
    const [a = 0, b = 0] = values;
    if (name === 'mod') {
      if (b <= 0) throw new OutsideDomain('modulus');
      return this.#number(((a % b) + b) % b);
    }
    return this.#number(values.reduce((x, y) => (name === 'gcd' ? gcd(x, y) : gcd(x, y) === 0 ? 0 : Math.abs(x * y) / gcd(x, y))));
  }

  /** A smooth function of the arguments that differs from name to name. */
  #unknown(name: string, args: readonly Complex<R>[]): Complex<R> {
    const f = this.field;
    let seed = 7;
    for (const char of name) seed = (seed * 31 + char.charCodeAt(0)) % 1009;
    let sum = this.#number(seed / 97);
    args.forEach((arg, index) => {
      sum = f.add(sum, f.multiply(arg, this.#number(0.37 + index * 0.61 + (seed % 13) / 17)));
    });
    return f.add(f.sin(sum), this.#number(2 + (seed % 7)));
  }

  #series(node: Node & { t: 'big' }): Complex<R> {
    const f = this.field;
    if ((node.op !== 'sum' && node.op !== 'product') || node.from === null || node.to === null) throw new OutsideDomain(node.op);
    const from = this.#whole(this.#value(node.from));
    if (node.op === 'sum' && node.to.t === 'const' && node.to.name === 'inf') return this.#infiniteSum(node, from);
    const to = this.#whole(this.#value(node.to));
    if (to - from > limits.seriesTerms) throw new RangeError('series too long');
    const outer = this.#point;
    let result = node.op === 'sum' ? f.zero : f.one;
    for (let k = from; k <= to; k++) {
      this.#point = new Map(outer).set(node.variable, integer(k));
      const value = this.#value(node.body);
      result = node.op === 'sum' ? f.add(result, value) : f.multiply(result, value);
    }
    this.#point = outer;
    return result;
  }

  #infiniteSum(node: Node & { t: 'big' }, from: number): Complex<R> {
    const f = this.field;
    const outer = this.#point;
    const { value, bits } = infiniteSum((k) => {
      this.#point = new Map(outer).set(node.variable, integer(k));
      return this.#real(this.#value(node.body));
    }, from, f.real);
    this.#point = outer;
    // What is not known of the sum counts as rounding.
    if (bits !== null) f.peak = Math.max(f.peak, f.real.magnitude(value) - bits - f.real.noise);
    return f.of(value);
  }
}
