import { FormBuilder } from './canonical/build.ts';
import { describe, kindOf } from './canonical/describe.ts';
import { OutOfFuel } from './canonical/evaluate.ts';
import { Undefined } from './canonical/form.ts';
import { choiceOf, goldChoice, severalLetters } from './compare/choices.ts';
import { sameAnswer } from './compare/compare.ts';
import { sameConditions } from './compare/conditions.ts';
import { warn, type Context } from './compare/context.ts';
import { withoutDots } from './compare/dots.ts';
import { isSign, signOf } from './compare/signs.ts';
import { areDifferentDenials, isText, meaningOf, sameText, wordsOf } from './compare/texts.ts';
import { isEquation, statedValue } from './compare/labels.ts';
import { renamedParameter } from './compare/renaming.ts';
import { divisibilityOf, sameProperty, setOfNumbers } from './compare/properties.ts';
import { isRegion } from './compare/regions.ts';
import { isHandedBack, sameForm } from './compare/form.ts';
import { isUndefined } from './compare/values.ts';
import { lastBoxed } from '../extract/boxed.ts';
import { splitThinking } from '../extract/thinking.ts';
import { integer, rational } from './arithmetic/rational.ts';
import type { Judgement, Pair } from './judgement.ts';
import { limits } from './limits.ts';
import { REWARD_OPTIONS, type MathOptions } from './options.ts';
import { normalise } from './normalise/normalise.ts';
import { readAnswer, type Answer } from './parse/answer.ts';
import { contains, num, symbols, type Node } from './parse/ast.ts';
import { ParseError } from './parse/parseError.ts';
import { otherReadings } from './readings.ts';

/**
 * Judges one answer against one gold: normalise, read, canonical form, compare. Pure, deterministic and bounded: whatever
 * the texts are, it returns.
 */
export function judgePair(pair: Pair): Judgement {
  const options = pair.options ?? REWARD_OPTIONS;
  const joined = pair.joined.length > 1 ? judgeTexts(pair.gold, pair.joined.join(' , '), pair.statement, options) : null;
  if (joined?.verdict === 'correct') {
    return { ...joined, warnings: [...joined.warnings, { code: 'several-boxes', message: 'Several boxes in a row were read as one list.' }] };
  }
  const { text, refusal } = unboxed(pair.answer);
  return refusal === null ? judgeTexts(pair.gold, text, pair.statement, options) : refused(pair.gold, ...refusal);
}

/** The content of the box, for an answer that still stands in its response; the rule by which a response gives no answer. */
function unboxed(answer: string): { text: string; refusal: readonly [string, string] | null } {
  let text = answer;
  if (text.includes('<think>') || text.includes('</think>')) {
    const split = splitThinking(text);
    if (split.answer === null) return { text, refusal: ['extract.unclosed-think', 'The thinking part never closes, so the response gives no answer.'] };
    text = text.slice(split.answer.start, split.answer.end);
  }
  if (!text.includes('box')) return { text, refusal: null };
  const search = lastBoxed(text);
  if (search.kind === 'unclosed') return { text, refusal: ['extract.unclosed-box', 'The last \\boxed{} is cut off; an earlier one is never taken instead.'] };
  if (search.kind !== 'found') return { text, refusal: null };
  return { text: search.joined.length > 1 ? search.joined.map((box) => box.text).join(' , ') : search.box.text, refusal: null };
}

function refused(gold: string, rule: string, reason: string): Judgement {
  return { verdict: 'unverifiable', rule, reason, warnings: [], detail: blankDetail(gold) };
}

function blankDetail(gold: string): Detail {
  return { gold: gold.slice(0, 400), goldCanonical: '', answerCanonical: '', goldKind: 'unknown', answerKind: 'unknown' };
}

