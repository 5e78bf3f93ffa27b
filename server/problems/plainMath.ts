// LaTeX as a line of plain text: dollar signs go, fractions and roots are written in one line, commands become signs where there is
// one. Reads once from left to right; what is not understood stays as it is.

/** Commands that have a sign of their own in plain text. */
const SIGNS: ReadonlyMap<string, string> = new Map(Object.entries({
  times: '×', cdot: '·', div: '÷', pm: '±', mp: '∓', ast: '*', star: '⋆', circ: '°', le: '≤', leq: '≤', leqslant: '≤', ge: '≥', geq: '≥', geqslant: '≥', ne: '≠', neq: '≠', lt: '<', gt: '>',
  infty: '∞', pi: 'π', theta: 'θ', alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ', epsilon: 'ε', varepsilon: 'ε', lambda: 'λ', mu: 'μ', rho: 'ρ', sigma: 'σ', tau: 'τ', phi: 'φ', varphi: 'φ', omega: 'ω',
  Delta: 'Δ', Gamma: 'Γ', Sigma: 'Σ', Omega: 'Ω', Phi: 'Φ', ell: 'ℓ', angle: '∠', triangle: '△', square: '□', in: '∈', notin: '∉', to: '→', rightarrow: '→', Rightarrow: '⇒', implies: '⇒', iff: '⇔', mapsto: '↦',
  sum: '∑', prod: '∏', int: '∫', oint: '∮', partial: '∂', nabla: '∇', ldots: '…', cdots: '…', dots: '…', vdots: '⋮', approx: '≈', equiv: '≡', cong: '≅', sim: '∼', propto: '∝', forall: '∀', exists: '∃', emptyset: '∅', varnothing: '∅',
  cup: '∪', cap: '∩', setminus: '∖', subset: '⊂', subseteq: '⊆', supset: '⊃', perp: '⊥', parallel: '∥', mid: '|', vert: '|', lfloor: '⌊', rfloor: '⌋', lceil: '⌈', rceil: '⌉', langle: '⟨', rangle: '⟩', lbrace: '{', rbrace: '}',
  plus: '+', minus: '-', equal: '=', oplus: '⊕', ominus: '⊖', otimes: '⊗', oslash: '⊘', odot: '⊙', bullet: '•', diamond: '⋄', Diamond: '◇', dotsm: '…', dotsb: '…', dotsc: '…', lvert: '|', rvert: '|', lVert: '‖', rVert: '‖', nmid: '∤', chi: 'χ',
  psi: 'ψ', xi: 'ξ', eta: 'η', zeta: 'ζ', kappa: 'κ', nu: 'ν', Theta: 'Θ', Lambda: 'Λ', Pi: 'Π', Psi: 'Ψ', measuredangle: '∠', varangle: '∠', Varangle: '∠', vartriangle: '△', uparrow: '↑', downarrow: '↓', leftarrow: '←', leftrightarrow: '↔',
  longrightarrow: '→', clubsuit: '♣', spadesuit: '♠', heartsuit: '♥', diamondsuit: '♦', wedge: '∧', vee: '∨', neg: '¬', lnot: '¬', colon: ':', backslash: '∖', aleph: 'ℵ', hbar: 'ℏ', N: 'ℕ', Z: 'ℤ', Q: 'ℚ', R: 'ℝ', C: 'ℂ',
  prime: '′', degree: '°', quad: ' ', qquad: ' ',
}));
/** Commands that only say how something looks: what they hold stands for itself. */
const LOOKS: ReadonlySet<string> = new Set([
  'text', 'textbf', 'textit', 'textrm', 'textsf', 'texttt', 'emph', 'mbox', 'mathrm', 'mathbf', 'mathbb', 'mathcal', 'mathfrak', 'mathsf', 'mathit', 'mathtt', 'boldsymbol', 'operatorname', 'boxed', 'fbox',
  'overline', 'underline', 'bar', 'vec', 'overrightarrow', 'hat', 'widehat', 'tilde', 'widetilde', 'underbrace', 'overbrace', 'substack', 'bold', 'section', 'mathop', 'mathbin', 'mathrel',
]);
const SILENT: ReadonlySet<string> = new Set(['displaystyle', 'textstyle', 'scriptstyle', 'left', 'right', 'middle', 'big', 'Big', 'bigg', 'Bigg', 'bigl', 'bigr', 'Bigl', 'Bigr', 'biggl', 'biggr', 'limits', 'nolimits', 'hline', 'centering', 'noindent', 'rm', 'bf', 'it', 'tag', 'label', 'nonumber']);
const NAMES: ReadonlySet<string> = new Set(['sin', 'cos', 'tan', 'cot', 'sec', 'csc', 'arcsin', 'arccos', 'arctan', 'sinh', 'cosh', 'tanh', 'log', 'ln', 'lg', 'exp', 'lim', 'max', 'min', 'sup', 'inf', 'gcd', 'lcm', 'bmod', 'mod', 'det', 'deg', 'dim', 'ker', 'arg']);
const BRACKETS: ReadonlyMap<string, readonly [string, string]> = new Map(Object.entries<readonly [string, string]>({
  matrix: ['(', ')'], smallmatrix: ['(', ')'], pmatrix: ['(', ')'], bmatrix: ['[', ']'], Bmatrix: ['{', '}'], vmatrix: ['|', '|'], Vmatrix: ['‖', '‖'], cases: ['{ ', ''],
}));

/** The text with its mathematics written in one line. */
export function plainMath(text: string): string {
  return new Reader(text).read('');
}

