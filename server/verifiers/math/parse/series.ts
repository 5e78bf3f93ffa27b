import { integer } from '../arithmetic/rational.ts';
import { mapChildren, num, sym, type Node } from './ast.ts';

/**
 * The body of a sum or product with its index as a plain symbol: `i` and `e` are no constants there, and a symbol whose
 * subscript is made of the index is a sequence at that index, `a_i` the function a of i.
 */
export function overIndex(body: Node, index: string): Node {
  if (body.t === 'const' && body.name === index) return sym(index);
  if (body.t === 'sym') return sequence(body.name, index) ?? body;
  if (body.t === 'big' && body.variable === index) return body;
  return mapChildren(body, (part) => overIndex(part, index));
}

function sequence(name: string, index: string): Node | null {
  const [, base = '', subscript = ''] = /^(.+?_)(.+)$/.exec(name) ?? [];
  // `x_{min}` is a name; indices are single letters.
  if (!subscript.includes(index) || /[a-zA-Z]{3,}|\\/.test(subscript)) return null;
  const args = subscript.split(',').flatMap((part) => termsOf(part));
  return args.length > 0 ? { t: 'app', name: base, args } : null;
}

/** `i`, `i+1`, `2i`, `ij`: the indices that a subscript writes. */
function termsOf(text: string): Node[] {
  const [, factor = '', letter = '', shift = ''] = /^(\d*)([a-zA-Z])([+-]\d+)?$/.exec(text) ?? [];
  if (letter === '') return /^[a-zA-Z0-9]+$/.test(text) ? text.split('').map((each) => (/\d/.test(each) ? num(integer(Number(each))) : sym(each))) : [sym(text)];
  const scaled: Node = factor === '' ? sym(letter) : { t: 'mul', items: [num(integer(Number(factor))), sym(letter)] };
  return [shift === '' ? scaled : { t: 'add', items: [scaled, num(integer(Number(shift)))] }];
}
