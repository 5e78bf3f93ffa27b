/** Characters that models and data sets write in place of a LaTeX command. A trailing space keeps `π x` two tokens. */
const REPLACEMENTS: Readonly<Record<string, string>> = {
  '−': '-', '–': '-', '—': '-', '‒': '-', '﹣': '-', '－': '-', '‐': '-', '‑': '-',
  '×': '\\times ', '✕': '\\times ', '·': '\\cdot ', '⋅': '\\cdot ', '∙': '\\cdot ', '•': '\\cdot ', '∗': '*', '÷': '\\div ', '∕': '/', '⁄': '/',
  '≤': '\\le ', '⩽': '\\le ', '≦': '\\le ', '≥': '\\ge ', '⩾': '\\ge ', '≧': '\\ge ', '≠': '\\ne ', '≈': '\\approx ', '≡': '\\equiv ', '∝': '\\propto ',
  '∞': '\\infty ', '∪': '\\cup ', '∩': '\\cap ', '∖': '\\setminus ', '∅': '\\emptyset ', '⌀': '\\emptyset ', '∈': '\\in ', '∉': '\\notin ',
  '⊂': '\\subset ', '⊆': '\\subseteq ', '∧': '\\land ', '∨': '\\lor ', '¬': '\\neg ', '→': '\\to ', '⇒': '\\Rightarrow ', '↦': '\\mapsto ',
  '√': '\\sqrt ', '∛': '\\cbrt ', '±': '\\pm ', '∓': '\\mp ', '°': '^\\circ ', 'º': '^\\circ ', '˚': '^\\circ ', '℃': '^\\circ C', '∠': '\\angle ', '△': '\\triangle ',
  '′': "'", '’': "'", '‘': "'", '´': "'", '″': "''", '“': '"', '”': '"', '„': '"', '«': '"', '»': '"', '∣': '|', '∥': '\\parallel ', '⫽': '\\parallel ', '⊥': '\\perp ',
  '⌊': '\\lfloor ', '⌋': '\\rfloor ', '⌈': '\\lceil ', '⌉': '\\rceil ', '⟨': '\\langle ', '⟩': '\\rangle ', '〈': '\\langle ', '〉': '\\rangle ',
  '…': '\\ldots ', '⋯': '\\cdots ', '∑': '\\sum ', '∏': '\\prod ', '∫': '\\int ', '∂': '\\partial ', '∀': '\\forall ', '∃': '\\exists ',
  'ℝ': '\\mathbb{R}', 'ℕ': '\\mathbb{N}', 'ℤ': '\\mathbb{Z}', 'ℚ': '\\mathbb{Q}', 'ℂ': '\\mathbb{C}', 'ℓ': '\\ell ', 'ℏ': '\\hbar ',
  '，': ',', '、': ',', '；': ';', '：': ':', '∶': ':', '。': '.', '．': '.', '或': ' 或 ', '且': ' 且 ', '（': '(', '）': ')', '［': '[', '］': ']', '｛': '{', '｝': '}', '＝': '=', '＋': '+', '＜': '<', '＞': '>', '％': '%', '｜': '|', '＊': '*', '／': '/',
  '½': '\\frac{1}{2}', '⅓': '\\frac{1}{3}', '⅔': '\\frac{2}{3}', '¼': '\\frac{1}{4}', '¾': '\\frac{3}{4}', '⅕': '\\frac{1}{5}', '⅖': '\\frac{2}{5}', '⅗': '\\frac{3}{5}', '⅘': '\\frac{4}{5}',
  '⅙': '\\frac{1}{6}', '⅚': '\\frac{5}{6}', '⅐': '\\frac{1}{7}', '⅛': '\\frac{1}{8}', '⅜': '\\frac{3}{8}', '⅝': '\\frac{5}{8}', '⅞': '\\frac{7}{8}', '⅑': '\\frac{1}{9}', '⅒': '\\frac{1}{10}',
};

const GREEK_LOWER = 'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho varsigma sigma tau upsilon varphi chi psi omega'.split(' ');
const GREEK_UPPER = 'Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho _ Sigma Tau Upsilon Phi Chi Psi Omega'.split(' ');

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱ';
const SUPERSCRIPT_VALUES = '0123456789+-()ni';
const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙᵢₖₘ';
const SUBSCRIPT_VALUES = '0123456789+-()nikm';

/** Whether every unit is printable ASCII or plain white space; then there is nothing to replace. */
export function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7e || code < 0x20) return false;
  }
  return true;
}

/**
 * Writes Unicode mathematics as LaTeX: full-width and circled digits, super- and subscripts, Greek, operators, vulgar
 * fractions. Zero-width and direction marks vanish. One pass over the text.
 */
export function replaceUnicode(source: string): string {
  // Letters of the mathematical alphabets (𝑥, 𝜋, 𝐴) are letters in a font.
  const text = source.includes('\ud835') ? source.replace(/\ud835[\udc00-\udfff]/g, (letter) => letter.normalize('NFKC')) : source;
  let result = '';
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    const code = char.charCodeAt(0);
    if (code >= 0x20 && code < 0x7f) {
      result += char;
      continue;
    }
    if (SUPERSCRIPTS.includes(char) || SUBSCRIPTS.includes(char)) {
      const table = SUPERSCRIPTS.includes(char) ? SUPERSCRIPTS : SUBSCRIPTS;
      const values = table === SUPERSCRIPTS ? SUPERSCRIPT_VALUES : SUBSCRIPT_VALUES;
      let script = '';
      while (i < text.length && table.includes(text.charAt(i))) script += values.charAt(table.indexOf(text.charAt(i++)));
      i--;
      result += `${table === SUPERSCRIPTS ? '^' : '_'}{${script}}`;
      continue;
    }
    result += replacement(char, code, text.charAt(i - 1));
  }
  return result;
}

function replacement(char: string, code: number, before: string): string {
  const direct = REPLACEMENTS[char];
  // `2½` is a mixed number, which the parser sees as a number before a fraction.
  if (direct !== undefined) return direct;
  if (code >= 0x3b1 && code <= 0x3c9) return `\\${GREEK_LOWER[code - 0x3b1] ?? ''} `;
  if (code >= 0x391 && code <= 0x3a9) return `\\${GREEK_UPPER[code - 0x391] ?? ''} `;
  if (code === 0x3d5) return '\\phi ';
  if (code >= 0xff10 && code <= 0xff19) return String(code - 0xff10);
  if (code >= 0xff21 && code <= 0xff5a) return String.fromCharCode(code - 0xfee0);
  if (code >= 0x2460 && code <= 0x2473) return `${/[0-9]/.test(before) || isCircled(before) ? ',' : ''}${code - 0x245f}`;
  if ((code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e) || (code >= 0x2060 && code <= 0x2064) || code === 0xfeff || code === 0xad) return '';
  if (code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || code === 0x202f || code === 0x3000) return ' ';
  if (code === 0x09 || code === 0x0a || code === 0x0d) return char;
  return code < 0x20 ? ' ' : char;
}

function isCircled(char: string): boolean {
  return char >= '\u2460' && char <= '\u2473';
}
