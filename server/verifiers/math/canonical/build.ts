import { absolute, bigBits, integer, ONE, power, rational, ZERO, type Rational } from '../arithmetic/rational.ts';
import { factorise } from '../arithmetic/primes.ts';
import { limits } from '../limits.ts';
import { seriesDepth, type FunctionName, type Node } from '../parse/ast.ts';
import { determinant } from './determinant.ts';
import { atQuarterTurns, basedValue, binomial, exactFunction, factorial, NotAlgebraic } from './exactFunctions.ts';
import { constantForm, constantValue, Forms, generatorForm, primitive, Undefined, type Form } from './form.ts';
import { Generators } from './generators.ts';
import { renameSymbol } from './substitute.ts';
import { ONE_POLYNOMIAL, singleTerm, term, type Polynomial } from './polynomial.ts';
import { TooLarge, UNIT, type Term } from './term.ts';

/**
 * Builds the exact form of a node. Throws TooLarge beyond the limits, Undefined where a value does not exist,
 * NotAlgebraic for nodes that are no values. Both sides of a comparison must use the same builder.
 */
export class FormBuilder {
  readonly forms = new Forms(new Generators());
  readonly #cache = new Map<Node, Form>();

  build(node: Node): Form {
    const known = this.#cache.get(node);
    if (known !== undefined) return known;
    const form = this.#build(node);
    this.#cache.set(node, form);
    return form;
  }

  #build(node: Node): Form {
    const f = this.forms;
    switch (node.t) {
      case 'num': return constantForm(node.value);
      case 'sym': return generatorForm(f.generators.intern('variable', node.name));
      case 'const': return this.#constant(node.name);
      case 'neg': return f.negate(this.build(node.a));
      case 'add': return node.items.map((item) => this.build(item)).reduce((a, b) => f.add(a, b));
      case 'mul': return node.items.map((item) => this.build(item)).reduce((a, b) => f.multiply(a, b));
      case 'div': return f.multiply(this.build(node.a), f.invert(this.build(node.b)));
      case 'pow': return this.power(this.build(node.a), this.build(node.b));
      case 'percent': return f.multiply(this.build(node.a), constantForm(rational(1n, 100n)));
      case 'degree': return f.multiply(f.multiply(this.build(node.a), this.#constant('pi')), constantForm(rational(1n, 180n)));
      case 'unit': return this.build(node.a);
      case 'based': return constantForm(basedValue(node.digits, node.base));
      case 'fn': return this.#call(node.name, node.args);
      case 'app': return this.#opaque(`${node.name}(${node.args.map((a) => this.#text(a)).join(',')})`);
      case 'big': return this.#big(node);
      case 'ratio': return this.#ratio(node.items);
      case 'ellipsis': return this.#opaque('...');
      default: throw new NotAlgebraic(node.t);
    }
  }

  #ratio(items: readonly Node[]): Form {
    const [a, b] = items;
    if (a === undefined || b === undefined || items.length !== 2) throw new NotAlgebraic('ratio');
    return this.forms.multiply(this.build(a), this.forms.invert(this.build(b)));
  }

