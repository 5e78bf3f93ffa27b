import { renameSymbol } from '../canonical/substitute.ts';
import { children, contains, symbols, type Node } from '../parse/ast.ts';

/** Letters that number or run through a family: `k\pi`, `(1 + 2t, 3 - t)`. */
const PARAMETERS: ReadonlySet<string> = new Set(['k', 'n', 'm', 'l', 'j', 't', 's', 'r', 'u', 'z', '\\lambda', '\\mu', 'k_1', 'n_1']);
/** Letters that count periods. */
const COUNTERS: ReadonlySet<string> = new Set(['k', 'n', 'm', 'l', 'j', 'z', 'k_1', 'n_1']);
/** Names of a constant of integration. */
const CONSTANTS: ReadonlySet<string> = new Set(['C', 'c', 'K', 'k', 'C_1', 'c_1', 'C_0', 'c_0']);
const DECLARATION = /\\in\b|\\forall|\\mathbb|integer|natural|whole|real|rational|constant|arbitrary|\b(?:any|all|every|some|each)\b|positive|целое/;

/**
 * The answer with its one foreign symbol renamed to the gold's, where both are parameters: declared by a condition, running
 * through a family, or added as a constant of integration. Null where a symbol means what the problem named: a letter of a
 * list, a point, the left side of an equation.
 */
export function renamedParameter(gold: Node, answer: Node, declared: ReadonlySet<string>): Node | null {
  const [known, used] = [symbols(gold), symbols(answer)];
  const numbered = renamedConstants(known, used, answer);
  if (numbered !== null) return numbered;
  const missing = [...known].filter((name) => !used.has(name) && !isUnknown(gold, name));
  const foreign = [...used].filter((name) => !known.has(name) && !isUnknown(answer, name));
  const [to, from] = [missing[0], foreign[0]];
  if (missing.length !== 1 || foreign.length !== 1 || to === undefined || from === undefined || isNamed(gold, to) || isNamed(answer, from)) return null;
  const isDeclared = declared.has(to) || declared.has(from) || belongs(gold, to) || belongs(answer, from);
  const family = runsThrough(gold, to) && runsThrough(answer, from);
  const plain = (name: string): boolean => /^(?:[a-z]|\\[a-z]+)(?:_.*)?$/.test(name);
  const constants = CONSTANTS.has(to) && CONSTANTS.has(from);
  if (plain(to) && plain(from) && (isDeclared || family)) return renameSymbol(answer, from, to);
  if (constants && (isDeclared || (/C/.test(to + from) && isAddedConstant(gold, to) && isAddedConstant(answer, from)))) return renameSymbol(answer, from, to);
  return null;
}

/** Constants that a solution numbers, `c_1 e^x + c_2 e^{-x}`, in the gold's spelling; null where their numbers differ or there are others. */
function renamedConstants(known: ReadonlySet<string>, used: ReadonlySet<string>, answer: Node): Node | null {
  const [missing, foreign] = [[...known].filter((name) => !used.has(name)).sort(), [...used].filter((name) => !known.has(name)).sort()];
  const same = missing.length > 1 && missing.length === foreign.length && missing.every((name, index) => /^[Cc]_\d$/.test(name) && name.toLowerCase() === foreign[index]?.toLowerCase());
  if (!same || foreign.some((name) => isNamed(answer, name))) return null;
  return foreign.reduce((node, name, index) => renameSymbol(node, name, missing[index] ?? name), answer);
}

/** Whether a constant of integration is added; behind the letter before it, `a + b + c`, it is a name like the others. */
function isAddedConstant(node: Node, name: string): boolean {
  const before = String.fromCharCode(name.charCodeAt(0) - 1);
  return isAdded(node, name) && !symbols(node).has(before);
}

/** Whether the node is an inequality about the symbol: an interval for the same numbers does not name it. */
function isUnknown(node: Node, name: string): boolean {
  return node.t === 'rel' && node.ops.every((op) => /^[<>]/.test(op) || op === 'in') && node.items.some((item) => item.t === 'sym' && item.name === name);
}

