/**
 * Bounds of the math verifier, all checked before the work they bound. An answer beyond one of them is unverifiable:
 * no honest answer of the shared data comes near them.
 */
export const limits = {
  /** UTF-16 units of an answer or gold. */
  inputLength: 4_000,
  /** UTF-16 units of the problem statement that rules may look at. */
  statementLength: 20_000,
  /** Nesting of parentheses, braces and functions. */
  depth: 60,
  tokens: 3_000,
  /** Digits of a number literal. */
  digits: 2_000,
  /** Bits of an exact integer. */
  bits: 80_000,
  /** Terms of a polynomial, and products of terms for one pair. */
  terms: 300,
  products: 20_000,
  /** Highest power that is multiplied out for a sum of several terms. */
  expandPower: 40,
  /** Items of a list, set or matrix. */
  items: 400,
  /** Rows of a determinant that is worked out. */
  determinant: 6,
  /** Alternatives of one answer with plus-minus signs. */
  signs: 64,
  /** Terms of a sum or product that is evaluated. */
  seriesTerms: 500,
  /** Steps of numeric evaluation for one pair; an operation of high precision counts five, a function far more. */
  fuel: 60_000,
} as const;
