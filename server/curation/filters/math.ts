import { findChoices } from './choices.ts';
import { spanLabel, wholeLabel } from './label.ts';
import type { FilterLabel } from './label.ts';
import { findSecondQuestion } from './multiQuestion.ts';
import { proseOf } from './prose.ts';
import { findFigure, findNonEnglish, findProof, findTrueFalse, isLongAnswer, isTooBrief } from './wording.ts';

export const MATH_LABELS = ['multi_question', 'multiple_choice', 'true_false', 'proof', 'non_english', 'figure_reference', 'too_brief', 'long_answer'] as const;
export type MathLabel = (typeof MATH_LABELS)[number];

/** Statements are judged by their first stretch of this length: rules are about wording, and hostile texts must not cost. */
const MOST_CHARACTERS = 20_000;

/** Labels of a mathematics problem (filters.md section 2), in the order of MATH_LABELS. `answer` null: rules about answers are left out. */
export function labelMath(statement: string, answer: string | null): FilterLabel<MathLabel>[] {
  const text = statement.length > MOST_CHARACTERS ? statement.slice(0, MOST_CHARACTERS) : statement;
  const prose = proseOf(text);
  const labels: FilterLabel<MathLabel>[] = [];
  const add = (name: MathLabel, found: { start: number; end: number } | null): void => {
    if (found !== null) labels.push(spanLabel(name, text, found.start, found.end));
  };
  add('multi_question', findSecondQuestion(text, prose));
  add('multiple_choice', findChoices(prose));
  const yesNo = findTrueFalse(prose, answer);
  if (yesNo === 'answer') labels.push(wholeLabel('true_false', answer ?? ''));
  else add('true_false', yesNo);
  add('proof', findProof(prose));
  add('non_english', findNonEnglish(text, prose));
  add('figure_reference', findFigure(text, prose));
  if (isTooBrief(text, prose)) labels.push(wholeLabel('too_brief', text));
  if (answer !== null && isLongAnswer(answer)) labels.push(wholeLabel('long_answer', answer));
  return labels;
}
