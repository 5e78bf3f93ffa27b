import { integer } from '../arithmetic/rational.ts';
import { fn, isPaired, num, type FunctionName, type Node } from './ast.ts';
import { BracketReader } from './brackets.ts';
import { FUNCTIONS, JOINERS } from './vocabulary.ts';

const INVERSE: Readonly<Record<string, FunctionName>> = { sin: 'asin', cos: 'acos', tan: 'atan', cot: 'acot', sec: 'asec', csc: 'acsc', sinh: 'asinh', cosh: 'acosh', tanh: 'atanh' };

/** Known functions: powers between name and argument (`\\sin^2 x`), bases, arguments without parentheses, roots. */
export abstract class FunctionReader extends BracketReader {
  /** A known function with its powers, base and argument; the name was read. */
  protected call(word: string): Node {
    const c = this.cursor;
    const name = FUNCTIONS.get(word);
    if (name === undefined) return c.fail(`unknown function ${word}`);
    if (name === 'root') return this.root(word === 'cbrt' ? 3 : 2);
    let exponent: Node | null = null;
    let base: Node | null = null;
    for (;;) {
      if (c.isOp('^', '**') && exponent === null && !this.degreeAhead()) {
        c.next();
        exponent = this.exponent();
      } else if (c.isOp('_') && base === null) {
        c.next();
        base = this.base(word);
      } else {
        break;
      }
    }
    const args = this.functionArguments();
    const inverse = exponent !== null && isMinusOne(exponent) ? INVERSE[name] : undefined;
    const value = this.applied(word, name, inverse, args, base);
    return exponent !== null && inverse === undefined ? { t: 'pow', a: value, b: exponent } : value;
  }

  /**
   * The base behind `_`. TeX reads one digit, which is meant where nothing follows to apply the logarithm to: `\log_32` is
   * \log_3 2, `\log_12 5` has the base 12.
   */
  protected base(word: string): Node {
    const c = this.cursor;
    if (c.isOp('{')) return this.group();
    const digits = c.peek();
    const alone = digits.kind === 'num' && !(this.startsPrimary(c.peek(1)) && c.peek(1).kind !== 'end');
    return alone && c.tokens[c.index - 2]?.kind === 'cmd' && word === 'log' ? this.argument(true) : this.primary();
  }

  protected applied(word: string, name: FunctionName, inverse: FunctionName | undefined, args: Node[], base: Node | null): Node {
    if (inverse !== undefined) return { t: 'fn', name: inverse, args };
    if (word === 'cis') return unitComplex(args);
    if (name !== 'log') return { t: 'fn', name, args };
    const natural: Node = { t: 'const', name: 'e' };
    const [argument, second] = args;
    if (argument === undefined) return this.cursor.fail('an argument is missing');
    const ten = num(integer(10));
    // sympy writes log(x, b); its log without a base is natural, LaTeX's \log is decimal here.
    const sympy = !this.cursor.source.includes('\\') && word === 'log';
    return fn('log', argument, base ?? second ?? (word === 'ln' || sympy ? natural : ten));
  }

  protected functionArguments(): Node[] {
    const c = this.cursor;
    if (c.isOp('(')) return this.callArguments();
    if (c.isOp('[', '{', '\\{')) {
      const inside = this.primary();
      if (inside.t === 'seq' && !isPaired(inside)) c.fail('a bracket that closes another');
      return inside.t === 'seq' && inside.items.length > 0 ? [...inside.items] : [inside];
    }
    if (c.isOp('-', '+')) return [this.signed()];
    const factors: Node[] = [];
    for (;;) {
      const token = c.peek();
      const isFunction = (token.kind === 'cmd' && FUNCTIONS.has(token.text) && token.text !== 'sqrt') || (token.kind === 'word' && FUNCTIONS.has(token.text) && token.text !== 'sqrt');
      if (factors.length > 0 && (isFunction || !this.startsPrimary(token) || this.phraseAhead(token) || (token.kind === 'op' && token.text === '('))) break;
      factors.push(this.power());
    }
    const first = factors[0];
    return factors.length === 1 && first !== undefined ? [first] : [{ t: 'mul', items: factors }];
  }

  protected callFollows(ahead: number): boolean {
    const token = this.cursor.peek(ahead);
    if (token.kind === 'op') return ['(', '[', '{', '\\{', '^', '_', '|', '-'].includes(token.text);
    return token.kind === 'num' || token.kind === 'cmd' || token.kind === 'id' || (token.kind === 'word' && !JOINERS.has(token.text));
  }

  protected root(degree: number): Node {
    const c = this.cursor;
    let index: Node = num(integer(degree));
    if (c.isOp('[')) {
      c.next();
      index = this.formula(() => this.sum());
      c.expectOp(']');
    }
    // `\sqrt15` is meant as the root of 15, though TeX reads one digit.
    const radicand = c.isOp('(') ? this.callArguments()[0] : c.isOp('{') ? this.group() : this.primary();
    if (radicand === undefined) return c.fail('a root of nothing');
    return fn('root', radicand, index);
  }
}

function isMinusOne(node: Node): boolean {
  return node.t === 'neg' && node.a.t === 'num' && node.a.value.n === 1n && node.a.value.d === 1n;
}

/** `4\text{ cis } 30^\circ`: cosine and i times sine of the angle. */
function unitComplex(angle: readonly Node[]): Node {
  return { t: 'add', items: [fn('cos', ...angle), { t: 'mul', items: [{ t: 'const', name: 'i' }, fn('sin', ...angle)] }] };
}
