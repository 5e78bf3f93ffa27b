// Python's idea of white space, which is not JavaScript's: it has the separators \x1c-\x1f and \x85, and lacks \ufeff.
const SPACE = '\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const SPACES = new RegExp(`[${SPACE}]+`, 'u');
const IS_SPACE = new RegExp(`[${SPACE}]`, 'u');

const isSpaceAt = (text: string, index: number): boolean => {
  const code = text.charCodeAt(index);
  if (code > 0x20 && code < 0x85) return false;
  return IS_SPACE.test(text.charAt(index));
};

/** `str.strip()` of Python. */
export function strip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpaceAt(text, start)) start += 1;
  while (end > start && isSpaceAt(text, end - 1)) end -= 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** `str.split()` of Python without arguments. */
export function splitWords(text: string): string[] {
  const stripped = strip(text);
  return stripped === '' ? [] : stripped.split(SPACES);
}
