import { renameSymbol, replaceSymbol } from '../canonical/substitute.ts';
import { integer } from '../arithmetic/rational.ts';
import { num, symbols, type Node } from '../parse/ast.ts';
import { decide, warn, type Context } from './context.ts';
import { isAdded } from './renaming.ts';
import { sameValue } from './values.ts';

/** The constant of integration, and a second place at which an antiderivative is taken; no answer can write the latter. */
const CONSTANT = 'C';
const ELSEWHERE = '\u2026';

/**
 * Whether two antiderivatives `F(x) + C` and `G(x) + C` differ by a number, which the constant takes up: then F and G have the same
 * differences, F(x) - F(y) = G(x) - G(y) for all x and y.
 */
export function sameAntiderivative(gold: Node, answer: Node, context: Context): boolean {
  const variable = variableOf(gold);
  if (variable === null || variableOf(answer) !== variable) return false;
  const difference = (node: Node): Node => {
    const bare = replaceSymbol(node, CONSTANT, num(integer(0)));
    return { t: 'add', items: [bare, { t: 'neg', a: renameSymbol(bare, variable, ELSEWHERE) }] };
  };
  if (!sameValue(difference(gold), difference(answer), context)) return false;
  warn(context, 'constant-absorbed', 'The values differ by a number, which the constant of integration takes up.');
  return decide(context, 'antiderivative', true);
}

/** The only variable of a sum with the constant C; null where there are more names or no such constant. */
function variableOf(node: Node): string | null {
  const names = [...symbols(node)].filter((name) => name !== CONSTANT);
  const [variable] = names;
  const added = node.t === 'add' && node.items.some((item) => item.t === 'sym' && item.name === CONSTANT) && isAdded(node, CONSTANT);
  return added && names.length === 1 && variable !== undefined && /^(?:[a-z]|\\[a-z]+)$/.test(variable) ? variable : null;
}
