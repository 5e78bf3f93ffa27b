import type { Answer } from '../parse/answer.ts';
import { wordsOf } from './texts.ts';

/** Ways to write each sign that can be a whole answer: "which of <, = and > belongs between them?" */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  '<': ['lt', 'less than', 'smaller than', 'is less than'],
  '>': ['gt', 'greater than', 'more than', 'larger than', 'is greater than'],
  '=': ['eq', 'equal to', 'equals', 'is equal to', 'equal sign'],
  '\\le': ['le', 'leq', 'leqslant', 'less than or equal to', 'at most'],
  '\\ge': ['ge', 'geq', 'geqslant', 'greater than or equal to', 'at least'],
  '\\ne': ['ne', 'neq', 'not equal to'],
  '\\approx': ['approx', 'approximately equal to'],
  '+': ['plus', 'plus sign', 'addition'],
  '-': ['minus', 'minus sign', 'subtraction'],
  '\\times': ['*', 'times', 'cdot', 'ast', 'multiplication sign', 'multiplied by', 'multiplication'],
  '\\div': ['/', 'div', 'division sign', 'divided by', 'division'],
  '\\pm': ['pm', 'plus or minus'],
  '\\in': ['in'],
  '\\notin': ['notin'],
  '\\subset': ['subset', 'subsetneq'],
  '\\subseteq': ['subseteq'],
  '\\parallel': ['parallel'],
  '\\sim': ['sim'],
  '\\cong': ['cong'],
};

const SIGNS: ReadonlyMap<string, string> = new Map(Object.entries(SPELLINGS).flatMap(([sign, others]) => [[sign, sign], ...others.map((other) => [other, sign] as const)] as const));

/** The relation or operation whose sign is the whole answer; null for everything else. */
export function signOf(answer: Answer): string | null {
  const [sign, end] = answer.tokens;
  return sign !== undefined && end?.kind === 'end' && (sign.kind === 'op' || sign.kind === 'cmd') ? SIGNS.get(sign.text) ?? null : null;
}

/** Whether an answer is this sign, or says it in words. */
export function isSign(answer: Answer, sign: string): boolean {
  return signOf(answer) === sign || SIGNS.get(wordsOf(answer)) === sign;
}
