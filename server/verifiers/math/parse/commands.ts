import { fn, sym, type Node } from './ast.ts';
import { readEnvironment } from './environments.ts';
import { FunctionReader } from './functions.ts';
import { derivative } from './leibniz.ts';
import { overIndex } from './series.ts';
import { readNumberSet } from './numberSets.ts';
import { ACCENTS, FRACTIONS, FUNCTIONS, SYMBOLS, TRANSPARENT, VARIANTS } from './vocabulary.ts';

/** LaTeX commands other than functions. */
export abstract class CommandReader extends FunctionReader {
  protected command(): Node {
    const c = this.cursor;
    const name = c.next().text;
    if (FRACTIONS.has(name)) {
      const a = this.argument(true);
      const b = this.argument(true);
      return derivative(a, b) ?? { t: 'div', a, b };
    }
    if (FUNCTIONS.has(name)) return this.call(name);
    if (name === 'pi' || name === 'infty' || name === 'infinity') return { t: 'const', name: name === 'pi' ? 'pi' : 'inf' };
    if (SYMBOLS.has(name)) return this.named(`\\${VARIANTS.get(name) ?? name}`);
    const letter = c.peek(1);
    if (TRANSPARENT.has(name) && c.isOp('{') && letter.kind === 'id' && c.peek(2).text === '}') {
      // `\mathbf{v}_0`: the subscript belongs to the letter.
      c.index += 3;
      return this.named(letter.text);
    }
    if (TRANSPARENT.has(name) || name === 'boxed') return c.isOp('{') ? this.plainGroup() : this.primary();
    if (ACCENTS.has(name)) return this.named(unitVector(this.accented(name)));
    if (name === 'angle' || name === 'measuredangle' || name === 'triangle' || name === 'odot' || name === 'Box') return sym(this.figure(name));
    return this.rareCommand(name);
  }

  protected rareCommand(name: string): Node {
    const c = this.cursor;
    switch (name) {
      case 'binom': case 'dbinom': case 'tbinom': {
        const a = this.argument(true);
        return fn('binomial', a, this.argument(true));
      }
      case 'overline': return this.overline();
      case 'mathbb': case 'Bbb': return this.namedSet();
      case 'emptyset': case 'varnothing': return { t: 'named', name: 'empty' };
      case 'lfloor': case 'lceil': {
        const value = this.formula(() => this.sum());
        if (!c.isCmd(name === 'lfloor' ? 'rfloor' : 'rceil')) c.fail('a floor or ceiling is not closed');
        c.next();
        return fn(name === 'lfloor' ? 'floor' : 'ceil', value);
      }
      case 'bigcup': return this.family();
      case 'lvert': case 'vert': case 'lVert': return this.absolute(name);
      case 'langle': {
        const inner = this.inside(() => this.list());
        if (!c.isCmd('rangle')) c.fail('expected \\rangle');
        c.next();
        return { t: 'seq', open: '<', close: '>', items: inner.t === 'seq' && inner.open === '' ? inner.items : [inner] };
      }
      case 'lbrace': return this.set('rbrace');
      case 'begin': return readEnvironment(this, c);
      case 'sum': case 'prod': case 'int': case 'lim': return this.big(name);
      case 'pmod': case 'bmod': return c.fail('a modulus without a value');
      case 'R': case 'N': case 'Z': case 'Q': return readNumberSet(c, name);
      case 'not': return c.fail('a lone \\not');
      case 'ldots': case 'cdots': case 'dots': return { t: 'ellipsis' };
      case 'underset': case 'overset': case 'stackrel': {
        this.argument(false);
        return this.argument(false);
      }
      case 'color': case 'textcolor': case 'hspace': case 'phantom': case 'label': case 'tag': case 'vspace': {
        this.skipGroup();
        return this.power();
      }
      default: {
        c.index--;
        return c.fail('unknown command');
      }
    }
  }

