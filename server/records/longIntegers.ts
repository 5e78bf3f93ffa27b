/**
 * Integers that a JavaScript number cannot hold are read as texts. Where the difference to a text counts, as in the arguments of a
 * function, it is told from here: values that were parsed remember which of their members were such integers.
 */
const members = new WeakMap<object, Set<string>>();

/** Says of a member of a parsed list or object that its text was an integer. */
export function rememberInteger(holder: object, key: string): void {
  const known = members.get(holder);
  if (known === undefined) members.set(holder, new Set([key]));
  else known.add(key);
}

/** A copy of a parsed value in which `mark` stands for the long integers; texts stay as they are. */
export function markIntegers(value: unknown, mark: (digits: string) => string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const integers = members.get(value);
  const marked = ([key, member]: [string, unknown]): [string, unknown] => [key, integers?.has(key) === true ? mark(String(member)) : markIntegers(member, mark)];
  const entries = Object.entries(value).map(marked);
  return Array.isArray(value) ? entries.map(([, member]) => member) : Object.fromEntries(entries);
}
