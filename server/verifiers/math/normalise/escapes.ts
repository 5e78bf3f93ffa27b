/** Commands whose first letter is also an escape of JSON and Python: `\frac` read as form feed + `rac`. */
const AFTER_CONTROL: readonly (readonly [string, RegExp])[] = [
  ['\f', /^(?:rac|box|orall|loor)/],
  ['\t', /^(?:ext|imes|heta|an|au|frac|o(?![a-z])|riangle)/],
  ['\b', /^(?:egin|eta|inom|oxed|ar|mod|ig|oldsymbol|f\{)/],
  ['\r', /^(?:ight|ho|angle|floor|ceil|m\{)/],
  ['\n', /^eq(?![a-z])/],
  ['\v', /^(?:ec|arphi|arepsilon|ert|arnothing)/],
];
const CONTROL_LETTER: Readonly<Record<string, string>> = { '\f': 'f', '\t': 't', '\b': 'b', '\r': 'r', '\n': 'n', '\v': 'v' };

/** Commands that answers are made of; only these are repaired. */
const KNOWN = new Set(('frac dfrac tfrac cfrac sqrt text textbf textit mathrm mathbf mathbb mathcal left right pi times cdot div pm mp le leq leqslant ge geq geqslant ne neq infty cup cap setminus in '
  + 'alpha beta gamma delta epsilon theta lambda mu nu rho sigma tau phi varphi omega sin cos tan cot sec csc arcsin arccos arctan log ln exp binom boxed begin end overline circ degree quad qquad ldots cdots dots '
  + 'big bigg Big Bigg bigl bigr cup emptyset varnothing langle rangle lfloor rfloor lceil rceil mid angle triangle to approx equiv pmod operatorname mathbf displaystyle overrightarrow vec hat bar forall exists').split(' '));

/**
 * Repairs what carriers break: doubled backslashes (`\\frac`), control characters born from `\f`, `\t`, `\b`, `\r`, and a
 * lost backslash before `frac{` and `text{`. Only where the result is a known command and nothing else can be meant.
 */
export function repairEscapes(text: string): string {
  let result = '';
  // The last character written; reading it from the result would flatten that string at every step.
  let before = '';
  const rows = /\\begin\{|\\\\begin\{/.test(text);
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    const control = CONTROL_LETTER[char];
    if (control !== undefined) {
      const rest = text.slice(i + 1, i + 12);
      const broken = AFTER_CONTROL.find(([c, pattern]) => c === char && pattern.test(rest));
      result += broken === undefined ? char : `\\${control}`;
      before = broken === undefined ? char : control;
      continue;
    }
    if (char === '\\' && text.charAt(i + 1) === '\\') {
      const name = /^[A-Za-z]+/.exec(text.slice(i + 2, i + 24))?.[0] ?? '';
      const doubled = KNOWN.has(name) && !(rows && name !== 'begin' && name !== 'end' && !text.includes('\\\\begin'));
      before = '\\';
      const brace = /^[{}(),;!%$[\]]/.test(text.charAt(i + 2)) && text.includes('\\\\') && !rows && !/[^\\]\\[a-zA-Z]/.test(` ${text}`);
      if (doubled || brace) {
        result += '\\';
        i++;
        continue;
      }
      result += '\\\\';
      i++;
      continue;
    }
    if (char === '\\' && text.charAt(i + 1) === 'u' && /^[0-9a-fA-F]{4}/.test(text.slice(i + 2, i + 6))) {
      before = String.fromCharCode(Number.parseInt(text.slice(i + 2, i + 6), 16));
      result += before;
      i += 5;
      continue;
    }
    if (!/[A-Za-z\\]/.test(before) && (char === 'r' || char === 'e') && /^(?:rac\{|ext\{|extcirc)/.test(text.slice(i, i + 7))) {
      result += char === 'r' ? '\\f' : '\\t';
    } else if (!/[A-Za-z\\]/.test(before) && char === 'f' && text.startsWith('frac{', i)) {
      result += '\\';
    }
    result += char;
    before = char;
  }
  return result;
}