  #constant(name: 'pi' | 'e' | 'i' | 'inf'): Form {
    if (name === 'inf') throw new NotAlgebraic('infinity');
    return generatorForm(this.forms.generators.intern(name, name));
  }

  #opaque(key: string): Form {
    return generatorForm(this.forms.generators.intern('opaque', key));
  }

  #text(node: Node): string {
    return this.forms.text(this.build(node));
  }

  #big(node: Node & { t: 'big' }): Form {
    // The bound variable has no name of its own, but is not that of a sum within.
    const body = this.#text(renameSymbol(node.body, node.variable, `#${seriesDepth(node.body)}`));
    return this.#opaque(`${node.op}(${node.from === null ? '' : this.#text(node.from)},${node.to === null ? '' : this.#boundText(node.to)},${body})`);
  }

  #boundText(node: Node): string {
    return node.t === 'const' && node.name === 'inf' ? 'inf' : this.#text(node);
  }

  /** a^b. */
  power(a: Form, b: Form): Form {
    const exponent = constantValue(b);
    if (exponent === null) return this.#exponential(a, b);
    if (exponent.n === 0n) {
      if (a.num.size === 0) throw new Undefined('0^0');
      return constantForm(ONE);
    }
    if (exponent.d === 1n) return this.#wholePower(a, exponent.n);
    return this.#root(a, exponent);
  }

  #wholePower(a: Form, n: bigint): Form {
    const f = this.forms;
    if (n < 0n) return f.invert(this.#wholePower(a, -n));
    if (a.num.size === 0) return a;
    const single = a.den === ONE_POLYNOMIAL ? singleTerm(a.num) : null;
    if (single !== null) return this.#termPower(single, n);
    if (n <= BigInt(limits.expandPower)) return f.power(a, Number(n));
    const k = Number(n);
    if (k > 1e8) throw new TooLarge('exponent');
    return this.#sumPower(a, k * UNIT);
  }

  #termPower(single: Term, n: bigint): Form {
    const { coefficient } = single;
    const size = bigBits(coefficient.n) + bigBits(coefficient.d);
    if (size > 2 && BigInt(size) * n > BigInt(limits.bits)) {
      if (n > 100_000_000n) throw new TooLarge('exponent');
      return this.#numberPower(coefficient, Number(n) * UNIT, single.powers.length === 0 ? null : this.#termPower({ coefficient: ONE, powers: single.powers }, n));
    }
    if (n > 1_000_000n && single.powers.length > 0) throw new TooLarge('exponent');
    const k = Number(n % 1_000_000_007n === n ? n : n % 2n === 0n ? 2n : 1n);
    const value = power(coefficient, k);
    const powers = single.powers.map((part, index) => (index % 2 === 0 ? part : part * Number(n)));
    const reduced = this.forms.generators.reduce({ coefficient: value, powers });
    return { num: term(reduced.coefficient, reduced.powers), den: ONE_POLYNOMIAL };
  }

  /** A rational number to a power of `units`/UNIT as a product of prime powers, times `rest`. */
  #numberPower(value: Rational, units: number, rest: Form | null): Form {
    const f = this.forms;
    let result = rest ?? constantForm(ONE);
    const negative = value.n < 0n;
    if (negative && (units / UNIT) % 2 !== 0) result = f.negate(result);
    for (const [part, sign] of [[absolute(value).n, 1], [value.d, -1]] as const) {
      if (part === 1n) continue;
      if (bigBits(part) > 4_000) throw new TooLarge('root of a long number');
      for (const factor of factorise(part)) {
        const id = f.generators.intern(factor.prime ? 'prime' : 'opaque', factor.prime ? `#${factor.base}` : `composite ${factor.base}`, factor.base);
        const reduced = f.generators.reduce({ coefficient: ONE, powers: [id, sign * factor.exponent * units] });
        result = f.multiply(result, { num: term(reduced.coefficient, reduced.powers), den: ONE_POLYNOMIAL });
      }
    }
    return result;
  }

  /** a^(p/q) with q > 1: the real root where there is one, i times a real root for square roots of negative numbers. */
  #root(a: Form, exponent: Rational): Form {
    const f = this.forms;
    if (a.num.size === 0) {
      if (exponent.n < 0n) throw new Undefined('division by zero');
      return a;
    }
    const units = unitsOf(exponent);
    const single = a.den === ONE_POLYNOMIAL ? singleTerm(a.num) : null;
    if (units === null) return this.#opaque(`(${f.text(a)})^(${exponent.n}/${exponent.d})`);
    if (single === null) return this.#sumPower(a, units);
    let { coefficient } = single;
    let unit: Form = constantForm(ONE);
    if (coefficient.n < 0n) {
      coefficient = absolute(coefficient);
      if (exponent.d % 2n === 1n) {
        if (exponent.n % 2n !== 0n) unit = constantForm({ n: -1n, d: 1n });
      } else if (exponent.d === 2n && single.powers.length === 0) {
        unit = this.#termPower({ coefficient: ONE, powers: [f.generators.intern('i', 'i'), UNIT] }, BigInt.asUintN(2, exponent.n));
      } else {
        return this.#opaque(`(${f.text(a)})^(${exponent.n}/${exponent.d})`);
      }
    }
    const powers = this.#rootOfPowers(single.powers, exponent);
    if (powers === null) return this.#opaque(`(${f.text(a)})^(${exponent.n}/${exponent.d})`);
    return f.multiply(unit, this.#numberPower(coefficient, units, { num: term(powers.coefficient, powers.powers), den: ONE_POLYNOMIAL }));
  }

  /** Roots of generators, where taking them apart is right on the common domain: not |x| for the root of x^2. */
  #rootOfPowers(powers: readonly number[], exponent: Rational): Term | null {
    const result: number[] = [];
    let variables = 0;
    let simple = true;
    for (let k = 0; k < powers.length; k += 2) {
      const id = powers[k] ?? 0;
      const units = powers[k + 1] ?? 0;
      const { kind } = this.forms.generators.get(id);
      if (kind === 'i' || kind === 'sign') return null;
      if (kind === 'variable' || kind === 'opaque') {
        variables++;
        if (units !== UNIT) simple = false;
        if (exponent.d % 2n === 0n && (units % (2 * UNIT) === 0 || kind === 'opaque')) return null;
      }
      const scaled = (units * Number(exponent.n)) / Number(exponent.d);
      if (!Number.isSafeInteger(scaled)) return null;
      result.push(id, scaled);
    }
    if (exponent.d % 2n === 0n && variables > 1 && !simple) return null;
    return this.forms.generators.reduce({ coefficient: ONE, powers: result });
  }

  /** A sum to a power that is not multiplied out: content to the power, times a generator for the primitive rest. */
  #sumPower(a: Form, units: number): Form {
    const f = this.forms;
    const part = (p: Polynomial, by: number): Form => {
      const whole = constantForm(ONE);
      if (p === ONE_POLYNOMIAL) return whole;
      const single = singleTerm(p);
      if (single !== null && single.powers.length === 0 && single.coefficient.n > 0n) return this.#numberPower(single.coefficient, by, null);
      const { content, rest } = primitive(p);
      // A negative content stays inside: the root of -x is no multiple of the root of x.
      const positive = content.n < 0n && by % UNIT !== 0;
      const inner = positive ? negatePolynomial(rest) : rest;
      const id = f.generators.intern('opaque', `(${f.text({ num: inner, den: ONE_POLYNOMIAL })})`);
      const generator = generatorForm(id, by);
      return f.multiply(generator, this.#numberPower(positive ? absolute(content) : content, by, null));
    };
    return f.multiply(part(a.num, units), part(a.den, -units));
  }

  /** a^b with an exponent that is no number: every term of the exponent becomes a power of its own, base by base. */
  #exponential(a: Form, b: Form): Form {
    const f = this.forms;
    if (b.den !== ONE_POLYNOMIAL || b.num.size > 12) return this.#opaque(`(${f.text(a)})^(${f.text(b)})`);
    let result = constantForm(ONE);
    for (const t of b.num.values()) {
      if (t.powers.length === 0) {
        result = f.multiply(result, this.power(a, constantForm(t.coefficient)));
        continue;
      }
      const units = unitsOf(t.coefficient);
      if (units === null) return this.#opaque(`(${f.text(a)})^(${f.text(b)})`);
      const exponent = f.text({ num: term(ONE, t.powers), den: ONE_POLYNOMIAL });
      for (const [base, weight] of this.#bases(a)) {
        const id = f.generators.intern(base === '-1' ? 'sign' : 'opaque', `${base}^(${exponent})`);
        const reduced = f.generators.reduce({ coefficient: ONE, powers: [id, units * weight] });
        result = f.multiply(result, { num: term(reduced.coefficient, reduced.powers), den: ONE_POLYNOMIAL });
      }
    }
    return result;
  }

  /** The base of an exponential as independent bases with whole weights. */
  #bases(a: Form): [string, number][] {
    const single = a.den === ONE_POLYNOMIAL ? singleTerm(a.num) : null;
    if (single === null || bigBits(single.coefficient.n) + bigBits(single.coefficient.d) > 400) return [[`(${this.forms.text(a)})`, 1]];
    const bases: [string, number][] = [];
    if (single.coefficient.n < 0n) bases.push(['-1', 1]);
    for (const [part, sign] of [[absolute(single.coefficient).n, 1], [single.coefficient.d, -1]] as const) {
      if (part !== 1n) for (const factor of factorise(part)) bases.push([String(factor.base), sign * factor.exponent]);
    }
    for (let k = 0; k < single.powers.length; k += 2) {
      const weight = (single.powers[k + 1] ?? 0) / UNIT;
      const generator = this.forms.generators.get(single.powers[k] ?? 0);
      if (!Number.isInteger(weight)) return [[`(${this.forms.text(a)})`, 1]];
      bases.push([generator.key, weight]);
    }
    return bases;
  }

  #call(name: FunctionName, args: readonly Node[]): Form {
    const f = this.forms;
    const [first, second] = args;
    if (first === undefined) throw new NotAlgebraic(name);
    if (name === 'exp') return this.power(this.#constant('e'), this.build(first));
    if (name === 'root') return this.power(this.build(first), f.invert(second === undefined ? constantForm(integer(2)) : this.build(second)));
    if (name === 'log') return this.#logarithm(first, second ?? { t: 'const', name: 'e' });
    if (name === 'factorial') return this.#factorial(this.build(first));
    if (name === 'binomial' && second !== undefined) return this.#binomial(this.build(first), this.build(second));
    if (name === 'abs') return this.#absolute(this.build(first));
    if (name === 'det' && first.t === 'matrix') return this.#determinant(first.rows);
    const quarters = this.#quarterTurns(this.build(first));
    const turned = quarters === null ? null : atQuarterTurns(name, quarters);
    if (turned !== null) return constantForm(turned);
    const values = args.map((arg) => constantValue(this.build(arg)));
    const known = values.every((value) => value !== null) ? exactFunction(name, values) : null;
    if (known !== null) return constantForm(known);
    return this.#opaque(`${name}(${args.map((arg) => this.#text(arg)).join(',')})`);
  }

  /** How many quarter turns an angle is, where it is a whole number of them; null for any other value. */
  #quarterTurns(angle: Form): bigint | null {
    const single = angle.den === ONE_POLYNOMIAL ? singleTerm(angle.num) : null;
    if (single?.powers.length !== 2 || single.powers[1] !== UNIT || single.coefficient.d > 2n) return null;
    return this.forms.generators.get(single.powers[0] ?? 0).kind === 'pi' ? (single.coefficient.n * 2n) / single.coefficient.d : null;
  }

  #determinant(rows: readonly (readonly Node[])[]): Form {
    const f = this.forms;
    const ring = { zero: constantForm(ZERO), one: constantForm(ONE), add: f.add.bind(f), negate: f.negate.bind(f), multiply: f.multiply.bind(f) };
    const value = determinant(rows.map((row) => row.map((cell) => this.build(cell))), ring);
    if (value === null) throw new NotAlgebraic('determinant');
    return value;
  }

  #absolute(a: Form): Form {
    const value = constantValue(a);
    if (value !== null) return constantForm(absolute(value));
    const { content, rest } = primitive(a.num);
    const id = this.forms.generators.intern('opaque', `abs(${this.forms.text({ num: rest, den: a.den })})`);
    return this.forms.multiply(constantForm(absolute(content)), generatorForm(id));
  }

  /** Logarithms of numbers in those of primes; of anything else opaque, over the logarithm of the base. */
  #logarithm(argument: Node, base: Node): Form {
    const f = this.forms;
    const top = this.#naturalLog(this.build(argument));
    const isE = base.t === 'const' && base.name === 'e';
    return isE ? top : f.multiply(top, f.invert(this.#naturalLog(this.build(base))));
  }

  #naturalLog(a: Form): Form {
    const f = this.forms;
    const value = constantValue(a);
    if (value !== null) {
      if (value.n === 0n) throw new Undefined('logarithm of zero');
      if (value.n > 0n && bigBits(value.n) + bigBits(value.d) <= 2_000) {
        let sum = constantForm(ZERO);
        for (const [part, sign] of [[value.n, 1n], [value.d, -1n]] as const) {
          if (part === 1n) continue;
          for (const factor of factorise(part)) sum = f.add(sum, f.multiply(this.#opaque(`ln(${factor.base})`), constantForm(integer(sign * BigInt(factor.exponent)))));
        }
        return sum;
      }
    }
    const single = a.den === ONE_POLYNOMIAL ? singleTerm(a.num) : null;
    if (single !== null && single.coefficient.n === 1n && single.coefficient.d === 1n && single.powers.length === 2) {
      const generator = f.generators.get(single.powers[0] ?? 0);
      const units = single.powers[1] ?? 0;
      if (generator.kind === 'e') return constantForm(rational(BigInt(units), BigInt(UNIT)));
      if (generator.kind === 'prime') return f.multiply(this.#opaque(`ln(${generator.base})`), constantForm(rational(BigInt(units), BigInt(UNIT))));
    }
    return this.#opaque(`ln(${f.text(a)})`);
  }

  /** n! of a number; (x + k)! of an expression as x! times the factors between. */
  #factorial(a: Form): Form {
    const f = this.forms;
    const value = constantValue(a);
    if (value !== null) {
      if (value.d !== 1n || value.n < 0n) throw new Undefined('factorial of a number that is not whole');
      return constantForm(integer(factorial(value.n)));
    }
    const shift = a.den === ONE_POLYNOMIAL ? a.num.get('')?.coefficient ?? ZERO : ZERO;
    if (shift.d !== 1n || shift.n === 0n || shift.n > 12n || shift.n < -12n) return this.#opaque(`fact(${f.text(a)})`);
    const base = f.add(a, constantForm({ n: -shift.n, d: 1n }));
    let result = this.#opaque(`fact(${f.text(base)})`);
    for (let k = 1n; k <= shift.n; k++) result = f.multiply(result, f.add(base, constantForm(integer(k))));
    for (let k = 0n; k > shift.n; k--) result = f.multiply(result, f.invert(f.add(base, constantForm(integer(k)))));
    return result;
  }

  #binomial(a: Form, b: Form): Form {
    const f = this.forms;
    const [n, k] = [constantValue(a), constantValue(b)];
    if (n !== null && k !== null && n.d === 1n && k.d === 1n) return constantForm(integer(binomial(n.n, k.n)));
    if (k !== null && k.d === 1n && k.n >= 0n && k.n <= 12n) {
      let result = constantForm(ONE);
      for (let j = 0n; j < k.n; j++) result = f.multiply(result, f.multiply(f.add(a, constantForm(integer(-j))), constantForm(rational(1n, j + 1n))));
      return result;
    }
    return this.#opaque(`binomial(${f.text(a)},${f.text(b)})`);
  }
}

function negatePolynomial(p: Polynomial): Polynomial {
  return new Map([...p].map(([key, t]) => [key, { coefficient: { n: -t.coefficient.n, d: t.coefficient.d }, powers: t.powers }]));
}

/** A rational exponent in units, or null when UNIT does not divide into it or it is too large. */
function unitsOf(exponent: Rational): number | null {
  if (BigInt(UNIT) % exponent.d !== 0n) return null;
  const units = (exponent.n * BigInt(UNIT)) / exponent.d;
  return units > 1_000_000_000_000n || units < -1_000_000_000_000n ? null : Number(units);
}
