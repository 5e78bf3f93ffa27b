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

const isNumber = (value: PyJson): value is boolean | number | bigint | PyFloat =>
  typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint' || value instanceof PyFloat;

const isList = (value: PyJson | undefined): value is readonly PyJson[] => Array.isArray(value);

/**
 * `returned == expected` as Python decides it, where `expected` came from JSON. Nothing of the candidate's own code takes
 * part: a type with its own equality arrives as an opaque value and equals nothing.
 */
export function returnedEquals(returned: Returned, expected: PyJson): boolean {
  if (returned instanceof Map) return taggedEquals(returned, expected);
  if (isList(returned)) {
    return isList(expected) && returned.length === expected.length && returned.every((item, i) => returnedEquals(item, expected[i] ?? null));
  }
  if (isNumber(returned)) return isNumber(expected) && numbersEqual(returned, expected);
  return returned === expected;
}

function taggedEquals(returned: ReadonlyMap<string, PyJson>, expected: PyJson): boolean {
  const [entry] = returned;
  if (entry === undefined) return false;
  const [tag, content] = entry;
  switch (tag) {
    case 'd': return isList(content) && expected instanceof Map && dictEquals(content, expected);
    case 'D': return typeof content === 'string' && decimalEquals(content, expected);
    case 'q': return isList(content) && fractionEquals(content, expected);
    case 'c': return isList(content) && complexEquals(content, expected);
    case 'n': return isList(content) && broadcastEquals(content[0] ?? null, content[1] ?? null, expected);
    case 'a': return isList(content) && broadcastEquals(content[0] ?? null, content[2] ?? null, expected);
    default: return false; // tuples inside, other arrays, anything else
  }
}

function dictEquals(pairs: readonly PyJson[], expected: ReadonlyMap<string, PyJson>): boolean {
  const actual = new Map<PyJson, PyJson>();
  for (let i = 0; i + 1 < pairs.length; i += 2) actual.set(pairs[i] ?? null, pairs[i + 1] ?? null);
  if (actual.size !== expected.size) return false;
  for (const [key, value] of expected) {
    const mine = actual.get(key);
    if (mine === undefined || !returnedEquals(mine, value)) return false;
  }
  return true;
}

// ---- numbers

const plain = (value: boolean | number | bigint | PyFloat): number | bigint | PyFloat => (typeof value === 'boolean' ? Number(value) : value);

/** Exact comparison of integers, floats and booleans. */
function numbersEqual(left: boolean | number | bigint | PyFloat, right: boolean | number | bigint | PyFloat): boolean {
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

function fractionEquals(content: readonly PyJson[], expected: PyJson): boolean {
  const [numeratorText, denominatorText] = content;
  if (typeof numeratorText !== 'string' || typeof denominatorText !== 'string' || !isNumber(expected)) return false;
  if (!/^-?\d+$/.test(numeratorText) || !/^\d+$/.test(denominatorText)) return false;
  const value = plain(expected);
  if (!(value instanceof PyFloat)) return denominatorText === '1' && pyInt(numeratorText) === value;
  if (!Number.isFinite(value.value)) return false;
  const [numerator, twos] = floatRatio(Math.abs(value.value));
  return BigInt(numeratorText) * 2n ** BigInt(twos) === (value.value < 0 ? -numerator : numerator) * BigInt(denominatorText);
}

function complexEquals(content: readonly PyJson[], expected: PyJson): boolean {
  const [real, imaginary] = content;
  return real instanceof PyFloat && imaginary instanceof PyFloat && imaginary.value === 0 && isNumber(expected) && numbersEqual(real, expected);
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
 * A numpy scalar against a Python value. A Python number is first taken into the type of the numpy one where it is `weak`
 * (a scalar; the items of a list are not), as numpy 2 promotes.
 */
function numpyEquals(type: PyJson, item: PyJson, expected: PyJson, weak: boolean): boolean {
  if (!isNumber(expected)) return returnedEquals(item, expected);
  if (item instanceof Map) return returnedEquals(item, expected); // complex
  if (!isNumber(item)) return false;
  const mine = plain(item);
  const other = plain(expected);
  if (mine instanceof PyFloat) {
    const otherFloat = other instanceof PyFloat ? other.value : Number(other);
    return mine.value === (weak ? inFloatType(type, otherFloat) : otherFloat);
  }
  return other instanceof PyFloat ? Number(mine) === other.value : numbersEqual(mine, other);
}

/** A numpy scalar or one-element array: broadcasting makes it equal to a number, or to lists that hold one element at every depth. */
function broadcastEquals(type: PyJson, item: PyJson, expected: PyJson): boolean {
  let inner = expected;
  while (isList(inner)) {
    if (inner.length !== 1) return false;
    inner = inner[0] ?? null;
  }
  return numpyEquals(type, item, inner, !isList(expected));
}