class Reader {
  readonly #text: string;
  #at = 0;
  /** Between dollar signs or inside of a command's braces, where braces group and `^` and `_` raise and lower. */
  #math = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads up to `end`, which is passed over, or to the end of the text. */
  read(end: string): string {
    let out = '';
    while (this.#at < this.#text.length) {
      if (end !== '' && this.#text.startsWith(end, this.#at)) {
        this.#at += end.length;
        break;
      }
      out += this.#next();
    }
    return out;
  }

  #next(): string {
    const sign = this.#text[this.#at++] ?? '';
    switch (sign) {
      case '\\': return this.#command();
      case '$':
        while (this.#text[this.#at] === '$') this.#at++;
        this.#math = !this.#math;
        return '';
      case '{': return this.#math ? this.read('}') : sign;
      case '^': return this.#math ? script('^', this.#argument()) : sign;
      case '_': return this.#math ? script('_', this.#argument()) : sign;
      case '~': return this.#math ? ' ' : sign;
      default: return sign;
    }
  }

  #command(): string {
    const name = /^[a-zA-Z]+/.exec(this.#text.slice(this.#at, this.#at + 40))?.[0];
    if (name === undefined) return this.#escaped();
    this.#at += name.length;
    if (/^[dtc]?frac$/.test(name)) return `${grouped(this.#argument())}/${grouped(this.#argument())}`;
    if (/^[dt]?binom$/.test(name)) return `C(${this.#argument().trim()}, ${this.#argument().trim()})`;
    if (name === 'sqrt') return root(this.#option(), grouped(this.#argument()));
    if (name === 'pmod') return `(mod ${this.#argument()})`;
    if (name === 'hspace' || name === 'vspace') {
      this.#argument();
      return ' ';
    }
    if (name === 'begin') return this.#environment();
    if (LOOKS.has(name)) return this.#argument();
    if (SILENT.has(name)) {
      // `\right.` is a bracket that is not there.
      if (/^(?:left|right)$/.test(name) && this.#text[this.#at] === '.') this.#at++;
      return '';
    }
    const sign = SIGNS.get(name);
    // The blank that only ends a command's name is none of the formula: `3\cdot 4`. One on both sides was meant.
    if (sign !== undefined && this.#math && !/\s/.test(this.#text[this.#at - name.length - 2] ?? '')) while (this.#text[this.#at] === ' ') this.#at++;
    if (sign !== undefined) return sign;
    if (NAMES.has(name)) return name;
    return `\\${name}${this.#text[this.#at] === '{' ? `{${this.#group()}}` : ''}`;
  }

  /** After a backslash: a sign that means itself, a space, a line's end, or the edge of a formula. */
  #escaped(): string {
    const sign = this.#text[this.#at++] ?? '';
    if ('([)]'.includes(sign) && sign !== '') {
      this.#math = sign === '(' || sign === '[';
      return '';
    }
    if ('\\; :'.includes(sign) && sign !== '') return ' ';
    if (',!'.includes(sign) && sign !== '') return '';
    return sign === '' || '{}%$#&_|'.includes(sign) ? sign : `\\${sign}`;
  }

  /** What a command takes: a group, a command, or one sign. */
  #argument(): string {
    while (this.#text[this.#at] === ' ') this.#at++;
    if (this.#at >= this.#text.length) return '';
    if (this.#text[this.#at] === '{') return this.#group();
    return this.#text[this.#at] === '$' ? '' : this.#next();
  }

  #group(): string {
    this.#at++;
    const before = this.#math;
    this.#math = true;
    const inside = this.read('}');
    this.#math = before;
    return inside;
  }

  /** The number of a root, in brackets. */
  #option(): string {
    if (this.#text[this.#at] !== '[') return '';
    this.#at++;
    return this.read(']').trim();
  }

  #environment(): string {
    const name = this.#text[this.#at] === '{' ? this.#group().trim() : '';
    const [open, close] = BRACKETS.get(name) ?? ['', ''];
    if (name === 'array' || name === 'tabular') this.#argument();
    const before = this.#math;
    this.#math = true;
    const cells = this.#rows(`\\end{${name}}`);
    this.#math = before;
    return `${open}${cells.map((row) => row.filter((cell) => cell !== '').join(' ')).filter((row) => row !== '').join('; ')}${close}`;
  }

  #rows(end: string): string[][] {
    const rows: string[][] = [];
    let row: string[] = [];
    let cell = '';
    while (this.#at < this.#text.length && !this.#text.startsWith(end, this.#at)) {
      if (this.#text.startsWith('\\\\', this.#at)) {
        this.#at += 2;
        rows.push([...row, cell.trim()]);
        row = [];
        cell = '';
      } else if (this.#text[this.#at] === '&') {
        this.#at++;
        row.push(cell.trim());
        cell = '';
      } else cell += this.#next();
    }
    this.#at = Math.min(this.#text.length, this.#at + end.length);
    return [...rows, [...row, cell.trim()]];
  }
}

function root(degree: string, inside: string): string {
  return `${degree === '' || degree === '2' ? '√' : degree === '3' ? '∛' : degree === '4' ? '∜' : `${degree}√`}${inside}`;
}

function script(mark: string, text: string): string {
  const inside = text.trim();
  if (mark === '^' && /^[°′]+$/.test(inside)) return inside;
  return /^(?:[+-]?[\p{L}\p{N}]{1,3}|\p{N}+|[+*-])$/u.test(inside) ? mark + inside : inside === '' ? mark : `${mark}(${inside})`;
}

/** Parentheses where a part is more than one number or name. */
function grouped(text: string): string {
  const part = text.trim();
  return /^[\p{L}\p{N}.∞_^°]*$/u.test(part) ? part : `(${part})`;
}
