/** Kinds of numbers, and what else an answer may say that there is none of. */
const KIND = 'real|integer|integral|rational|natural|complex|whole|prime|positive|negative|non-?zero|nonnegative';
const THING = 'solution|answer|value|root|number|integer|real|function|polynomial|pair|triple|triplet|tuple|sequence|point|set|prime';
const NOTHING = new RegExp(`^(?:(?:equation|system|inequality) has )?(?:there )?(?:no|none|not any)((?: (?:valid|such|possible|${KIND}))*(?: (?:${THING})s?)*(?: in(?: positive| negative)? (?:integer|real|rational|natural number|real number)s?)?)(?: exists?)?$`);
const KINDS = new Set(`${KIND} function polynomial pair triple triplet tuple sequence point set`.replaceAll('|', ' ').split(' '));
const OTHER_WORDS = /^(?:empty set|nosolution|нет решений|无解)$/;

/** `no solution`, `there are no such integers`: whether a phrase without its fillers says that there is nothing. */
export function deniesAll(words: string): boolean {
  return words !== 'no' && (NOTHING.test(words) || OTHER_WORDS.test(words));
}

/**
 * Whether two denials speak of different things: `no integer solutions` leaves room for real ones, and `no real solutions` says
 * nothing of integers alone. One that is only less exact than the other (`no solutions`) means the same.
 */
export function denyDifferently(words: string, others: string): boolean {
  const [a, b] = [deniedKinds(words), deniedKinds(others)];
  return !(a.every((kind) => b.includes(kind)) || b.every((kind) => a.includes(kind)));
}

function deniedKinds(words: string): string[] {
  const said = (NOTHING.exec(words)?.[1] ?? '').split(' ').map((word) => word.replace(/s$/, '').replace(/^integral$/, 'integer'));
  return said.filter((word) => KINDS.has(word));
}
