import { gcd } from './arithmetic/rational.ts';
import type { Reading } from './parse/reader.ts';
import { readAnswer, type Answer } from './parse/answer.ts';
import { contains, symbols, type Node } from './parse/ast.ts';
import { isUnitName, parseUnit } from './parse/unitTable.ts';
import { CLOSING_BRACKETS } from './parse/vocabulary.ts';

/** Another reading of a pair, and the policy that allows it. */
export interface OtherReading {
  readonly gold: Answer;
  readonly answer: Answer;
  readonly code: string;
  readonly message: string;
}

const NONE: readonly OtherReading[] = [];

/**
 * What can be read in two ways is read as the other side reads it: a comma between digits (`1,234` as two items, `0,6` as a
 * decimal fraction), letters behind a number (`10m` as a length, `2cm` as a product), hours and minutes (`5:12` as a ratio), the
 * digits of a number (`1A3`), square brackets (`[x]` as the whole part). Tried only after the usual readings
 * differ.
 */
export function otherReadings(gold: Answer, answer: Answer): OtherReading[] {
  return [...commas(gold, answer), ...unitLetters(gold, answer), ...clocks(gold, answer), ...bases(gold, answer), ...wholeParts(gold, answer)];
}

/** `5:12` as a ratio: for an answer where the gold is no time, for a gold in lowest terms where the answer is no time. */
function clocks(gold: Answer, answer: Answer): readonly OtherReading[] {
  const [g, a] = [bareTime(gold), bareTime(answer)];
  const asRatio = g !== null ? a === null && gcd(BigInt(Math.floor(g / 60)), BigInt(g % 60)) === 1n : a !== null && gold.node?.t !== 'time';
  if (!asRatio) return NONE;
  return [{ gold: reread(gold, { clock: 'ratio' }), answer: reread(answer, { clock: 'ratio' }), code: 'clock-ratio', message: 'Hours and minutes were read as a ratio, as the other side asks.' }];
}

/** Minutes of a time that does not say that it is one. */
function bareTime(side: Answer): number | null {
  return side.node?.t === 'time' && side.node.half === null && /^\d{1,2}:\d\d$/.test(side.text) ? side.node.minutes : null;
}

/** `[\frac n2]` beside `\lfloor \frac n2 \rfloor`: square brackets are the whole part where the other side has one and theirs holds a symbol. */
function wholeParts(gold: Answer, answer: Answer): readonly OtherReading[] {
  const floors = (side: Answer): boolean => side.node !== null && contains(side.node, (part) => part.t === 'fn' && part.name === 'floor');
  const [g, a] = [floors(gold), floors(answer)];
  const bracketed = g ? answer : gold;
  if (g === a || bracketed.node === null || !bracketed.text.includes('[') || symbols(bracketed.node).size === 0) return NONE;
  const again = reread(bracketed, { square: 'floor' });
  return [{ gold: g ? gold : again, answer: g ? again : answer, code: 'bracket-floor', message: 'Square brackets were read as the whole part, as the other side writes it.' }];
}

/** `1A3` beside `1A3_{16}`: letters are digits where the other side names such a base. */
function bases(gold: Answer, answer: Answer): readonly OtherReading[] {
  const [asAnswer, asGold] = [inBaseOf(gold, answer), inBaseOf(answer, gold)];
  if (asAnswer === null && asGold === null) return NONE;
  return [{ gold: asGold ?? gold, answer: asAnswer ?? answer, code: 'base-omitted', message: 'Only one side names the base; letters were read as its digits.' }];
}

function inBaseOf(named: Answer, bare: Answer): Answer | null {
  const based = named.node?.t === 'neg' ? named.node.a : named.node;
  if (based?.t !== 'based' || !/[A-Z]/.test(based.digits)) return null;
  const [, sign = '', digits = ''] = /^(-?)(?:\\text\{)?([\dA-Za-z]+)\}?$/.exec(bare.text) ?? [];
  if (digits === '') return null;
  const node: Node = { t: 'based', digits: digits.toUpperCase(), base: based.base };
  return { ...bare, node: sign === '' ? node : { t: 'neg', a: node } };
}