function judgeTexts(gold: string, answer: string, statement: string | null, options: MathOptions): Judgement {
  const refuse = (rule: string, reason: string): Judgement => refused(gold, rule, reason);
  if (gold.length > limits.inputLength) return refuse('limit.input', `The gold answer is longer than ${limits.inputLength} characters.`);
  if (answer.length > limits.inputLength) return refuse('limit.input', `The answer is longer than ${limits.inputLength} characters.`);
  try {
    const [g, a] = [readAnswer(normalise(gold)), readAnswer(normalise(answer))];
    if (g.text === '') return refuse('gold.empty', 'The gold answer is empty, so nothing can be paid.');
    if (a.text === '') return refuse('answer.empty', 'The answer is empty.');
    return judgeAnswers(g, a, statement, options, blankDetail(gold));
  } catch (error) {
    if (error instanceof ParseError) return refuse('limit.parse', `Refused: ${error.message}.`);
    throw error;
  }
}

type Detail = Judgement['detail'];

function judgeAnswers(gold: Answer, answer: Answer, statement: string | null, options: MathOptions, blank: Detail): Judgement {
  const builder = new FormBuilder();
  const context: Context = {
    builder, fuel: { left: limits.fuel }, equal: (g, a) => sameAnswer(g, a, context), warnings: new Map(), rule: 'none', options,
  };
  const verdict = outcome(() => restricted(decideAnswers(gold, answer, context), gold, answer, statement, context));
  const detail: Detail = {
    gold: blank.gold,
    goldCanonical: gold.node === null ? wordsOf(gold) : describe(gold.node, builder),
    answerCanonical: answer.node === null ? wordsOf(answer) : describe(answer.node, builder),
    goldKind: gold.node === null ? (isText(gold) ? 'text' : 'unreadable') : kindOf(gold.node),
    answerKind: answer.node === null ? (isText(answer) ? 'text' : 'unreadable') : kindOf(answer.node),
  };
  return { ...verdict, warnings: [...context.warnings.values()], detail, reason: reasonOf(verdict, gold, answer, detail) };
}

/** What options and the statement make of a correct answer: its form, and whether it only hands the problem back. */
function restricted(decision: Decision, gold: Answer, answer: Answer, statement: string | null, context: Context): Decision {
  if (decision.verdict !== 'correct' || gold.node === null || answer.node === null) return decision;
  const { options } = context;
  if (options.asymmetricRelations && isRegion(answer.node) && answer.node.t !== 'seq' && answer.node.t !== 'setop' && answer.node.t !== gold.node.t) {
    warn(context, 'option.asymmetricRelations', 'An inequality is not accepted for a gold answer that is none.');
    return { verdict: 'incorrect', rule: 'asymmetric-relation' };
  }
  if (options.requiredForm && !sameForm(gold.node, answer.node)) {
    warn(context, 'option.requiredForm', 'The value is right, the form is not the gold answer\'s.');
    return { verdict: 'incorrect', rule: 'form' };
  }
  if (statement === null || decision.rule === 'identical' || decision.rule === 'same-notation' || !isHandedBack(statement, answer.text, gold.node, answer.node)) return decision;
  warn(context, options.refuseHandedBack ? 'option.refuseHandedBack' : 'handed-back', 'The answer quotes an expression of the problem without simplifying it.');
  return options.refuseHandedBack ? { verdict: 'incorrect', rule: 'handed-back' } : decision;
}

interface Decision {
  readonly verdict: Judgement['verdict'];
  readonly rule: string;
}

function outcome(decideNow: () => Decision): Decision {
  try {
    return decideNow();
  } catch (error) {
    if (error instanceof Undefined) return { verdict: 'incorrect', rule: 'undefined' };
    if (error instanceof OutOfFuel) return { verdict: 'unverifiable', rule: 'limit.steps' };
    throw error;
  }
}

