import { sym, type Node } from './ast.ts';

/** `d`, `\partial`, with its power. */
function differential(node: Node | undefined): { mark: string; order: number } | null {
  if (node?.t === 'sym' && (node.name === 'd' || node.name === '\\partial')) return { mark: node.name === 'd' ? 'd' : '\\partial ', order: 1 };
  const inner = node?.t === 'pow' && node.b.t === 'num' && node.b.value.d === 1n ? differential(node.a) : null;
  return inner === null || node?.t !== 'pow' || node.b.t !== 'num' ? null : { ...inner, order: Number(node.b.value.n) };
}

/**
 * A derivative in Leibniz' notation as a symbol of its own, for `\frac{dy}{dx}` is no quotient of products in which d
 * cancels: `y'` for the derivative of y by x, `dx/dt` for others. Null for any other fraction.
 */
export function derivative(top: Node, bottom: Node): Node | null {
  const [upper, ...of] = top.t === 'mul' ? top.items : [top];
  const [lower, by, ...more] = bottom.t === 'mul' ? bottom.items : [];
  const [d, e] = [differential(upper), differential(lower)];
  const variable = by?.t === 'pow' && by.b.t === 'num' ? by.a : by;
  const order = by?.t === 'pow' && by.b.t === 'num' ? Number(by.b.value.n) : 1;
  const [name] = of;
  if (d === null || e === null || d.mark !== e.mark || e.order !== 1 || variable?.t !== 'sym' || more.length > 0 || of.length > 1 || order !== d.order || (name !== undefined && name.t !== 'sym')) return null;
  if (name?.name === 'y' && variable.name === 'x' && d.mark === 'd' && order <= 3) return sym(`y${"'".repeat(order)}`);
  const power = order === 1 ? '' : `^${order}`;
  return sym(`${d.mark}${power}${name?.name ?? ''}/${e.mark}${variable.name}${power}`);
}