  /** `\bigcup_{k \in \mathbb Z} (k\pi, k\pi + 1)`: a set for every whole number k, which is written without the sign, too. */
  private family(): Node {
    const c = this.cursor;
    const bounds = ['', ''];
    while (c.isOp('_', '^')) bounds[c.next().text === '_' ? 0 : 1] = this.subscript();
    const [from = '', to = ''] = bounds;
    const whole = /^[kn](?:\\in(?:\\mathbb)?Z|=-\\infty)$/.test(from) && (from.includes('in') && !from.includes('=') ? to === '' : /^\+?\\infty$/.test(to));
    if (!whole) c.fail('a union that is not over all whole numbers');
    return this.primary();
  }

  protected accented(accent: string): string {
    const c = this.cursor;
    const mark = accent.startsWith('math') ? '' : `${{ overrightarrow: 'vec', widehat: 'hat', widetilde: 'tilde' }[accent] ?? accent} `;
    const inner = c.isOp('{') ? this.subscript() : c.next().text;
    return mark === '' && inner.length === 1 ? inner : `${mark}${inner}`;
  }

  /** `\angle APC`, `\triangle A_1B_1C`: the letters belong to the name, and so do their indices. */
  protected figure(command: string): string {
    const c = this.cursor;
    let letters = '';
    while ((c.peek().kind === 'id' || c.peek().kind === 'word') && /^[A-Z]+$/.test(c.peek().text)) {
      letters += c.next().text;
      if (c.takeOp('_')) letters += this.subscript();
    }
    return `\\${command} ${letters}`;
  }

  /** `\overline{AB}` names a segment, `\overline{z}` a conjugate: a symbol of its own either way. */
  protected overline(): Node {
    return this.named(`overline ${this.subscript()}`);
  }

  protected namedSet(): Node {
    const c = this.cursor;
    return readNumberSet(c, c.isOp('{') ? this.subscript() : c.next().text);
  }

  /** Sums, products, integrals and limits with their bounds. */
  protected big(name: string): Node {
    const c = this.cursor;
    let variable = name === 'int' || name === 'lim' ? 'x' : '';
    let from: Node | null = null;
    let to: Node | null = null;
    for (;;) {
      if (c.isOp('_')) {
        c.next();
        const bound = this.bound();
        const [first, start] = bound.t === 'rel' && bound.ops.length === 1 && (bound.ops[0] === '=' || bound.ops[0] === 'to') ? bound.items : [];
        if (first?.t === 'sym' || first?.t === 'const') {
          variable = first.name;
          from = start ?? null;
        } else {
          from = bound;
          if (bound.t === 'sym') variable = /^[a-z]/.exec(bound.name)?.[0] ?? variable;
        }
      } else if (c.isOp('^')) {
        c.next();
        to = this.exponent();
      } else {
        break;
      }
    }
    const op = name === 'sum' ? 'sum' : name === 'prod' ? 'product' : name === 'int' ? 'integral' : 'limit';
    const body = this.product();
    if (op === 'integral') variable = differentialOf(body) ?? variable;
    return { t: 'big', op, variable, from, to, body: op === 'sum' || op === 'product' ? overIndex(body, variable) : body };
  }

  /** What stands under a sum: `k=1`, `x \to 0`, or a condition such as `d \mid n`, which is a name of its own. */
  protected bound(): Node {
    const c = this.cursor;
    if (!c.isOp('{')) return this.primary();
    const { bars, inSet, groups } = this;
    const read = c.attempt(() => this.group());
    if (read !== null) return read;
    [this.bars, this.inSet, this.groups] = [bars, inSet, groups];
    return sym(this.subscript().replace(/\\mid/g, '|'));
  }
}

/** The name behind the d that ends an integrand, `t` of `f(t)\,dt`; null where none does. */
function differentialOf(body: Node): string | null {
  const [d, name] = body.t === 'mul' ? body.items.slice(-2) : [];
  return d?.t === 'sym' && d.name === 'd' && name?.t === 'sym' ? name.name : null;
}

/** `\hat{\imath}` is the unit vector of `\mathbf i`. */
function unitVector(name: string): string {
  return /^hat \\?([ijk])(?:math)?$/.exec(name)?.[1] ?? name;
}
