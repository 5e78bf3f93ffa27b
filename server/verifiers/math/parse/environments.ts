import { limits } from '../limits.ts';
import { fn, type Node } from './ast.ts';
import type { Cursor } from './cursor.ts';
import type { Token } from './tokenize.ts';

/** What the reader of environments needs of the reader of expressions. */
interface CellReader {
  cell(): Node;
  attempt(read: () => Node): Node | null;
}

const MATRICES = new Set(['pmatrix', 'bmatrix', 'matrix', 'vmatrix', 'Bmatrix', 'Vmatrix', 'smallmatrix', 'array', 'psmallmatrix', 'bsmallmatrix']);
const LINES = new Set(['aligned', 'align', 'alignat', 'alignedat', 'gathered', 'gather', 'split', 'equation', 'eqnarray', 'multline', 'boxed', 'center']);
const CASES = new Set(['cases', 'dcases', 'rcases']);

/**
 * Reads an environment whose `\begin` was just taken: a matrix, a determinant, cases, a system, or lines that form a list.
 * `braced`: a brace stands before it, so that an array is a system or cases.
 */
export function readEnvironment(reader: CellReader, cursor: Cursor, braced = false): Node {
  const name = environmentName(cursor);
  if ((name === 'array' || name.startsWith('alignat') || name === 'alignedat') && cursor.isOp('{')) skipColumns(cursor);
  const cases = CASES.has(name) || (braced && MATRICES.has(name));
  if (LINES.has(name)) dropAlignment(cursor);
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
    else if (cursor.takeOp('&') || (row.length > 0 && cursor.takeOp(',', ';', '.'))) continue;
    else {
      row.push(cursor.nested(() => (cases && row.length > 0 ? condition(reader, cursor) : cell(reader, cursor))));
      if (++cells > limits.items) cursor.fail(`more than ${limits.items} cells`);
    }
  }
  endRow();
  cursor.next();
  environmentName(cursor);
  if (cases) return casesOrSystem(rows);
  if (MATRICES.has(name)) return name === 'vmatrix' ? fn('det', { t: 'matrix', rows }) : { t: 'matrix', rows };
  if (!LINES.has(name)) cursor.fail(`unknown environment ${name}`);
  return listOf(rows.flat());
}

function listOf(cells: readonly Node[]): Node {
  const items = cells.flatMap((item) => (item.t === 'seq' && item.open === '' ? item.items : [item]));
  const only = items[0];
  return items.length === 1 && only !== undefined ? only : { t: 'seq', open: '', close: '', items };
}

/** Rows with conditions are cases; rows of one cell each are a system, which is a list of its equations. */
function casesOrSystem(rows: readonly (readonly Node[])[]): Node {
  const split = rows.map((row): readonly Node[] => {
    const [only] = row;
    // `x, x > 0` without a `&` between them.
    const pair = row.length === 1 && only?.t === 'seq' && only.open === '' && only.items.length === 2 ? only.items : null;
    return pair?.[0]?.t !== 'rel' && pair?.[1]?.t === 'rel' ? pair : row;
  });
  return split.every((row) => row.length === 1) ? listOf(split.flat()) : { t: 'cases', rows: split };
}

function cell(reader: CellReader, cursor: Cursor): Node {
  const start = cursor.index;
  const value = reader.cell();
  if (cursor.index === start) cursor.fail('an empty cell');
  return value;
}

const OPENERS = /^(?:if|when|for|where|whenever|in|case|as|и|если|若|当)$/i;
const NOISE = new Set('if when for where is are a an the all any every'.split(' '));

/** The condition of a case: relations, or the words that matter, in one order: `if n is even`, `n even` and `even n`. */
function condition(reader: CellReader, cursor: Cursor): Node {
  while (cursor.peek().kind === 'word' && OPENERS.test(cursor.peek().text)) cursor.next();
  const start = cursor.index;
  const tokens = cellTokens(cursor);
  // An environment is no condition; trying it here and again as words would double the work at every level.
  if (tokens === null) return cell(reader, cursor);
  const relation = reader.attempt(() => reader.cell());
  while (relation !== null && cursor.takeOp(',', ';', '.'));
  if (relation !== null && endsCell(cursor.peek()) && isRelation(relation)) return relation;
  cursor.index = start;
  while (!endsCell(cursor.peek())) cursor.next();
  return { t: 'text', words: wordsOf(tokens) };
}

function wordsOf(tokens: readonly Token[]): string {
  const words: string[] = [];
  for (const token of tokens) {
    const word = token.kind === 'word' ? token.text.toLowerCase() : token.text;
    if (!NOISE.has(word) && !(token.kind === 'op' && /^[,;.{}]$/.test(word))) words.push(word === 'else' ? 'otherwise' : word);
  }
  const kept = words.some((word) => word === 'odd' || word === 'even') ? words.filter((word) => !/^(?:integer|number)s?$/.test(word)) : words;
  return (kept.length <= 3 ? kept.sort() : kept).join(' ');
}

function isRelation(node: Node): boolean {
  return node.t === 'rel' || ((node.t === 'seq' || node.t === 'logic') && node.items.some(isRelation));
}

function endsCell(token: Token): boolean {
  return token.kind === 'end' || (token.kind === 'op' && (token.text === '&' || token.text === '\\\\')) || (token.kind === 'cmd' && token.text === 'end');
}

/** The words up to the end of the cell, without moving; null where another environment stands in it. */
function cellTokens(cursor: Cursor): Token[] | null {
  const tokens: Token[] = [];
  while (!endsCell(cursor.peek(tokens.length))) {
    const token = cursor.peek(tokens.length);
    if (token.kind === 'cmd' && token.text === 'begin') return null;
    tokens.push(token);
  }
  return tokens;
}

/** Marks of alignment say nothing: `x &= 5`. */
function dropAlignment(cursor: Cursor): void {
  let depth = 0;
  for (let index = cursor.index; index < cursor.tokens.length; index++) {
    const token = cursor.tokens[index];
    if (token?.kind === 'cmd' && token.text === 'begin') depth++;
    else if (token?.kind === 'cmd' && token.text === 'end' && --depth < 0) return;
    else if (depth === 0 && token?.kind === 'op' && token.text === '&') cursor.tokens.splice(index--, 1);
  }
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
