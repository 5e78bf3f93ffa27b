/** A half-open range of UTF-16 offsets. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Instructions that data sets wrap around a statement (formats.md 0.4). They are not part of the problem: left in, they would
 * be shared by every row. Every quantifier is bounded, so that no text makes these slow.
 */
const WRAPPERS = new RegExp([
  String.raw`let'?s think step by step(?: and (?:output|put|provide) (?:the|your) final answer (?:within|in) \\boxed\{\s{0,3}\})?[.,]?`,
  String.raw`(?:please )?reason step by step,? and put your final answer (?:within|in) \\boxed\{\s{0,3}\}[.,]?`,
  String.raw`(?:please )?put your final answer (?:within|in) \\boxed\{\s{0,3}\}[.,]?`,
  String.raw`solve the following math problem (?:efficiently and clearly|step by step)[.:]?`,
  String.raw`the last line of your response should be of the form:? answer: \$?\\?(?:answer|boxed\{answer\})\$? \(without quotes\) where \$?answer\$? is the answer to the problem[.]?`,
  String.raw`remember to put your answer on its own line after "answer:"[.]?`,
  String.raw`you will be given a question \(problem specification\) and will generate a correct python program that matches the specification and passes all tests[.]?`,
  String.raw`write python code to solve the problem[.] present the code in\s{0,3}\x60\x60\x60python\s{1,3}your code\s{1,3}\x60\x60\x60\s{0,3}at the end[.]?`,
  String.raw`<\s?[|｜][^|｜<>]{1,40}[|｜]\s?>`,
].join('|'), 'gi');

const IMAGES = /!\[[^\]\n]{0,300}\]\([^)\n]{0,600}\)|\\includegraphics(?:\[[^\]\n]{0,200}\])?\{[^}\n]{0,300}\}|<img\b[^>\n]{0,600}>|\[img\][^[\]\n]{0,600}\[\/img\]/gi;

/** Ranges of `text` that are not the problem's wording: prompt wrappers, drawings (`[asy]`), images; sorted and disjoint. */
export function rangesToSkip(text: string): Range[] {
  const ranges = [...matches(text, WRAPPERS), ...matches(text, IMAGES), ...drawings(text)].sort((a, b) => a.start - b.start);
  const merged: Range[] = [];
  for (const range of ranges) {
    const last = merged.at(-1);
    if (last !== undefined && range.start <= last.end) merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    else merged.push(range);
  }
  return merged;
}

/** `text` with the given ranges cut out. */
export function without(text: string, ranges: readonly Range[]): string {
  let kept = '';
  let at = 0;
  for (const range of ranges) {
    kept += text.slice(at, range.start) + ' ';
    at = range.end;
  }
  return kept + text.slice(at);
}

function matches(text: string, pattern: RegExp): Range[] {
  return Array.from(text.matchAll(pattern), (match) => ({ start: match.index, end: match.index + match[0].length }));
}

function drawings(text: string): Range[] {
  const ranges: Range[] = [];
  for (let start = text.indexOf('[asy]'); start >= 0;) {
    const end = text.indexOf('[/asy]', start);
    if (end < 0) break;
    ranges.push({ start, end: end + 6 });
    start = text.indexOf('[asy]', end);
  }
  return ranges;
}
