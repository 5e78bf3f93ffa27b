import { mapChildren, type Node } from '../parse/ast.ts';

/** The node with every free symbol `from` renamed. */
export function renameSymbol(node: Node, from: string, to: string): Node {
  return replaceSymbol(node, from, { t: 'sym', name: to });
}

/** The node with every free symbol `name` replaced by another node. */
export function replaceSymbol(node: Node, name: string, by: Node): Node {
  if (node.t === 'sym') return node.name === name ? by : node;
  if (node.t === 'const') return node.name === name ? by : node;
  if (node.t === 'big' && node.variable === name) return node;
  return mapChildren(node, (part) => replaceSymbol(part, name, by));
}
