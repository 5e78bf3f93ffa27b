import { canonical, readDecimal, sameDecimal, type Decimal } from './decimal.ts';
import { PyFloat, parsePyJson, pyInt, type PyJson } from './pythonJson.ts';

/**
 * A value returned by a candidate, as the typed text of `server/python/code_runner/values.py` describes it: JSON values
 * stand for themselves, a map with one tag for every other type.
 */
export type Returned = PyJson;

/** Reads typed text. @throws PyJsonError when the candidate wrote something else */
export function readReturned(text: string): Returned {
  return parsePyJson(text);
}

type PyNumber = boolean | number | bigint | PyFloat;
const isNumber = (value: PyJson): value is PyNumber =>
  typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint' || value instanceof PyFloat;

/** What stands under a tag; undefined where the value has not that tag. */
function tagged(value: PyJson, tag: string): PyJson | undefined {
  const map: ReadonlyMap<string, PyJson> | null = value instanceof Map ? value : null;
  return map?.get(tag);
}

const isList = (value: PyJson | undefined): value is readonly PyJson[] => Array.isArray(value);

/** Two values that remain to be compared. `held`: in a list or a dict, where an object equals itself whatever its `==` says. */
interface Pair {
  readonly returned: Returned;
  readonly expected: PyJson;
  readonly held: boolean;
}

/**
 * `returned == expected` as Python decides it, where `expected` came from JSON. Nothing of the candidate's own code takes
 * part: a type with its own equality arrives as an opaque value and equals nothing. Without recursion, as the reader.
 */
export function returnedEquals(returned: Returned, expected: PyJson): boolean {
  const left: Pair[] = [{ returned, expected, held: false }];
  for (let pair = left.pop(); pair !== undefined; pair = left.pop()) {
    if (!pairEquals(pair, left)) return false;
  }
  return true;
}

/** Compares two values but for those they hold, which are added to `left`. */
function pairEquals({ returned, expected, held }: Pair, left: Pair[]): boolean {
  if (returned instanceof Map) return taggedEquals(returned, expected, held, left);
  if (isList(returned)) {
    if (!isList(expected) || returned.length !== expected.length) return false;
    // One by one only what holds others: most lists are long and flat.
    return returned.every((item, i) => {
      const other = expected[i] ?? null;
      if (!isList(item) && !(item instanceof Map)) return plainEquals(item, other);
      left.push({ returned: item, expected: other, held: true });
      return true;
    });
  }
  return plainEquals(returned, expected);
}

const plainEquals = (returned: Returned, expected: PyJson): boolean =>
  (isNumber(returned) ? isNumber(expected) && numbersEqual(returned, expected) : returned === expected);

function taggedEquals(returned: ReadonlyMap<string, PyJson>, expected: PyJson, held: boolean, left: Pair[]): boolean {
  const [entry] = returned;
  if (entry === undefined) return false;
  const [tag, content] = entry;
  switch (tag) {
    case 'd': return isList(content) && expected instanceof Map && dictEquals(content, expected, left);
    // Python's JSON reader has one NaN object. A program that lies about it makes a NaN equal to a NaN.
    case 'N': return held && expected instanceof PyFloat && Number.isNaN(expected.value);
    case 'x': return typeof content === 'string' && hexEquals(content, expected);
    case 'D': return typeof content === 'string' && decimalEquals(content, expected);
    case 'q': return isList(content) && quotientEquals(content, expected);
    case 'c': return isList(content) && complexEquals(content, expected, realEquals);
    case 'n': return isList(content) && broadcastEquals(content[0] ?? null, content[1] ?? null, expected, left);
    case 'a': return isList(content) && broadcastEquals(content[0] ?? null, content[2] ?? null, expected, left);
    default: return false; // tuples inside, other arrays, anything else
  }
}

function dictEquals(pairs: readonly PyJson[], expected: ReadonlyMap<string, PyJson>, left: Pair[]): boolean {
  const actual = new Map<PyJson, PyJson>();
  for (let i = 0; i + 1 < pairs.length; i += 2) actual.set(pairs[i] ?? null, pairs[i + 1] ?? null);
  if (actual.size !== expected.size) return false;
  for (const [key, value] of expected) {
    const mine = actual.get(key);
    if (mine === undefined) return false;
    left.push({ returned: mine, expected: value, held: true });
  }
  return true;
}

// ---- numbers

const plain = (value: PyNumber): number | bigint | PyFloat => (typeof value === 'boolean' ? Number(value) : value);

/** Exact comparison of integers, floats and booleans. */
function numbersEqual(left: PyNumber, right: PyNumber): boolean {
  const a = plain(left);
  const b = plain(right);
  if (a instanceof PyFloat) return b instanceof PyFloat ? a.value === b.value : intEqualsFloat(b, a.value);
  if (b instanceof PyFloat) return intEqualsFloat(a, b.value);
  return a === b; // integers have one representation each
}

function intEqualsFloat(integer: number | bigint, float: number): boolean {
  if (!Number.isInteger(float)) return false;
  return typeof integer === 'number' ? integer === float : BigInt(float) === integer;
}

