import type { Answer } from '../parse/answer.ts';
import { NUMBER_WORDS } from '../parse/vocabulary.ts';
import { decide, warn, type Context } from './context.ts';
import { deniesAll, denyDifferently } from './denials.ts';
import { listedPhrases, phraseOf, predicateOf, subjectOf } from './phrases.ts';

const CLASSES: readonly (readonly [string, ReadonlySet<string>])[] = [
  ['yes', new Set(['yes', 'true', '是', '是的', '正确', 'да'])],
  ['no', new Set(['no', 'false', '否', '不是', '错误', 'нет'])],
  ['nowhere defined', new Set(['undefined', 'not defined'])],
  ['no limit', new Set(['does not exist', 'dne'])],
  ['converges', new Set(['converges', 'convergent'])],
  ['diverges', new Set(['diverges', 'divergent'])],
];
const UNLIMITED = /^(?:there )?(?:infinity|infinite|infinitely many|infinitely many solutions|infinite solutions|positive infinity|unbounded|(?:diverges|tends) to (?:positive )?infinity)$/;
const MONTHS = new Set('january february march april may june july august september october november december'.split(' '));

/** What the words of an answer say, in lower case and without fillers. Empty for punctuation alone. */
export function wordsOf(answer: Answer): string {
  const known = KNOWN.get(answer);
  if (known !== undefined) return known;
  const words = phraseOf(answer.tokens).join(' ');
  KNOWN.set(answer, words);
  return words;
}

/** Words already put together: a judgement asks for them several times. */
const KNOWN = new WeakMap<Answer, string>();

/** Whether the answer is words rather than a formula. */
export function isText(answer: Answer): boolean {
  return answer.node === null && answer.tokens.some((token) => token.kind === 'word' && token.text.length > 1) && !answer.tokens.some(isFormula);
}

const FORMULA = new Set(['^', '_', '+', '=', '\\\\', '&']);
function isFormula(token: Answer['tokens'][number]): boolean {
  return !token.roman && ((token.kind === 'op' && FORMULA.has(token.text)) || (token.kind === 'cmd' && /frac|sqrt|begin/.test(token.text)));
}

/** What a phrase means beyond its words: nothing, without limit, yes or no, a number. */
export function meaningOf(words: string): string {
  if (deniesAll(words)) return '(nothing)';
  if (UNLIMITED.test(words)) return '(infinity)';
  if (/^(?:(?:diverges|tends) to )?(?:negative|minus) infinity$/.test(words)) return '(-infinity)';
  const group = CLASSES.find(([, members]) => members.has(words))?.[0];
  if (group !== undefined) return `(${group})`;
  const number = NUMBER_WORDS.get(words);
  return number === undefined ? words : String(number);
}

/** Whether two phrases both say that there is nothing, and of different things: `no real solutions`, `no integer solutions`. */
export function areDifferentDenials(gold: Answer, answer: Answer): boolean {
  if (!isText(gold) || !isText(answer)) return false;
  const [a, b] = [wordsOf(gold), wordsOf(answer)];
  return deniesAll(a) && deniesAll(b) && denyDifferently(a, b);
}

/** Two phrases: the same words, the same meaning, the same parts in any order, or a sentence that begins with the name asked for. */
export function sameText(gold: Answer, answer: Answer, context: Context): boolean {
  const [a, b] = [wordsOf(gold), wordsOf(answer)];
  if (a === '' || b === '') return decide(context, 'text', false);
  if (a === b || meaningOf(a) === meaningOf(b)) return decide(context, 'text', true);
  // `The function is odd` for `odd`; where both name a subject, it counts.
  const [said, other] = [predicateOf(gold.tokens), predicateOf(answer.tokens)];
  if ((said === null) !== (other === null) && meaningOf(said ?? a) === meaningOf(other ?? b)) return decide(context, 'text', true);
  if (dateOf(a) !== null && dateOf(a) === dateOf(b)) return decide(context, 'text.date', true);
  const [items, others] = [listedPhrases(gold.tokens), listedPhrases(answer.tokens)];
  // `True, False, True` answers several questions in their order.
  if (items.length > 1 && items.every((item) => /^\((?:yes|no)\)$/.test(meaningOf(item)))) return decide(context, 'text.list', false);
  if (items.length > 1 && items.join('\n') === others.join('\n')) return decide(context, 'text.list', true);
  if (/\bw[io]n/.test(`${a} ${b}`) && winnerOf(a) === winnerOf(b)) return decide(context, 'text.winner', true);
  if (subjectOf(gold.tokens) === b || (leadingVerdict(gold) ?? '') === meaningOf(b)) {
    warn(context, 'leading-name', 'The gold answer is a sentence about the name given.');
    return decide(context, 'text.leading-name', true);
  }
  return decide(context, 'text', false);
}

const WINNING = /^(.+?)(?: (?:will|can|must|always|is able to))*? (?:wins?|won|has winning strategy|guarantees? win)(?: (?:always|game))*$/;

/** Who wins by a phrase, `Alice` of `Alice has a winning strategy`, without anything else said; the phrase itself where it says no such thing. */
function winnerOf(words: string): string {
  const [, name = words] = WINNING.exec(words) ?? [];
  return /\b(?:not|never|no|nobody|neither|who|if|or|and)\b/.test(name) ? words : name;
}

/** The yes or no that a gold sentence begins with: `Yes, it is possible.` Null for any other. */
function leadingVerdict(gold: Answer): string | null {
  const [first, mark] = gold.tokens.filter((token) => token.text !== '{');
  const meaning = first?.kind === 'word' && (mark?.text === ',' || mark?.text === '.') ? meaningOf(first.text.toLowerCase()) : '';
  return meaning === '(yes)' || meaning === '(no)' ? meaning : null;
}

/** `march 5`, `5 march`, `march 5th`: month and day. Null for anything else. */
function dateOf(words: string): string | null {
  const parts = words.split(' ').filter((word) => !/^(?:st|nd|rd|th|of|,)$/.test(word));
  const month = parts.find((part) => MONTHS.has(part));
  const rest = parts.filter((part) => part !== month);
  return month !== undefined && rest.length > 0 && rest.every((part) => /^\d+$/.test(part)) ? `${month} ${rest.join(' ')}` : null;
}
