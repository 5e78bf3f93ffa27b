import type { Answer } from '../parse/answer.ts';
import { sym, type Node } from '../parse/ast.ts';
import type { Token } from '../parse/tokenize.ts';
import { CONDITIONS, DENIALS, JOINERS, VERBS } from '../parse/vocabulary.ts';

/** An option of a multiple-choice problem: its letter, and where the text behind it begins (null where the letter stands alone). */
interface Choice {
  readonly letter: string;
  readonly content: number | null;
}

/** Words before the letter that say nothing: `Option C`. */
const LEADING = new Set(['option', 'choice', 'answer', 'letter', 'is', 'the', 'correct']);

/** The option that an answer names: `B`, `(B)`, `\text{(B)}`, `B.`, `Option B`, `(C) Plane`, `B: text`. Null when it names none. */
export function choiceOf(answer: Answer): Choice | null {
  const tokens = answer.tokens.filter((token) => token.text !== '{' && token.text !== '}' && token.text !== '$');
  let next = 0;
  while (tokens[next]?.kind === 'word' && LEADING.has(tokens[next]?.text.toLowerCase() ?? '')) next++;
  if (next > 0 && tokens[next]?.text === ':') next++;
  const bracketed = tokens[next]?.text === '(' || tokens[next]?.text === '[';
  if (bracketed) next++;
  const letter = tokens[next++];
  if (letter?.kind !== 'id' || !/^[A-Ka-k]$/.test(letter.text)) return null;
  if (bracketed && tokens[next]?.text !== ')' && tokens[next]?.text !== ']') return null;
  if (bracketed) next++;
  const mark = tokens[next];
  const separated = mark?.kind === 'op' && (mark.text === '.' || mark.text === ':' || mark.text === ')');
  const behind = separated ? tokens[next + 1] : mark;
  const choice = { letter: letter.text.toUpperCase() };
  if (behind === undefined || behind.kind === 'end') return { ...choice, content: null };
  // With text behind it the letter must be marked as a label: in brackets, or followed by a colon, full stop or bracket.
  const goesOn = behind.kind !== 'op' || /^[-$|([]$/.test(behind.text);
  const marked = separated ? behind.kind !== 'op' : bracketed && (letter.roman ? goesOn : behind.kind === 'num' || isWords(behind));
  return marked && !saysMore(tokens.slice(tokens.indexOf(behind))) ? { ...choice, content: behind.start } : null;
}

/** Whether the text behind a letter goes on about the choice instead of giving the option: `(B) or (C)`, `(B) if x > 0`. */
function saysMore(tokens: readonly Token[]): boolean {
  const word = tokens[0]?.text.toLowerCase() ?? '';
  // `(E) None of these` is the text of an option.
  if (JOINERS.has(word) || CONDITIONS.has(word) || VERBS.has(word) || (DENIALS.has(word) && word !== 'none')) return true;
  return tokens.some((token, index) => (token.text === '(' || token.text === '[') && /^[A-K]$/.test(tokens[index + 1]?.text ?? '') && /^[)\]]$/.test(tokens[index + 2]?.text ?? ''));
}

function isWords(token: Token): boolean {
  return token.kind === 'word' || (token.roman && token.kind !== 'op');
}

/** The option that a gold answer is; null where a letter in it may be a name of mathematics. */
export function goldChoice(gold: Answer): Choice | null {
  const choice = choiceOf(gold);
  if (choice === null || (!/[A-K]/.test(gold.text) && !/[(]|text/.test(gold.text))) return null;
  if (choice.content === null) return choice;
  const behind = gold.tokens.find((token) => token.start === choice.content);
  const bracketed = new RegExp(`[([]\\s*${choice.letter}\\s*[)\\]]`).test(gold.text);
  return bracketed || (behind !== undefined && isWords(behind) && !gold.text.includes(',')) ? choice : null;
}

/** `\text{BCD}`: the letters of several options in one word, in order of the alphabet, as their product; null for other words. */
export function severalLetters(answer: Answer): Node | null {
  const [word, end] = answer.tokens.filter((token) => token.text !== '{' && token.text !== '}');
  if (word?.kind !== 'word' || end?.kind !== 'end' || !/^[A-H]{2,6}$/.test(word.text)) return null;
  const letters = word.text.split('');
  return letters.every((letter, index) => letter > (letters[index - 1] ?? '')) ? { t: 'mul', items: letters.map(sym) } : null;
}
