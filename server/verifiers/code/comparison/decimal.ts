// Numbers as Python's `Decimal(text)` reads them, compared exactly. No arithmetic is needed: a canonical form decides.

/** Zero digits of Unicode's decimal number blocks (category Nd), as in Python 3.11 (Unicode 14). */
const ZEROS = [
  0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
  0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900,
  0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0,
  0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8,
  0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0,
];

/** Largest exponent of the decimal library on 64-bit machines (`decimal.MAX_EMAX`). */
const MAX_EXPONENT = 999_999_999_999_999_999n;
/** Exponent of the smallest digit that can be held (`decimal.MIN_ETINY`). */
const MIN_ETINY = -1_999_999_999_999_999_997n;

const FINITE = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d+))?$/;
const SPECIAL = /^([+-]?)(?:(inf|infinity)|(s?nan)(\d*))$/i;

/**
 * Canonical form of a decimal number: `digits` without leading and trailing zeros, times ten to `exponent`.
 * Zero has no digits and no sign. NaN equals nothing.
 */
export type Decimal =
  | { readonly kind: 'finite'; readonly negative: boolean; readonly digits: string; readonly exponent: bigint }
  | { readonly kind: 'infinite'; readonly negative: boolean }
  | { readonly kind: 'nan' };

const ZERO: Decimal = { kind: 'finite', negative: false, digits: '', exponent: 0n };

/**
 * Reads `text` as Python's `Decimal(text)` does: underscores are ignored anywhere, any Unicode decimal digit counts.
 * @returns null where Python raises InvalidOperation
 */
export function readDecimal(text: string): Decimal | null {
  const plain = asciiDigits(text.includes('_') ? text.replaceAll('_', '') : text);
  if (plain === null) return null;
  const match = FINITE.exec(plain);
  if (match === null) return readSpecial(plain);
  const [, sign, whole, fraction, onlyFraction, exponentText] = match;
  const after = fraction ?? onlyFraction ?? '';
  return canonical(sign === '-', (whole ?? '') + after, (exponentText === undefined ? 0n : BigInt(withoutPlus(exponentText))) - BigInt(after.length));
}

function readSpecial(text: string): Decimal | null {
  const match = SPECIAL.exec(text);
  if (match === null) return null;
  return match[2] !== undefined ? { kind: 'infinite', negative: match[1] === '-' } : { kind: 'nan' };
}

/** Canonical form of `digits` x 10^`exponent`; null beyond the library's range. */
export function canonical(negative: boolean, digits: string, exponent: bigint): Decimal | null {
  const first = digits.search(/[1-9]/);
  if (first === -1) return exponent > MAX_EXPONENT || exponent < MIN_ETINY ? null : ZERO;
  let end = digits.length;
  while (digits.charCodeAt(end - 1) === 0x30) end -= 1;
  const adjusted = exponent + BigInt(digits.length - first - 1);
  if (adjusted > MAX_EXPONENT || exponent < MIN_ETINY) return null;
  return { kind: 'finite', negative, digits: digits.slice(first, end), exponent: exponent + BigInt(digits.length - end) };
}

/** Equality of values; NaN is equal to nothing. */
export function sameDecimal(a: Decimal, b: Decimal): boolean {
  if (a.kind === 'finite' && b.kind === 'finite') {
    return a.exponent === b.exponent && a.digits === b.digits && a.negative === b.negative;
  }
  return a.kind === 'infinite' && b.kind === 'infinite' && a.negative === b.negative;
}

const withoutPlus = (text: string): string => (text.startsWith('+') ? text.slice(1) : text);

/** Replaces other scripts' digits by ASCII ones; null where any other character above ASCII remains. */
function asciiDigits(text: string): string | null {
   
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  let out = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) {
      out += character;
      continue;
    }
    const zero = ZEROS.findLast((candidate) => candidate <= code);
    if (zero === undefined || code - zero > 9) return null;
    out += String(code - zero);
  }
  return out;
}
