import { isPaired, symbols, type Node } from '../parse/ast.ts';

type Relation = Node & { t: 'rel' };

export function isEquation(node: Node): node is Relation {
  return node.t === 'rel' && node.ops.every((op) => op === '=' || op === 'approx');
}

/** Functions whose value for given names is a quantity of its own: `\gcd(a, b)`, `\max f(x)`. */
const QUANTITIES: ReadonlySet<string> = new Set(['gcd', 'lcm', 'min', 'max', 're', 'im', 'argument', 'det']);
const TRIGONOMETRIC: ReadonlySet<string> = new Set(['sin', 'cos', 'tan', 'cot', 'sec', 'csc']);

/**
 * Whether a left side only names the value on the right: a symbol, `f(x)`, words, a tuple or vector of names, a quantity of
 * geometry (`AB`, `\angle ABC`, `\cos A`), of sets (`A \cup B`), of vectors. What computes with an unknown is no name:
 * `|x|`, `x^2`, `2x`, `\sin x` have other values than x.
 */
export function isLabel(node: Node): boolean {
  switch (node.t) {
    case 'sym': case 'text': return true;
    case 'app': return /^(?:P|E|Pr|Var)$/.test(node.name) || node.args.every((arg) => isLabel(arg) || symbols(arg).size === 0);
    case 'const': return node.name === 'e' || node.name === 'i';
    case 'seq': return isPaired(node) && node.items.length > 0 && node.items.every(isLabel);
    case 'matrix': return node.rows.length > 0 && node.rows.every((row) => row.every(isLabel));
    case 'unit': case 'degree': return isLabel(node.a);
    case 'setop': return isSetName(node.a) && isSetName(node.b);
    case 'mul': return isCall(node.items) || isChange(node.items) || isSegment(node) || isDotProduct(node.items);
    case 'div': return [node.a, node.b].every(isMeasure);
    case 'ratio': return node.items.every(isMeasure) || isRatioOfNames(node.items);
    case 'fn': return isQuantity(node.name, node.args);
    case 'pow': return isInverse(node);
    default: return false;
  }
}

/** `B^{-1}`, `A^T`, `\begin{pmatrix}1&2\\3&4\end{pmatrix}^{-1}`: a matrix made of another one. */
function isInverse({ a, b }: Node & { t: 'pow' }): boolean {
  const inverse = b.t === 'neg' && b.a.t === 'num' && b.a.value.n === 1n && b.a.value.d === 1n;
  return (a.t === 'matrix' || (a.t === 'sym' && /^[A-Z]$/.test(a.name))) && (inverse || (b.t === 'sym' && b.name === 'T'));
}

function isQuantity(name: string, args: readonly Node[]): boolean {
  const [only] = args;
  if (only === undefined) return false;
  // The length of AB, the number of elements of S: not the absolute value of an unknown.
  if (name === 'abs') return isSegment(only) || isVector(only) || isSetName(only);
  if (TRIGONOMETRIC.has(name)) return args.length === 1 && (isSegment(only) || (only.t === 'sym' && /^(?:[A-Z]|\\)/.test(only.name)));
  if (!QUANTITIES.has(name)) return false;
  return args.length > 1 ? args.every(isLabel) : only.t === 'app' || isSegment(only) || name === 'det' || name === 're' || name === 'im' || name === 'argument';
}

