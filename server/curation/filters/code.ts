import { spanLabel } from './label.ts';
import type { FilterLabel } from './label.ts';

export const CODE_LABELS = ['multi_solution', 'interactive', 'float_tolerance', 'image'] as const;
export type CodeLabel = (typeof CODE_LABELS)[number];

const MANY = String.raw`(?:multiple|several|many|more than one|different)`;
/** Freedom in the output (filters.md section 6). "multiple test cases" and "letters in any case" are none. */
const MULTI_SOLUTION = new RegExp([
  String.raw`\bif (?:there (?:are|is|exists?) |you (?:have|find) )?${MANY} (?!test)[^.\n]{0,120}?\b(?:print|output|return|report|find|display|choose)\b[^.\n]{0,30}?\bany\b`,
  String.raw`\b(?:print|output|return|report) any (?:one |single )?(?:of (?:them|these|those|the)|valid|suitable|correct|possible|such|solution|answer|one)\b`,
  String.raw`\b(?:may|can) (?:print|output|return) any\b(?! letter| case)|\bany (?:one |of them |of these )?(?:(?:valid|correct|possible|optimal) )?(?:answers?|solutions?|one|of them|of these) (?:(?:will|would) be|is|are|may be|can be) (?:also )?(?:accepted|considered correct|fine|acceptable)\b`,
  String.raw`\b(?:print|output|return|answer|them|pairs|elements|edges|solution|vertices|numbers|indices|values|moves|operations)\b[^.\n]{0,60}\bin (?:any|arbitrary) order\b`,
  String.raw`\bany valid (?:answer|solution|output|order|string|sequence|arrangement|permutation)\b|\bspecial judge\b|\bcheck(?:er)? (?:will )?accepts? any\b`,
].join('|'), 'gi');
/** Matches that speak of letters' case, or of what the input may do. */
const FALSE_FREEDOM = /\b(?:letter|lower|upper|any case|arrange|rearrange|given in|input|chosen|choose|swap|stacked|visit|queries in)\b/i;

const INTERACTIVE = /\binteract(?:ive|or|ion with)\b|\bthis is an interactive\b|\bflush\b|\bhidden (?:number|array|permutation|string|graph|tree|integer)\b|\bmake (?:at most \S+ )?quer(?:y|ies)\b|\bask (?:at most|up to|no more than)\b[^.\n]{0,30}\b(?:queries|questions)\b|\bimport interactor\b/i;
const NOT_INTERACTIVE = /\b(?:tags?|categories)\s*:\s*\[[^\]]*$/i;

const FLOAT_TOLERANCE = /\b(?:absolute|relative) (?:or (?:absolute|relative) )?(?:error|tolerance)\b|\berror (?:of|is|at most|within|not exceed(?:ing)?|doesn'?t exceed|less than)[^.\n]{0,30}10|\b(?:error|differ|accura\w+|precision|tolerance|within|exceed)\b[^.\n]{0,60}(?:10\s*\^?\s*\{?\s*[-−–]\s*\d|1e-\d|\b0\.0{2,}1)|(?:10\s*\^\s*\{?\s*[-−–]\s*\d|1e-\d)[^.\n]{0,60}\b(?:error|accepted|tolerance|correct)\b/i;

const IMAGE = /<image>|\[image\]|!\[|<img\b|\.(?:png|jpe?g|gif|svg)\b|\bin the (?:picture|figure|diagram|image)s?\b|\bthe (?:picture|figure|diagram|image)s? (?:below|above|shows?|in|of|for|corresponding)\b|\b(?:following|see|this) (?:\w+ )?(?:picture|figure|diagram|image)s?\b|\b(?:picture|figure|diagram)s? (?:depict\w*|illustrat\w*|show\w*|below|above)\b|\bshown (?:below|above|in figure)\b|\b(?:see|the) image\b|\bdiagrams? (?:represent|above|below)/i;

const MOST_CHARACTERS = 60_000;

/** Labels of a code problem (filters.md section 6), in the order of CODE_LABELS. */
export function labelCode(statement: string): FilterLabel<CodeLabel>[] {
  const text = statement.length > MOST_CHARACTERS ? statement.slice(0, MOST_CHARACTERS) : statement;
  const labels: FilterLabel<CodeLabel>[] = [];
  const add = (name: CodeLabel, match: RegExpExecArray | null): void => {
    if (match !== null) labels.push(spanLabel(name, text, match.index, match.index + match[0].length));
  };
  add('multi_solution', freedom(text));
  const interactive = INTERACTIVE.exec(text);
  if (interactive !== null && !NOT_INTERACTIVE.test(text.slice(Math.max(0, interactive.index - 200), interactive.index))) add('interactive', interactive);
  add('float_tolerance', FLOAT_TOLERANCE.exec(text));
  add('image', IMAGE.exec(text));
  return labels;
}

function freedom(text: string): RegExpExecArray | null {
  if (!/\bany\b|arbitrary order|special judge/i.test(text)) return null;
  for (const match of text.matchAll(MULTI_SOLUTION)) {
    const around = `${text.slice(Math.max(0, match.index - 40), match.index)}${match[0]}`;
    if (FALSE_FREEDOM.test(/in (?:any|arbitrary) order/i.test(match[0]) ? around : match[0])) continue;
    return match;
  }
  return null;
}
