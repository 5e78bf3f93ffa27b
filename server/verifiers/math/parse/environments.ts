import { limits } from '../limits.ts';
import { fn, type Node } from './ast.ts';
import type { Cursor } from './cursor.ts';

/** What the reader of environments needs of the reader of expressions. */
interface CellReader {
  cell(): Node;
}

const MATRICES = new Set(['pmatrix', 'bmatrix', 'matrix', 'vmatrix', 'Bmatrix', 'Vmatrix', 'smallmatrix', 'array', 'psmallmatrix', 'bsmallmatrix']);
const LINES = new Set(['aligned', 'align', 'gathered', 'gather', 'split', 'equation', 'eqnarray', 'multline', 'boxed', 'center']);

/** Reads an environment whose `\begin` was just taken: a matrix, cases, or lines that form a list. */
export function readEnvironment(reader: CellReader, cursor: Cursor): Node {
  const name = environmentName(cursor);
  if (name === 'array' && cursor.isOp('{')) skipColumns(cursor);
  const rows: Node[][] = [];
  let cells = 0;
  let row: Node[] = [];
  const endRow = (): void => {
    if (row.length > 0) rows.push(row);
    row = [];
  };
  while (!cursor.isCmd('end')) {
    if (cursor.atEnd()) cursor.fail(`expected \\end{${name}}`);
    if (cursor.takeOp('\\\\')) endRow();
    else if (cursor.takeOp('&')) continue;
    else {
      row.push(cursor.nested(() => cell(reader, cursor)));
      if (++cells > limits.items) cursor.fail(`more than ${limits.items} cells`);
    }
  }
  endRow();
  cursor.next();
  environmentName(cursor);
  if (name === 'cases' || name === 'dcases' || name === 'rcases') return { t: 'cases', rows };
  if (MATRICES.has(name)) return name === 'vmatrix' ? fn('det', { t: 'matrix', rows }) : { t: 'matrix', rows };
  if (!LINES.has(name)) cursor.fail(`unknown environment ${name}`);
  const items = rows.flat();
  const only = items[0];
  return items.length === 1 && only !== undefined ? only : { t: 'seq', open: '', close: '', items };
}

function cell(reader: CellReader, cursor: Cursor): Node {
  const start = cursor.index;
  // Words of a case (`if x > 0`, `\text{otherwise}`) open its condition.
  while (cursor.peek().kind === 'word' && /^(?:if|when|for|otherwise|where|и|если)$/i.test(cursor.peek().text)) {
    const word = cursor.next().text;
    if (/^otherwise$/i.test(word)) return { t: 'text', words: 'otherwise' };
  }
  const value = reader.cell();
  if (cursor.index === start) cursor.fail('an empty cell');
  return value;
}

function environmentName(cursor: Cursor): string {
  cursor.expectOp('{');
  let name = '';
  while (!cursor.isOp('}')) {
    if (cursor.atEnd()) cursor.fail('an environment without a name');
    name += cursor.next().text;
  }
  cursor.next();
  return name.replace(/\*$/, '');
}

function skipColumns(cursor: Cursor): void {
  while (!cursor.takeOp('}')) {
    if (cursor.atEnd()) cursor.fail('column settings are not closed');
    cursor.next();
  }
}