/** `labelled`: the gold may be an option with its letter. */
function decideAnswers(gold: Answer, answer: Answer, context: Context, labelled = true): Decision {
  const decision = (equal: boolean): Decision => ({ verdict: equal ? 'correct' : 'incorrect', rule: context.rule });
  if (gold.text === answer.text) {
    if (gold.node !== null && isUndefined(gold.node, context)) return { verdict: 'incorrect', rule: 'undefined' };
    if (gold.node === null && !/[\p{L}\p{N}]/u.test(gold.text) && signOf(gold) === null) return { verdict: 'unverifiable', rule: 'gold.unreadable' };
    return { verdict: 'correct', rule: 'identical' };
  }
  if (sameTokens(gold, answer)) {
    if (gold.node !== null && isUndefined(gold.node, context)) return { verdict: 'incorrect', rule: 'undefined' };
    return { verdict: 'correct', rule: 'same-notation' };
  }
  const sign = signOf(gold);
  if (sign !== null) return { verdict: isSign(answer, sign) ? 'correct' : 'incorrect', rule: 'sign' };
  const choice = labelled ? decideChoice(gold, answer, context) : null;
  if (choice !== null) return choice;
  if (areDifferentDenials(gold, answer)) return { verdict: 'incorrect', rule: 'text.denial' };
  const [g, a] = [meaningNode(gold), meaningNode(answer)];
  if (g !== null && a !== null) {
    if (sameNodes(gold, answer, g, a, context)) return decision(true);
    const { rule } = context;
    if (sameOtherwise(gold, answer, context)) return decision(true);
    const option = decideOption(gold, answer, context, labelled);
    if (option !== null) return option;
    return isUnevaluated(g) === isUnevaluated(a) ? { verdict: 'incorrect', rule } : { verdict: 'unverifiable', rule: 'unevaluated' };
  }
  const option = g === null || a === null ? decideOption(gold, answer, context, labelled) : null;
  if (option !== null) return option;
  if (sameDivisibility(gold, answer, context)) return decision(true);
  if ((isText(gold) || isText(answer)) && (sameText(gold, answer, context) || sameProperty(gold, answer))) return decision(true);
  if (sameOtherwise(gold, answer, context)) return decision(true);
  if (g === null && !isText(gold)) return { verdict: 'unverifiable', rule: 'gold.unreadable' };
  if (a === null && !isText(answer)) return { verdict: 'unverifiable', rule: 'answer.unreadable' };
  if (g === null && a === null && wordsOf(gold).split(' ').length <= 2) return { verdict: 'incorrect', rule: 'text' };
  return { verdict: g !== null && a === null && wordsOf(answer).split(' ').length <= 2 ? 'incorrect' : 'unverifiable', rule: 'text.unreadable' };
}

/** `n \text{ is odd}` against `2k + 1`, `n \equiv 1 \pmod 2`: whole numbers that one side describes in words, the other in symbols. */
function sameDivisibility(gold: Answer, answer: Answer, context: Context): boolean {
  if ((gold.node === null) === (answer.node === null)) return false;
  const [g, a] = [gold.node ?? divisibilityOf(gold), answer.node ?? divisibilityOf(answer)];
  return g !== null && a !== null && symbols(gold.node ?? answer.node ?? g).size > 0 && sameNodes(gold, answer, g, a, context);
}

/** Integrals and limits are compared as they are written, never worked out. */
function isUnevaluated(node: Node): boolean {
  return contains(node, (part) => part.t === 'big' && (part.op === 'integral' || part.op === 'limit'));
}

/** Whether only spacing, sizes and fonts differ: the same symbols in the same order. */
function sameTokens(gold: Answer, answer: Answer): boolean {
  const [tokens, others] = [withoutAnnouncement(gold.tokens), withoutAnnouncement(answer.tokens)];
  if (tokens.length !== others.length) return false;
  if (!tokens.some((token) => token.kind !== 'op' && token.kind !== 'end')) return false;
  return tokens.every((token, index) => {
    const other = others[index];
    return other !== undefined && spelling(token.text) === spelling(other.text) && token.kind === other.kind;
  });
}

