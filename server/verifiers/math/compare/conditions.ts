import { symbols, type Node } from '../parse/ast.ts';
import type { Answer } from '../parse/answer.ts';
import type { Condition, NumberSet } from '../parse/conditions.ts';
import { DENIALS } from '../parse/vocabulary.ts';
import { decide, warn, type Context } from './context.ts';

/** All that a response may say about its own value: any other sentence might take it back. */
const PLAIN = /^(?:is|are|was|were|the|our|a|an|and|only|unique|final|correct|right|required|desired|possible|smallest|largest|minimum|maximum|answers?|solutions?|values?|results?|ones?|that|works?|satisfy|satisfies|it|all)$/;

/**
 * Conditions beside the values. Both sides must state the same ones. Where one side says nothing, a mere declaration of a
 * parameter's set may be left out (`k \in \mathbb Z`, `for some constant C`); so may, on the gold's side alone, the domain of
 * a function's argument.
 */
export function sameConditions(gold: Answer, answer: Answer, context: Context): boolean {
  if (gold.conditions.length + answer.conditions.length === 0) return true;
  const rest = separate(answer.conditions);
  const missing = separate(gold.conditions).filter((condition) => {
    const index = rest.findIndex((other) => sameCondition(condition, other, gold, answer, context));
    if (index !== -1) rest.splice(index, 1);
    return index === -1;
  });
  const said = new Set(gold.conditions.map((condition) => (condition.kind === 'remark' ? condition.words : '')));
  const denied = gold.conditions.some((condition) => condition.kind === 'remark' && isDenial(condition.words))
    || answer.conditions.some((condition) => condition.kind === 'remark' && !said.has(condition.words) && !condition.words.split(' ').every((word) => PLAIN.test(word)));
  const contradicted = missing.length > 0 && rest.length > 0;
  if (denied || contradicted || !missing.every((each) => mayBeSilent(each, gold.node, true)) || !rest.every((each) => mayBeSilent(each, answer.node, false))) return decide(context, 'condition', false);
  if (missing.length + rest.length > 0) warn(context, 'condition-dropped', 'Only one side says which numbers a name stands for.');
  return true;
}

/** What is no remark, with one condition for every name. */
function separate(conditions: readonly Condition[]): Condition[] {
  return conditions.flatMap((condition): Condition[] => (condition.kind === 'remark' ? [] : condition.kind === 'domain' ? condition.names.map((name) => ({ ...condition, names: [name] })) : [condition]));
}

/** Words that deny the value they speak of, or bind it to something. */
function isDenial(words: string): boolean {
  return words.split(' ').some((word) => DENIALS.has(word));
}

function sameCondition(a: Condition, b: Condition, gold: Answer, answer: Answer, context: Context): boolean {
  if (a.kind === 'domain' && b.kind === 'domain') return sameSet(a.set, b.set) && speakOfTheSame(a.names, b.names, gold, answer);
  if (a.kind === 'relation' && b.kind === 'relation') return speakOfTheSame([...symbols(a.node)], [...symbols(b.node)], gold, answer) && context.equal(a.node, b.node);
  return a.kind === 'words' && b.kind === 'words' && a.words === b.words;
}

/** The same names, or names of parameters that the other side does not use: `k` here, `n` there. */
function speakOfTheSame(names: readonly string[], others: readonly string[], gold: Answer, answer: Answer): boolean {
  if (names.length !== others.length) return false;
  if (names.every((name) => others.includes(name))) return true;
  const [used, given] = [gold.node === null ? null : symbols(gold.node), answer.node === null ? null : symbols(answer.node)];
  return used !== null && given !== null && names.every((name) => used.has(name) && !given.has(name)) && others.every((name) => given.has(name) && !used.has(name));
}

/** `\mathbb N` may begin with 0 or 1. */
function sameSet(a: NumberSet, b: NumberSet): boolean {
  const natural = (set: NumberSet): boolean => set === 'N' || set === 'positive' || set === 'nonnegative';
  return a === b || (a === 'N' && natural(b)) || (b === 'N' && natural(a));
}

/** Whether the other side need not repeat a condition on this value. */
function mayBeSilent(condition: Condition, value: Node | null, gold: boolean): boolean {
  if (value === null || value.t === 'sym') return false;
  if (condition.kind === 'domain') return condition.set !== 'other' && !isOnlyName(value, condition.names);
  if (condition.kind !== 'relation') return false;
  return gold ? isDomain(symbols(condition.node), value) : isDomainOfArgument(condition.node, value);
}

/** An inequality in one name: a set for that name changes what it says. */
function isOnlyName(value: Node, names: readonly string[]): boolean {
  const used = symbols(value);
  return value.t === 'rel' && value.ops.some((op) => op !== '=' && op !== 'approx' && op !== 'congruent') && [...used].every((name) => names.includes(name));
}

/**
 * `for all x \in \mathbb Q_{>0}` behind `f(x) = 2`: a whole half of the numbers as the domain of the function, which the
 * problem has told. An inequality there would say less than the gold does.
 */
function isDomainOfArgument(node: Node, value: Node): boolean {
  const [head] = value.t === 'rel' ? value.items : [];
  const [name, set] = node.t === 'rel' && node.ops.length === 1 && node.ops[0] === 'in' ? node.items : [];
  if (head?.t !== 'app' || name?.t !== 'sym' || set === undefined || !symbols(head).has(name.name)) return false;
  return set.t === 'sym' || (set.t === 'seq' && set.items.some((item) => item.t === 'const' && item.name === 'inf'));
}

/** Whether names are arguments of a function: of `f(x) = ...`, of `y = ...`, of a bare expression, but no constants of it. */
function isDomain(names: ReadonlySet<string>, value: Node): boolean {
  const [head] = value.t === 'rel' ? value.items : [];
  if (value.t === 'seq' || (head !== undefined && head.t !== 'app' && !(head.t === 'sym' && /^(?:y|.*_.*)$/.test(head.name)))) return false;
  const used = symbols(head?.t === 'app' ? head : value);
  return names.size > 0 && [...names].every((name) => used.has(name));
}
