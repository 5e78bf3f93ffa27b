import { integer } from '../arithmetic/rational.ts';
import { readAnswer, type Answer } from '../parse/answer.ts';
import { num, sym, type Node } from '../parse/ast.ts';

/** A property that numbers are said to have, without the words that only say so. */
interface Property {
  /** The numbers' name, or empty. */
  readonly name: string;
  /** The words that matter, in order of the alphabet. */
  readonly words: string;
  /** The text speaks of every such number: `all integers n`. */
  readonly general: boolean;
}

const NOISE = new Set('set all any every each the a an is are be must can number such that'.split(' '));
const KNOWN = /\b(?:odd|even|prime|composite|positive|negative|nonnegative|integer|natural|real|rational|irrational|complex|divisible|multiple|square)\b/;
/** Properties that whole numbers alone have. */
const WHOLE = /\b(?:odd|even|prime|composite)\b/;

/** `all odd integers n`, `n is odd`: the property of numbers that a text names; null when it names none. */
export function propertyOf(answer: Answer): Property | null {
  const names = new Set<string>();
  const words: string[] = [];
  const general = answer.tokens.some((token) => token.kind === 'word' && /^(?:all|any|every|each)$/i.test(token.text));
  for (const token of answer.tokens) {
    if (token.kind === 'op' ? /^[.,;:{}"]$/.test(token.text) : token.kind === 'end') continue;
    const word = token.text.toLowerCase();
    if (token.kind === 'id' && word !== 'a') names.add(token.text);
    else if (token.kind === 'num' || token.kind === 'op') words.push(token.text);
    else {
      const singular = word.length > 3 ? word.replace(/s$/, '') : word;
      if (!NOISE.has(singular) && !NOISE.has(word)) words.push(singular);
    }
  }
  const whole = WHOLE.test(words.join(' '));
  if (words[0] === 'of') words.shift();
  const kept = whole ? words.filter((word) => word !== 'integer') : words;
  const text = kept.join(' ');
  return names.size > 1 || !KNOWN.test(text) ? null : { general, name: [...names][0] ?? '', words: kept.length <= 3 ? [...kept].sort().join(' ') : text };
}

/** Whether two texts give numbers the same property; a name that only one side uses does not matter. */
export function sameProperty(gold: Answer, answer: Answer): boolean {
  const [g, a] = [propertyOf(gold), propertyOf(answer)];
  return g !== null && a !== null && g.words === a.words && (g.name === a.name || g.name === '' || a.name === '' || (g.general && a.general));
}

/**
 * The congruence that says what a text does of a whole number: `odd n`, `n not divisible by 3`, `multiples of 4`. Null for any
 * other text.
 */
export function divisibilityOf(answer: Answer): Node | null {
  const property = propertyOf(answer);
  const words = property?.words.replace(/^integer (?=\S)/, '') ?? '';
  const [, odd, even, times, divisor, denied] = /^(?:(odd)|(even)|(\d{1,4}) multiple of|(\d{1,4}) by divisible|(?:is )?not (?:divisible by|multiple of) (\d{1,4}))$/.exec(words) ?? [];
  const modulus = BigInt(odd ?? even ? 2 : times ?? divisor ?? denied ?? 0);
  if (property === null || modulus === 0n) return null;
  // A function may be odd or even, too.
  if (modulus === 2n && property.name === '' && !property.general && !/integer|number|multiple|divisible/i.test(answer.text)) return null;
  const whole = num(integer(modulus));
  const modulo = (value: Node): Node => ({ t: 'fn', name: 'mod', args: [value, whole] });
  const name = property.name === '' ? 'n' : property.name;
  return { t: 'rel', items: [modulo(sym(name)), modulo(num(integer(odd === undefined ? 0n : 1n)))], ops: [denied === undefined ? 'congruent' : 'not congruent'] };
}

const INFINITY: Node = { t: 'const', name: 'inf' };
const SETS: Readonly<Record<string, Node>> = {
  real: { t: 'named', name: 'R' }, integer: { t: 'named', name: 'Z' }, natural: { t: 'named', name: 'N' }, rational: { t: 'named', name: 'Q' }, complex: { t: 'named', name: 'C' },
  'integer positive': sym('Z positive'), 'integer nonnegative': sym('Z nonnegative'), 'positive real': { t: 'seq', open: '(', close: ')', items: [num(integer(0)), INFINITY] },
};

const EXCEPTING = /except|other than|excluding/;
/** `all real numbers except 5`: the words before and the values behind. */
const EXCEPT = /^(.*)\s(?:except(?: for)?|other than|excluding)\s+(.*)$/s;

/**
 * `all real numbers`, `all reals`, `positive integers`, `all reals except 5`: the set that a text names; null for any other
 * text.
 */
export function setOfNumbers(answer: Answer): Node | null {
  const [, words, values] = !EXCEPTING.test(answer.text) ? [] : EXCEPT.exec(answer.text.replace(/\\text\{([^{}]*)\}/g, ' $1 ').replaceAll('$', ' ')) ?? [];
  if (words !== undefined && values !== undefined) {
    const [whole, left] = [namedSet(readAnswer(words)), leftOut(readAnswer(values).node)];
    return whole === null || left === null ? null : { t: 'setop', op: 'minus', a: whole, b: left };
  }
  return namedSet(answer);
}

function namedSet(answer: Answer): Node | null {
  const property = propertyOf(answer);
  return property === null || (property.name !== '' && !property.general) ? null : SETS[property.words] ?? null;
}

/** The values that are left out of a set: `5`, `x = 5`, `2 \text{ and } 3`. */
function leftOut(node: Node | null): Node | null {
  if (node === null || (node.t === 'seq' && node.open === '(') || node.t === 'rel' && node.ops[0] !== '=') return null;
  const items = node.t === 'seq' ? node.items : [node];
  const values = items.map((item) => (item.t === 'rel' && item.items.length === 2 ? item.items[1] : item));
  return values.every((value) => value !== undefined) ? { t: 'seq', open: '{', close: '}', items: values } : null;
}
