import { sym, type Node } from './ast.ts';
import { FUNCTIONS, SYMBOLS, VARIANTS } from './vocabulary.ts';

/** Constants and Greek letters written as plain words; null for any other word. */
export function wordConstant(word: string): Node | null {
  if (word === 'pi' || word === 'Pi' || word === 'PI') return { t: 'const', name: 'pi' };
  if (/^(?:oo|inf|infty|infinity|Infinity)$/.test(word)) return { t: 'const', name: 'inf' };
  if (SYMBOLS.has(word) && word.length > 2 && !['top', 'star', 'square', 'prime', 'bullet'].includes(word)) return sym(`\\${VARIANTS.get(word) ?? word}`);
  return null;
}

const GLUED = /^([a-zA-Z]{0,3}?)(arcsin|arccos|arctan|sqrt|sin|cos|tan|cot|sec|csc|log|ln|exp|pi|theta|alpha|beta)([a-zA-Z]{0,2}?)$/;
/** English words that only look like letters glued to a function. */
const ENGLISH = /^(?:spin|basin|sing|tang|tans|cost|slog|blog|opin|seco|login|logs|second|since)/i;

/** `xsin`, `cosx`, `kpi`: letters glued to a function or constant. Null when the word is no such thing. */
export function splitWord(word: string): string[] | null {
  if (FUNCTIONS.has(word) || wordConstant(word) !== null) return [word];
  const match = GLUED.exec(word);
  if (match === null || word.length > 9 || ENGLISH.test(word)) return null;
  const [, before = '', name = '', after = ''] = match;
  return [...before.split(''), name, ...after.split('')];
}
