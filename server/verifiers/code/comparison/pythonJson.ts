/** A float of Python. Integers are plain numbers where they are safe, else bigints, so that 3 and 3.0 stay apart. */
export class PyFloat {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** A JSON value as Python's `json.loads` gives it. Objects are maps: the last of two equal keys wins. */
export type PyJson = null | boolean | string | number | bigint | PyFloat | readonly PyJson[] | ReadonlyMap<string, PyJson>;

/** The text is not what `json.loads` accepts; `at` is an offset in UTF-16 units. */
export class PyJsonError extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(`${message} at character ${at}`);
    this.name = 'PyJsonError';
    this.at = at;
  }
}

/** Deepest nesting that is read: Python's recursion limit in the checker, and twice that for values with tags around them. */
const MAX_DEPTH = 100_000;
/** Digits of an integer that is read at all. How many Python reads, the program under test may change (`sys.set_int_max_str_digits`). */
const MAX_INT_DIGITS = 1_000_000;

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
const BLANK = /[ \t\n\r]*/y;
 
const CHUNK = /[^"\\\x00-\x1f]*/y;
const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const WORDS: readonly (readonly [string, PyJson])[] = [
  ['null', null], ['true', true], ['false', false],
  ['NaN', new PyFloat(NaN)], ['Infinity', new PyFloat(Infinity)], ['-Infinity', new PyFloat(-Infinity)],
];

/**
 * `json.loads` of Python: exact integers, floats apart from them, NaN and Infinity allowed.
 * @throws PyJsonError
 */
export function parsePyJson(text: string): PyJson {
  return new Reader(text).whole();
}

/** The same with the digits of the longest integer in it, 0 where there is none. @throws PyJsonError */
export function parsePyJsonWithDigits(text: string): { readonly value: PyJson; readonly integerDigits: number } {
  const reader = new Reader(text);
  const value = reader.whole();
  return { value, integerDigits: reader.integerDigits };
}

/** Integer literal to number or bigint. */
export function pyInt(text: string): number | bigint {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) return BigInt(text);
  return value === 0 ? 0 : value; // no -0 among integers
}

/** A list or an object of which the end has not been read. */
type Open = { readonly items: PyJson[] } | { readonly map: Map<string, PyJson>; key: string };

/** Without recursion: tests may nest values as deep as Python's recursion limit allows, and this stack is shorter. */
class Reader {
  readonly #text: string;
  #at = 0;
  integerDigits = 0;
  constructor(text: string) {
    this.#text = text;
  }

  whole(): PyJson {
    const around: Open[] = [];
    for (;;) {
      const value = this.#begin(around);
      if (value === undefined) continue; // in what has just begun
      const whole = this.#end(value, around);
      if (whole === undefined) continue; // the next one in what is around
      if (this.#at !== this.#text.length) throw this.#error('extra data');
      return whole;
    }
  }

  #error(message: string): PyJsonError {
    return new PyJsonError(message, this.#at);
  }

  #blank(): void {
    BLANK.lastIndex = this.#at;
    BLANK.exec(this.#text);
    this.#at = BLANK.lastIndex;
  }

  /** A value without parts; or undefined after the beginning of one with parts, which is the last of `around` then. */
  #begin(around: Open[]): PyJson | undefined {
    this.#blank();
    const first = this.#text[this.#at];
    if (first !== '[' && first !== '{') return this.#atom(first);
    this.#at += 1;
    this.#blank();
    const isList = first === '[';
    if (this.#text[this.#at] === (isList ? ']' : '}')) {
      this.#at += 1;
      return isList ? [] : new Map<string, PyJson>();
    }
    if (around.length >= MAX_DEPTH) throw this.#error('nested too deeply');
    around.push(isList ? { items: [] } : { map: new Map<string, PyJson>(), key: this.#key() });
    return undefined;
  }

  /** Puts a value into what is around it, and what is complete with it into what is around that. The whole text's value, or undefined while there is more. */
  #end(value: PyJson, around: Open[]): PyJson | undefined {
    for (;;) {
      this.#blank();
      const open = around.at(-1);
      if (open === undefined) return value;
      if ('items' in open) open.items.push(value);
      else open.map.set(open.key, value);
      const end = 'items' in open ? ']' : '}';
      const next = this.#text[this.#at];
      if (next !== ',' && next !== end) throw this.#error(`expecting ',' or '${end}'`);
      this.#at += 1;
      if (next === ',') {
        if ('map' in open) {
          this.#blank();
          open.key = this.#key();
        }
        return undefined;
      }
      value = 'items' in open ? open.items : open.map;
      around.pop();
    }
  }

  #key(): string {
    if (this.#text[this.#at] !== '"') throw this.#error('expecting a name in double quotes');
    const key = this.#string();
    this.#blank();
    if (this.#text[this.#at] !== ':') throw this.#error("expecting ':'");
    this.#at += 1;
    return key;
  }

  #atom(first: string | undefined): PyJson {
    if (first === '"') return this.#string();
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(this.#text);
    if (match !== null) {
      this.#at = NUMBER.lastIndex;
      const [literal, fraction, exponent] = match;
      if (fraction !== undefined || exponent !== undefined) return new PyFloat(Number(literal));
      const digits = literal.length - (literal.startsWith('-') ? 1 : 0);
      if (digits > MAX_INT_DIGITS) throw this.#error('integer of too many digits');
      this.integerDigits = Math.max(this.integerDigits, digits);
      return pyInt(literal);
    }
    for (const [word, value] of WORDS) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    throw this.#error('expecting a value');
  }

  #string(): string {
    this.#at += 1;
    let out = '';
    for (;;) {
      CHUNK.lastIndex = this.#at;
      out += CHUNK.exec(this.#text)?.[0] ?? '';
      this.#at = CHUNK.lastIndex;
      const next = this.#text[this.#at];
      if (next === '"') {
        this.#at += 1;
        return out;
      }
      if (next !== '\\') throw this.#error(next === undefined ? 'string without end' : 'control character in a string');
      out += this.#escape();
    }
  }

  #escape(): string {
    const kind = this.#text[this.#at + 1] ?? '';
    if (kind === 'u') {
      const hex = this.#text.slice(this.#at + 2, this.#at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw this.#error('bad \\u escape');
      this.#at += 6;
      return String.fromCharCode(parseInt(hex, 16));
    }
    const character = ESCAPES[kind];
    if (character === undefined) throw this.#error('bad escape');
    this.#at += 2;
    return character;
  }
}