function commas(gold: Answer, answer: Answer): readonly OtherReading[] {
  const [golds, answers] = [commaReadings(gold), [...commaReadings(answer), ...decimalLike(gold, answer)]];
  if (golds.length + answers.length === 0) return NONE;
  const note = { code: 'comma', message: 'A comma between digits was read as the other side reads it.' };
  return [...golds.map((other) => ({ gold: other, answer, ...note })), ...answers.map((other) => ({ gold, answer: other, ...note }))];
}

function commaReadings(answer: Answer): Answer[] {
  const result: Answer[] = [];
  if (answer.tokens.some((token) => token.grouped) && !/\d,0\d/.test(answer.text)) result.push(readAnswer(answer.text.replace(/(\d),(?=\d)/g, '$1, ')));
  if (answer.tokens.some((token, index) => token.grouped && CLOSING_BRACKETS.has(answer.tokens[index + 1]?.text ?? ''))) result.push(reread(answer, { groups: 'joined' }));
  if (/^-?(?:0,\d+|\d+,\d{2}|\d+,\d{4,})$/.test(answer.text)) result.push(readAnswer(answer.text.replace(',', '.')));
  return result;
}

/** `1,5` beside a gold of 1.5, which no list is. */
function decimalLike(gold: Answer, answer: Answer): Answer[] {
  const isDecimal = gold.node?.t === 'num' && gold.node.decimals !== null && gold.node.value.d !== 1n;
  return isDecimal && /^-?\d+,\d$/.test(answer.text) ? [readAnswer(answer.text.replace(',', '.'))] : [];
}

function unitLetters(gold: Answer, answer: Answer): readonly OtherReading[] {
  if (gold.node === null || answer.node === null) return NONE;
  const result: OtherReading[] = [];
  const [named, given] = [hasKnownUnit(gold.node), hasKnownUnit(answer.node)];
  const unit = { code: 'unit-letters', message: 'Letters behind a number were read as a unit, as the other side asks.' };
  // `10m` for 10; the gold's own letters are variables unless the answer names a unit of that kind in full.
  const asUnit = withUnits(answer, gold.node, named ? 'named' : 'unit');
  if (asUnit !== null) result.push({ gold, answer: asUnit, ...unit });
  const wanted = given ? withUnits(gold, answer.node, 'named') : null;
  if (wanted !== null) result.push({ gold: wanted, answer, ...unit });
  const letters = 'product';
  if (named !== given && symbols(named ? answer.node : gold.node).size > 0 && contains(named ? gold.node : answer.node, isShortUnit)) {
    result.push({ gold: reread(gold, { letters }), answer: reread(answer, { letters }), code: 'unit-letters', message: 'Letters behind a number were read as variables, as the other side asks.' });
  }
  return result;
}

/** The answer with its last letters read as units, where they stand behind numbers and the other side does not use them. */
function withUnits(side: Answer, other: Node, letters: 'unit' | 'named'): Answer | null {
  if (side.node === null || !endsInUnit(side)) return null;
  const again = reread(side, { letters });
  if (again.node === null) return null;
  const [before, after, used] = [symbols(side.node), symbols(again.node), symbols(other)];
  const taken = [...before].filter((name) => !after.has(name));
  const onNumbers = !contains(again.node, (part) => part.t === 'unit' && symbols(part.a).size > 0);
  return taken.length > 0 && onNumbers && !taken.some((name) => used.has(name)) ? again : null;
}

/** Whether the last letters of the text name a unit, perhaps with a power. */
function endsInUnit(side: Answer): boolean {
  const [, name = ''] = /(?<![A-Za-z\\])([A-Za-z]{1,14})(?:\^(?:\d|\{-?\d\}))?[.\s]*$/.exec(side.text.slice(-30)) ?? [];
  return name !== '' && isUnitName(name);
}

function hasKnownUnit(node: Node): boolean {
  return contains(node, (part) => part.t === 'unit' && parseUnit(part.unit) !== null);
}

/** A unit that might be a product of variables. */
function isShortUnit(node: Node): boolean {
  return node.t === 'unit' && node.unit.split(' ').every((part) => part.length < 4);
}

function reread(side: Answer, reading: Reading): Answer {
  return readAnswer(side.text, reading);
}
