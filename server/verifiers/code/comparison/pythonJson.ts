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

/** Deepest nesting that is read. The stack of this process would bear a little more. */
const MAX_DEPTH = 1000;
/** Digits of an integer that Python converts from text in the checker (`sys.set_int_max_str_digits`). */
const MAX_INT_DIGITS = 50_000;

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
  const reader = new Reader(text);
  return reader.whole();
}

/** Integer literal to number or bigint. */
export function pyInt(text: string): number | bigint {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) return BigInt(text);
  return value === 0 ? 0 : value; // no -0 among integers
}

class Reader {
  readonly #text: string;
  #at = 0;
  constructor(text: string) {
    this.#text = text;
  }

  whole(): PyJson {
    this.#blank();
    const value = this.#value(0);
    this.#blank();
    if (this.#at !== this.#text.length) throw this.#error('extra data');
    return value;
  }

  #error(message: string): PyJsonError {
    return new PyJsonError(message, this.#at);
  }

  #blank(): void {
    BLANK.lastIndex = this.#at;
    BLANK.exec(this.#text);
    this.#at = BLANK.lastIndex;
  }

  #value(depth: number): PyJson {
    if (depth > MAX_DEPTH) throw this.#error('nested too deeply');
    const first = this.#text[this.#at];
    if (first === '"') return this.#string();
    if (first === '[') return this.#list(depth);
    if (first === '{') return this.#object(depth);
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(this.#text);
    if (match !== null) {
      this.#at = NUMBER.lastIndex;
      if (match[1] !== undefined || match[2] !== undefined) return new PyFloat(Number(match[0]));
      if (match[0].length > MAX_INT_DIGITS + 1) throw this.#error('integer of too many digits');
      return pyInt(match[0]);
    }
    for (const [word, value] of WORDS) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    throw this.#error('expecting a value');
  }

  #list(depth: number): PyJson {
    this.#at += 1;
    const items: PyJson[] = [];
    this.#blank();
    if (this.#text[this.#at] === ']') {
      this.#at += 1;
      return items;
    }
    for (;;) {
      this.#blank();
      items.push(this.#value(depth + 1));
      this.#blank();
      const next = this.#text[this.#at];
      if (next !== ',' && next !== ']') throw this.#error("expecting ',' or ']'");
      this.#at += 1;
      if (next === ']') return items;
    }
  }

  #object(depth: number): PyJson {
    this.#at += 1;
    const items = new Map<string, PyJson>();
    this.#blank();
    if (this.#text[this.#at] === '}') {
      this.#at += 1;
      return items;
    }
    for (;;) {
      this.#blank();
      if (this.#text[this.#at] !== '"') throw this.#error('expecting a name in double quotes');
      const key = this.#string();
      this.#blank();
      if (this.#text[this.#at] !== ':') throw this.#error("expecting ':'");
      this.#at += 1;
      this.#blank();
      items.set(key, this.#value(depth + 1));
      this.#blank();
      const next = this.#text[this.#at];
      if (next !== ',' && next !== '}') throw this.#error("expecting ',' or '}'");
      this.#at += 1;
      if (next === '}') return items;
    }
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