/** Whether the symbol stands alone on a side of an equation: then it names a value. */
function isNamed(node: Node, name: string): boolean {
  return contains(node, (part) => part.t === 'rel' && part.items.some((item) => item.t === 'sym' && item.name === name) && !part.ops.some((op) => op === 'in'));
}

/** Whether a relation inside a set says what kind of number the symbol is. */
function belongs(node: Node, name: string): boolean {
  return contains(node, (part) => part.t === 'rel' && part.ops[0] === 'in' && part.items[0]?.t === 'sym' && part.items[0].name === name);
}

/** The symbols of a node that a condition says the kind of: `where k is an integer`. */
export function declaredNames(node: Node, condition: string): string[] {
  if (!DECLARATION.test(condition)) return [];
  return [...symbols(node)].filter((name) => new RegExp(`(?<![A-Za-z\\\\])${name.replace(/[\\^$*+?.()|[\]{}]/g, '\\$&')}(?![A-Za-z])`).test(condition));
}

/** Whether the symbol runs through a family: the coordinates of a tuple, a line in parameters, multiples of a period. */
function runsThrough(node: Node, name: string): boolean {
  return isCurve(node, name) || isLine(node, name) || (COUNTERS.has(name) && isPeriodic(node, name));
}

/** Tuples and vectors whose only symbol it is, or one of whose parameters it is, in several coordinates; also a list of such. */
function isCurve(node: Node, name: string): boolean {
  if (node.t === 'seq' && (node.open === '' || node.open === '{')) {
    return PARAMETERS.has(name) && symbols(node).size === 1 && node.items.every((item) => isTuple(item));
  }
  if (!isTuple(node)) return false;
  const coordinates = children(node).filter((item) => symbols(item).has(name)).length;
  return coordinates > 1 ? symbols(node).size === 1 || PARAMETERS.has(name) : symbols(node).size === 1 && PARAMETERS.has(name);
}

function isTuple(node: Node): boolean {
  return (node.t === 'matrix' && (node.rows.length === 1 || node.rows.every((row) => row.length === 1))) || (node.t === 'seq' && node.items.length > 1 && (node.open === '(' || node.open === '<' || node.open === '['));
}

/** `x = 1 + 2t, y = 3 - t` */
function isLine(node: Node, name: string): boolean {
  if (node.t !== 'seq' || node.open !== '' || !PARAMETERS.has(name)) return false;
  const using = node.items.filter((item) => symbols(item).has(name));
  return using.length > 1 && node.items.every((item) => item.t === 'rel' && item.ops.length === 1 && item.ops[0] === '=' && item.items[0]?.t === 'sym');
}

/** Whether the symbol only counts periods: each time it is multiplied by pi or by degrees, and to no power. */
function isPeriodic(node: Node, name: string): boolean {
  if (!symbols(node).has(name)) return true;
  if (node.t === 'sym') return false;
  const period = node.t === 'degree' || (node.t === 'mul' && node.items.some((item) => contains(item, (part) => (part.t === 'const' && part.name === 'pi') || part.t === 'degree')));
  return period ? isLinear(node, name) : children(node).every((part) => isPeriodic(part, name));
}

function isLinear(node: Node, name: string): boolean {
  if (!symbols(node).has(name) || node.t === 'sym') return true;
  if (node.t === 'div') return isLinear(node.a, name) && !symbols(node.b).has(name);
  return ['add', 'mul', 'neg', 'degree'].includes(node.t) && children(node).every((part) => isLinear(part, name));
}

/** Whether the symbol is added once, and occurs nowhere else. */
export function isAdded(node: Node, name: string): boolean {
  const sums: Node[] = [];
  let occurrences = 0;
  contains(node, (part) => {
    if (part.t === 'sym' && part.name === name) occurrences++;
    if (part.t === 'add' && part.items.some((item) => item.t === 'sym' && item.name === name)) sums.push(part);
    return false;
  });
  return occurrences === 1 && sums.length === 1;
}
