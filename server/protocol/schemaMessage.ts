import type { BaseIssue } from 'valibot';

/** Names of types as people call them. */
const TYPES: Readonly<Record<string, string>> = { string: 'text', number: 'a number', boolean: 'true or false', Array: 'a list', Object: 'an object', null: 'null', undefined: 'nothing', Date: 'a date' };
/** Longest value that a message quotes, characters. */
const MOST_QUOTED = 60;

/** What a schema finds wrong with a field, in plain words that follow its name: `is missing`, `is 5, not text`. */
export function schemaMessage(issue: BaseIssue<unknown>): string {
  const { expected, received } = issue;
  const key = issue.path?.at(-1)?.key;
  if (received === 'undefined' || (typeof key === 'string' && expected === JSON.stringify(key))) return 'is missing';
  if (issue.type === 'integer') return `is ${quoted(received)}, not a whole number`;
  if (expected === null) return issue.message;
  const bound = /^([<>]=?)(.+)$/.exec(expected);
  if (bound !== null) return `is ${quoted(received)}, not ${{ '>': 'more than', '>=': 'at least', '<': 'less than', '<=': 'at most' }[bound[1] ?? ''] ?? ''} ${bound[2] ?? ''}`;
  if (issue.kind !== 'schema') return issue.message;
  const wanted = expected.replace(/^\(|\)$/g, '').split(/ [|&] /).map((type) => TYPES[type] ?? type);
  // A union names its kinds only: what is wrong inside a list of the right kind, it does not say.
  if (wanted.includes(TYPES[received] ?? '')) return 'is not of a shape that is known';
  return `is ${quoted(received)}, not ${wanted.length > 1 ? `${wanted.slice(0, -1).join(', ')} or ${wanted.at(-1) ?? ''}` : wanted.join()}`;
}

function quoted(received: string): string {
  const text = TYPES[received] ?? received;
  return text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}…` : text;
}