/** The tokens behind `The answer is`, without the full stop. */
function withoutAnnouncement(tokens: Answer['tokens']): Answer['tokens'] {
  const answer = tokens.findIndex((token) => token.text === 'answer');
  const start = answer !== -1 && answer < 3 && /^(?:is|:)$/.test(tokens[answer + 1]?.text ?? '') ? answer + 2 : 0;
  return tokens.at(-2)?.text === '.' || start > 0 ? tokens.slice(start).filter((token, index, rest) => !(token.text === '.' && index === rest.length - 2)) : tokens;
}

function spelling(text: string): string {
  return text === 'dfrac' || text === 'tfrac' || text === 'cfrac' ? 'frac' : text;
}

/** A gold option decides by its letter, or by the text behind the letter where the answer names none; null when it is none. */
function decideChoice(gold: Answer, answer: Answer, context: Context): Decision | null {
  const wanted = goldChoice(gold);
  if (wanted === null) return null;
  const given = choiceOf(answer);
  if (given !== null) return { verdict: wanted.letter === given.letter ? 'correct' : 'incorrect', rule: 'choice' };
  if (wanted.content !== null) return decideAnswers(readAnswer(normalise(gold.text.slice(wanted.content))), answer, context, false);
  return answer.node === null || answer.node.t !== 'sym' ? { verdict: 'unverifiable', rule: 'choice.value' } : null;
}

/** `(E) ellipse` for a gold that is no option: the text behind the letter is the answer. Null where it is not the gold's. */
function decideOption(gold: Answer, answer: Answer, context: Context, labelled: boolean): Decision | null {
  const content = labelled ? choiceOf(answer)?.content ?? null : null;
  if (content === null) return null;
  const decision = decideAnswers(gold, readAnswer(normalise(answer.text.slice(content))), context, false);
  return decision.verdict === 'correct' ? decision : null;
}

/** The tree of an answer, or what its words mean: nothing, infinity, a number. */
function meaningNode(answer: Answer): Node | null {
  if (answer.node !== null) return answer.node;
  if (!isText(answer)) return null;
  const set = setOfNumbers(answer);
  if (set !== null) return set;
  const meaning = meaningOf(wordsOf(answer));
  if (meaning === '(nothing)') return { t: 'named', name: 'empty' };
  if (meaning === '(infinity)') return { t: 'const', name: 'inf' };
  if (meaning === '(-infinity)') return { t: 'neg', a: { t: 'const', name: 'inf' } };
  if (meaning === 'half') return num(rational(1n, 2n));
  return /^\d+$/.test(meaning) ? num(integer(BigInt(meaning))) : severalLetters(answer);
}

const DOTS = /dots|\.{3}/;

function sameNodes(gold: Answer, answer: Answer, goldNode: Node, answerNode: Node, context: Context): boolean {
  if (!sameConditions(gold, answer, context)) return false;
  const [g, a] = [withoutName(goldNode, answerNode), withoutName(answerNode, goldNode)];
  if (sameAnswer(g, a, context)) return true;
  const { rule } = context;
  if (DOTS.test(gold.text) || DOTS.test(answer.text)) {
    const [sum, given] = [withoutDots(g, context), withoutDots(a, context)];
    if ((sum !== g || given !== a) && sameAnswer(sum, given, context)) return true;
  }
  const bare = unlabelled(g, a);
  const renamed = renamedParameter(bare, unlabelled(a, g), declaredNames(gold, answer));
  if (renamed !== null && sameAnswer(bare, renamed, context)) {
    warn(context, 'parameter-renamed', 'The parameter has another name.');
    return true;
  }
  context.rule = rule;
  return false;
}

/**
 * `\text{Area} = 24`: a name for the whole answer says nothing beside one that has none, or has the same in fewer words; nor
 * does the name of a set, `S = (2, 5)`.
 */