/** Exact decimal value of a finite number. */
function toDecimal(value: number | bigint | PyFloat): Decimal | null {
  if (!(value instanceof PyFloat)) {
    const text = String(value);
    return canonical(text.startsWith('-'), text.replace('-', ''), 0n);
  }
  const float = value.value;
  if (Number.isNaN(float)) return { kind: 'nan' };
  if (!Number.isFinite(float)) return { kind: 'infinite', negative: float < 0 };
  const [numerator, twos] = floatRatio(Math.abs(float));
  // numerator / 2^twos = numerator * 5^twos / 10^twos
  return canonical(float < 0, String(numerator * 5n ** BigInt(twos)), -BigInt(twos));
}

/** A finite float of at least 0 as integer / 2^twos. */
function floatRatio(float: number): [bigint, number] {
  let twos = 0;
  let scaled = float;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    twos += 1;
  }
  return [BigInt(scaled), twos];
}

function decimalEquals(text: string, expected: PyJson): boolean {
  if (!isNumber(expected)) return false;
  const a = readDecimal(text);
  const b = toDecimal(plain(expected));
  return a !== null && b !== null && sameDecimal(a, b);
}

function quotientEquals(content: readonly PyJson[], expected: PyJson): boolean {
  const [numerator, denominator] = content.map(integer);
  if (numerator === undefined || denominator === undefined || denominator <= 0n || !isNumber(expected)) return false;
  const value = plain(expected);
  if (!(value instanceof PyFloat)) return BigInt(value) * denominator === numerator;
  if (!Number.isFinite(value.value)) return false;
  const [over, twos] = floatRatio(Math.abs(value.value));
  return numerator * 2n ** BigInt(twos) === (value.value < 0 ? -over : over) * denominator;
}

/** An integer, in digits or tagged; undefined for anything else. */
function integer(value: PyJson): bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return BigInt(value);
  const hex = tagged(value, 'x');
  const found = typeof hex === 'string' ? hexInteger(hex) : undefined;
  return found === undefined ? undefined : BigInt(found);
}

function hexInteger(text: string): number | bigint | undefined {
  if (!/^-?0x[0-9a-f]+$/.test(text)) return undefined;
  return text.startsWith('-') ? -pyInt(text.slice(1)) : pyInt(text);
}

function hexEquals(text: string, expected: PyJson): boolean {
  const value = hexInteger(text);
  return value !== undefined && isNumber(expected) && numbersEqual(value, expected);
}

/** A part of a complex number: a number, or a quotient where it is one of numpy's in extended precision. */
function realEquals(part: PyJson, expected: PyNumber): boolean {
  if (isNumber(part)) return numbersEqual(part, expected);
  const quotient = tagged(part, 'q');
  return isList(quotient) && quotientEquals(quotient, expected);
}

/** `same` compares the real part. */
function complexEquals(content: readonly PyJson[], expected: PyJson, same: (part: PyJson, other: PyNumber) => boolean): boolean {
  const [real, imaginary] = content;
  return real !== undefined && imaginary !== undefined && isNumber(expected) && realEquals(imaginary, 0) && same(real, expected);
}

// ---- numpy

/** A float rounded to numpy's type of that name. */
function inFloatType(type: PyJson, value: number): number {
  if (type === 'float32') return Math.fround(value);
  return type === 'float16' ? inHalfPrecision(value) : value;
}

/** Nearest half-precision float, ties to even. */
function inHalfPrecision(value: number): number {
  const size = Math.abs(value);
  if (size === 0 || !Number.isFinite(value)) return value;
  const step = 2 ** (Math.max(Math.floor(Math.log2(size)), -14) - 10);
  const steps = size / step; // exact: a power of two
  const below = Math.floor(steps);
  const up = steps - below > 0.5 || (steps - below === 0.5 && below % 2 === 1);
  const rounded = (up ? below + 1 : below) * step;
  return Math.sign(value) * (rounded > 65504 ? Infinity : rounded);
}

/**
 * A numpy number against one of Python's. The latter is first taken into the type of the numpy one where it is `weak`
 * (a scalar; the items of a list are not), as numpy 2 promotes.
 */
function numpyEquals(type: PyJson, item: PyNumber, expected: PyNumber, weak: boolean): boolean {
  const mine = plain(item);
  const other = plain(expected);
  if (mine instanceof PyFloat) {
    const otherFloat = other instanceof PyFloat ? other.value : Number(other);
    return mine.value === (weak ? inFloatType(type, otherFloat) : otherFloat);
  }
  return other instanceof PyFloat ? Number(mine) === other.value : numbersEqual(mine, other);
}

/** A numpy scalar or one-element array: broadcasting makes it equal to a number, or to lists that hold one element at every depth. */
function broadcastEquals(type: PyJson, item: PyJson, expected: PyJson, left: Pair[]): boolean {
  let inner = expected;
  while (isList(inner)) {
    if (inner.length !== 1) return false;
    inner = inner[0] ?? null;
  }
  const weak = !isList(expected);
  if (isNumber(item) && isNumber(inner)) return numpyEquals(type, item, inner, weak);
  const complex = tagged(item, 'c');
  if (isList(complex)) {
    return complexEquals(complex, inner, (part, other) => (isNumber(part) ? numpyEquals(type === 'complex64' ? 'float32' : null, part, other, weak) : realEquals(part, other)));
  }
  left.push({ returned: item, expected: inner, held: false });
  return true;
}