/** `AB`, `ABC`, `\triangle ABC`: capital letters that name points, in a row. */
function isSegment(node: Node): boolean {
  const items = node.t === 'mul' ? node.items : [node];
  const names = items.map((item) => (item.t === 'sym' ? item.name : ''));
  return names.length <= 4 && names.every((name) => /^(?:\\(?:triangle|angle) .*|[A-Z](?:_.*|')?)$/.test(name)) && (names.length > 1 || /^\\/.test(names[0] ?? ''));
}

/** A length, an area, a name in capitals: what stands in a ratio of quantities. */
function isMeasure(node: Node): boolean {
  return node.t === 'sym' ? /^[A-Z]/.test(node.name) : isLabel(node);
}

/** `a : b : c`: different unknowns. */
function isRatioOfNames(items: readonly Node[]): boolean {
  return items.every((item) => item.t === 'sym') && new Set(items.map((item) => (item.t === 'sym' ? item.name : ''))).size === items.length;
}

function isSetName(node: Node): boolean {
  return node.t === 'setop' ? isLabel(node) : node.t === 'sym' && /^[A-Z]/.test(node.name);
}

function isVector(node: Node): boolean {
  return node.t === 'sym' && /^(?:vec|overrightarrow|overline) /.test(node.name);
}

function isDotProduct(items: readonly Node[]): boolean {
  return items.length === 2 && items.every(isVector);
}

/** `\Delta p` */
function isChange(items: readonly Node[]): boolean {
  return items.length === 2 && items[0]?.t === 'sym' && items[0].name === '\\Delta' && items[1]?.t === 'sym';
}

/** `T(10)`: a capital before a number in parentheses, read as a product. */
function isCall(items: readonly Node[]): boolean {
  return items.length === 2 && items[0]?.t === 'sym' && /^[A-Z]/.test(items[0].name) && items[1]?.t === 'num';
}

/** Whether a relation gives its left side a value that does not depend on it. */
export function isAssignment(node: Node): boolean {
  const [first, ...rest] = node.t === 'rel' ? node.items : [];
  if (!isEquation(node) || first === undefined || !isLabel(first)) return false;
  const names = first.t === 'app' ? new Set([first.name]) : symbols(first);
  return rest.every((item) => {
    const used = symbols(item);
    return ![...names].some((name) => used.has(name));
  });
}

/**
 * The value that an equation states: the right side of an assignment, the last member of a chain, the constant side of
 * `5 = x`. Null for an equation between expressions, which states none.
 */
export function statedValue(node: Relation): { value: Node; rounded: Node | null; name: Node | null } | null {
  const approx = node.ops.indexOf('approx');
  const last = node.items[approx === -1 ? node.items.length - 1 : approx];
  const [first] = node.items;
  if (first === undefined || last === undefined) return null;
  if (first.t === 'seq' && last.t === 'seq' && last.open === '(' && first.items.length !== last.items.length) return null;
  const rounded = approx === -1 ? null : node.items[approx + 1] ?? null;
  const second = node.items[1];
  if (approx === 0 && isLabel(first) && second !== undefined) return { value: second, rounded: null, name: first };
  if (approx === 0) return { value: first, rounded, name: isLabel(first) ? first : null };
  if (isAssignment(node)) return { value: last, rounded, name: first };
  const constant = (item: Node): boolean => symbols(item).size === 0 && item.t !== 'seq';
  // What an integral or a limit is worked out to.
  if (first.t === 'big' && constant(last)) return { value: last, rounded, name: null };
  if (node.items.every(constant)) return { value: last, rounded, name: null };
  if (node.items.length >= 3 && constant(last) && !(first.t === 'num')) return { value: last, rounded, name: isLabel(first) ? first : null };
  // x = y = z = v: every member but the last is a label.
  if (node.items.slice(0, -1).every(isLabel)) return { value: last, rounded, name: first };
  if (node.items.length === 2 && isLabel(last) && constant(first)) return { value: first, rounded, name: last };
  return null;
}

/** `A(1, 2)`: a capital that names a point, and the point; null for anything else. */
export function namedPoint(node: Node): { name: string; point: Node } | null {
  if (node.t === 'app') {
    if (node.args.length < 2 || !/^[A-Z]/.test(node.name)) return null;
    return { name: node.name, point: { t: 'seq', open: '(', close: ')', items: node.args } };
  }
  const [name, point] = node.t === 'mul' && node.items.length === 2 ? node.items : [];
  return name?.t === 'sym' && /^[A-Z]/.test(name.name) && point?.t === 'seq' ? { name: name.name, point } : null;
}