function withoutName(node: Node, other: Node): Node {
  if (node.t === 'rel' && node.ops[0] === '=' && node.items.length === 2 && node.items[0]?.t === 'sym' && node.items[1] !== undefined && isRegion(node.items[1]) && other.t !== 'rel') return node.items[1];
  const [name, foreign] = [nameOf(node), nameOf(other)];
  if (name === null || node.t !== 'rel') return node;
  const [words, others] = [name.split(' '), foreign?.split(' ') ?? []];
  const within = (part: readonly string[], whole: readonly string[]): boolean => part.every((word) => whole.includes(word));
  // Names in symbols must be the same: P(A) is not P(A | B).
  const same = /^\p{L}{3}/u.test(name) ? within(words, others) || within(others, words) : within(words, others) && within(others, words);
  return foreign === null || same ? statedValue(node)?.value ?? node : node;
}

function nameOf(node: Node): string | null {
  return node.t === 'rel' && node.items[0]?.t === 'text' && isEquation(node) ? node.items[0].words : null;
}

/**
 * The right side of an assignment to a tuple, or of any assignment when the other side is none; else the node. `x = a, b, c` is a
 * list of values of x.
 */
function unlabelled(node: Node, other: Node): Node {
  const first = node.t === 'seq' && node.open === '' ? node.items[0] : undefined;
  if (node.t === 'seq' && first?.t === 'rel' && first.items[0]?.t === 'sym' && isEquation(first) && other.t === 'seq' && [...node.items.slice(1), ...other.items].every((item) => item.t !== 'rel')) {
    return { ...node, items: [statedValue(first)?.value ?? first, ...node.items.slice(1)] };
  }
  const stated = node.t === 'rel' && isEquation(node) ? statedValue(node) : null;
  return stated !== null && (stated.name?.t === 'seq' || other.t !== 'rel') ? stated.value : node;
}

/** The names whose set a side tells, and the other does not use otherwise: parameters, whose names do not matter. */
function declaredNames(gold: Answer, answer: Answer): ReadonlySet<string> {
  const names = (side: Answer): string[] => side.conditions.flatMap((condition) => (condition.kind === 'domain' ? condition.names : []));
  const given = new Set(names(answer));
  return new Set([...given, ...names(gold).filter((name) => !given.has(name))]);
}

/** Whether the two are equal in another reading of what can be read in two ways. */
function sameOtherwise(gold: Answer, answer: Answer, context: Context): boolean {
  const { rule } = context;
  for (const other of otherReadings(gold, answer)) {
    if (other.gold.node === null || other.answer.node === null || !sameNodes(other.gold, other.answer, other.gold.node, other.answer.node, context)) continue;
    warn(context, other.code, other.message);
    return true;
  }
  context.rule = rule;
  return false;
}

function reasonOf(decision: Decision, gold: Answer, answer: Answer, detail: Detail): string {
  const short = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}...` : text);
  if (decision.verdict === 'correct') {
    if (decision.rule === 'identical') return 'The answer is written exactly as the gold answer.';
    return detail.goldCanonical === detail.answerCanonical
      ? `Both are ${short(detail.goldCanonical)}.`
      : `The answer ${short(detail.answerCanonical)} equals the gold answer ${short(detail.goldCanonical)}.`;
  }
  if (decision.rule === 'answer.unreadable' && answer.error !== null) return `The answer cannot be read: ${answer.error.message}.`;
  if (decision.rule === 'gold.unreadable' && gold.error !== null) return `The gold answer cannot be read: ${gold.error.message}.`;
  if (decision.rule === 'limit.steps') return 'Comparing would take more steps than allowed.';
  if (decision.rule === 'undefined') return 'One side does not exist (a division by zero or 0^0), so it equals nothing.';
  if (decision.rule === 'unevaluated') return 'One side is an integral or a limit that is not worked out; the verifier does not work it out.';
  if (decision.rule === 'choice.value') return 'The gold answer is the letter of an option, the answer is not a letter.';
  if (decision.verdict === 'unverifiable') return `The words of the answer cannot be compared with the gold answer ${short(detail.goldCanonical)}.`;
  return `The answer ${short(detail.answerCanonical)} is not the gold answer ${short(detail.goldCanonical)}.`;
}
