import type { Node } from '../parse/ast.ts';
import { format } from '../arithmetic/rational.ts';
import type { FormBuilder } from './build.ts';

const MAX = 600;

/** The kind of an answer, for people. */
export function kindOf(node: Node): string {
  switch (node.t) {
    case 'num': case 'based': return 'number';
    case 'seq': return node.open === '(' || node.open === '<' ? 'tuple' : node.open === '{' ? 'set' : node.items.length === 2 && node.open === '[' ? 'interval' : 'list';
    case 'rel': return node.ops.every((op) => op === '=') ? 'equation' : 'relation';
    case 'logic': case 'setop': case 'builder': case 'named': return 'set';
    case 'matrix': return 'matrix';
    case 'cases': return 'piecewise';
    case 'unit': return 'quantity';
    case 'percent': case 'degree': case 'ratio': case 'time': case 'text': return node.t;
    default: return 'expression';
  }
}

/** Canonical text of a node: the exact form where there is one, else its structure. Bounded. */
export function describe(node: Node, builder: FormBuilder): string {
  const text = write(node, builder);
  return text.length > MAX ? `${text.slice(0, MAX)}...` : text;
}

function write(node: Node, builder: FormBuilder): string {
  const each = (items: readonly Node[]): string => items.map((item) => write(item, builder)).join(', ');
  switch (node.t) {
    case 'num': return format(node.value);
    case 'seq': return `${node.open === '<' ? '(' : node.open}${each(node.items)}${node.close === '>' ? ')' : node.close}`;
    case 'rel': return node.items.map((item, index) => `${index === 0 ? '' : ` ${node.ops[index - 1] ?? ''} `}${write(item, builder)}`).join('');
    case 'logic': return node.items.map((item) => write(item, builder)).join(` ${node.op} `);
    case 'setop': return `(${write(node.a, builder)} ${node.op} ${write(node.b, builder)})`;
    case 'builder': return `{${write(node.element, builder)} : ${write(node.condition, builder)}}`;
    case 'matrix': return `[${node.rows.map((row) => `[${each(row)}]`).join(', ')}]`;
    case 'cases': return `cases(${node.rows.map((row) => each(row)).join('; ')})`;
    case 'unit': return `${write(node.a, builder)} ${node.unit}`;
    case 'percent': return `${write(node.a, builder)}%`;
    case 'degree': return `${write(node.a, builder)} degrees`;
    case 'ratio': return node.items.map((item) => write(item, builder)).join(':');
    case 'based': return `${node.digits} in base ${node.base}`;
    case 'time': return `${Math.floor(node.minutes / 60)}:${String(Math.floor(node.minutes % 60)).padStart(2, '0')}`;
    case 'text': return node.words;
    case 'named': return node.name === 'empty' ? 'empty set' : node.name;
    case 'pm': return `${node.a === null ? '' : write(node.a, builder)} ${node.first === 1 ? '+-' : '-+'} ${write(node.b, builder)}`;
    case 'const': return node.name;
    case 'neg': if (node.a.t === 'const' && node.a.name === 'inf') return '-inf'; break;
    default: break;
  }
  try {
    return builder.forms.text(builder.build(node));
  } catch {
    // No exact form within the limits: the kind of node is all that can be said.
    return `(${node.t})`;
  }
}
