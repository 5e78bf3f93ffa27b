import type { LabelInput, LabelProvider } from '../problems/labels.ts';
import { labelCode } from './filters/code.ts';
import type { FilterLabel } from './filters/label.ts';
import { labelMath } from './filters/math.ts';

/** All labels of a problem with the text that matched, for people who ask why. */
export function explainLabels({ domain, statement, answer }: LabelInput): FilterLabel[] {
  return domain === 'math' ? labelMath(statement, answer) : labelCode(statement);
}

/** Worth knowing, but no reason against a problem: it needs a checker with a tolerance. */
const INFORMATIVE: ReadonlySet<string> = new Set(['float_tolerance']);

/** The rule filters as the problems room wants them: what the recipe removes by rule (math and code data, steps "removed"). */
export const ruleLabels: LabelProvider = {
  labelsOf: (problem) => explainLabels(problem).map((label) => label.name).filter((name) => !INFORMATIVE.has(name)),
};
