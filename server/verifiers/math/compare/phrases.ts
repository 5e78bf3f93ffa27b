import type { Token } from '../parse/tokenize.ts';
import { RELATIONS, VERBS } from '../parse/vocabulary.ts';

/** Words that say nothing: only these, case and punctuation may differ between two phrases. */
const FILLERS: ReadonlySet<string> = new Set(['the', 'an', 'is', 'are', 'it', 'answer', 'option', 'choice']);
const PUNCTUATION: ReadonlySet<string> = new Set(['.', ',', ';', ':', '!', '?', '"', '{', '}', '$']);
const OPENING: ReadonlySet<string> = new Set(['(', '[', '\\{']);
const CLOSING: ReadonlySet<string> = new Set([')', ']', '\\}']);

/**
 * What a phrase says, token by token: words in lower case without fillers, everything of mathematics as it stands.
 * Signs, relations, brackets and commands all count: "less than -5" is not "less than 5".
 */
export function phraseOf(tokens: readonly Token[]): string[] {
  const inner = withoutOuterBrackets(withoutOuterDots(tokens.filter((token) => token.kind !== 'end')));
  return inner.flatMap((token, index) => {
    const word = significant(token, inner[index - 1], inner[index + 1]);
    return word === null ? [] : [word];
  });
}

function significant(token: Token, before: Token | undefined, after: Token | undefined): string | null {
  switch (token.kind) {
    case 'word': {
      const lower = token.text.toLowerCase();
      return FILLERS.has(lower) ? null : lower;
    }
    case 'id': return isArticle(token, before, after) ? null : token.text;
    case 'cmd': return RELATIONS.get(token.text) ?? (/^[dtc]frac$/.test(token.text) ? '\\frac' : `\\${token.text}`);
    case 'num': return token.text;
    default: return isPunctuation(token, before, after) ? null : token.text;
  }
}

/** `a` before a noun; the letter `a` of mathematics and the `A` of "angle A is" are names. */
function isArticle(token: Token, before: Token | undefined, after: Token | undefined): boolean {
  if (after?.kind !== 'word' || VERBS.has(after.text.toLowerCase())) return false;
  return token.text === 'a' || (token.text === 'A' && before === undefined);
}

/** Marks between words; not a factorial, a ratio or a comma between numbers, nor a sign. */
function isPunctuation(token: Token, before: Token | undefined, after: Token | undefined): boolean {
  const mathematical = (each: Token | undefined): boolean => each !== undefined && (each.kind === 'num' || (each.kind === 'id' && !each.roman) || OPENING.has(each.text) || CLOSING.has(each.text));
  if (token.text === '!') return !mathematical(before);
  if (token.text === ',') return !mathematical(before) || !mathematical(after);
  if (token.text === ':') return !(mathematical(before) && after?.kind === 'num');
  if (token.text === "'") return before === undefined || after === undefined;
  // right-angled, north-east
  if (token.text === '-') return before?.kind === 'word' && after?.kind === 'word' && !token.space && !after.space;
  return PUNCTUATION.has(token.text);
}

function withoutOuterDots(tokens: readonly Token[]): readonly Token[] {
  const said = tokens.map((token) => !(token.kind === 'op' && (token.text === '...' || token.text === '.')));
  return tokens.slice(said.indexOf(true), said.lastIndexOf(true) + 1);
}

function withoutOuterBrackets(tokens: readonly Token[]): readonly Token[] {
  const [first, last] = [tokens[0], tokens.at(-1)];
  if (first?.text !== '(' || last?.text !== ')') return tokens;
  let depth = 0;
  const closesEarly = tokens.some((token, index) => {
    depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0;
    return depth === 0 && index < tokens.length - 1;
  });
  return closesEarly ? tokens : tokens.slice(1, -1);
}

/** The items of a list of phrases, sorted; one for a phrase that lists nothing. Commas within brackets separate nothing. */
export function listedPhrases(tokens: readonly Token[]): string[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (OPENING.has(token.text)) depth++;
    if (CLOSING.has(token.text)) depth--;
    if (depth === 0 && (token.text === ',' || token.text === ';' || token.text.toLowerCase() === 'and')) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  // "5 and 3, respectively" and "first A, then B" say which is which by their order.
  if (tokens.some((token) => /^respectively$/i.test(token.text))) return [phraseOf(tokens).join(' ')];
  return parts.map((part) => phraseOf(part).join(' ')).filter((part) => part !== '').sort();
}

const STATING: ReadonlySet<string> = new Set([...VERBS, 'does', 'do', 'converges', 'diverges']);

/** What a sentence says of a plain subject, `odd` of `The function is odd`, as its words. Null for any other phrase. */
export function predicateOf(tokens: readonly Token[]): string | null {
  const [article, noun, verb, ...rest] = tokens.filter((token) => token.kind !== 'end' && token.text !== '{' && token.text !== '}');
  if (article?.kind !== 'word' || !/^(?:the|this)$/i.test(article.text) || noun?.kind !== 'word' || verb?.kind !== 'word' || !STATING.has(verb.text)) return null;
  return DENIAL.has(noun.text.toLowerCase()) ? null : phraseOf([verb, ...rest]).join(' ');
}

const STATEMENT: ReadonlySet<string> = new Set([...VERBS, 'wins', 'win', 'won', 'gets', 'got', 'receives', 'received', 'would', 'could', 'should', 'may', 'might', 'does', 'did', 'always', 'finishes', 'finished']);
const DENIAL: ReadonlySet<string> = new Set(['not', 'never', 'no', 'cannot', 'neither', 'nobody', 'false', 'wrong', 'except', 'if', 'when', 'whenever', 'unless', 'only', 'iff', 'or']);

/** The name that a sentence is about: `Petya will receive the last token.` Null for other phrases, a denial and a condition. */
export function subjectOf(tokens: readonly Token[]): string | null {
  const words = tokens.filter((token) => token.kind !== 'end' && !PUNCTUATION.has(token.text));
  const [name, verb] = words;
  if (name?.kind !== 'word' || !/^\p{Lu}\p{Ll}+$/u.test(name.text) || verb?.kind !== 'word' || !(STATEMENT.has(verb.text) || /^[a-z]{3,}ed$/.test(verb.text))) return null;
  if (words.some((token) => DENIAL.has(token.text.toLowerCase())) || FILLERS.has(name.text.toLowerCase())) return null;
  return /^(?:there|no|any|all|yes|if|more|that|this|nobody|neither|which|what)$/i.test(name.text) ? null : name.text.toLowerCase();
}
