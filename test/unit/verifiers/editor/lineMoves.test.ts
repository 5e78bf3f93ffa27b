import assert from 'node:assert/strict';
import { test } from 'node:test';
import { movedLines } from '../../../../src/verifiers/lineMoves.ts';

const change = (from: number, to: number, text: string) => ({ range: { start: { line: from, character: 3 }, end: { line: to, character: 5 } }, text });
const marks = new Map([[1, 'a'], [4, 'b'], [9, 'c']]);

test('lines below an edit move with it, the edited line is given back as touched', () => {
  assert.deepEqual(movedLines(marks, [change(4, 4, 'x\ny')]), { moved: new Map([[1, 'a'], [10, 'c']]), touched: ['b'] });
  assert.deepEqual(movedLines(marks, [change(2, 3, '')]), { moved: new Map([[1, 'a'], [3, 'b'], [8, 'c']]), touched: [] });
});

test('several edits count one after the other', () => {
  assert.deepEqual(movedLines(marks, [change(9, 9, 'x'), change(2, 2, '\n\n')]), { moved: new Map([[1, 'a'], [6, 'b']]), touched: ['c'] });
});

test('whole lines that are put in, moved or taken out leave the line behind them as it is', () => {
  const lines = (from: number, to: number, text: string) => ({ range: { start: { line: from, character: 0 }, end: { line: to, character: 0 } }, text });
  assert.deepEqual(movedLines(marks, [lines(4, 4, 'one\ntwo\n')]), { moved: new Map([[1, 'a'], [6, 'b'], [11, 'c']]), touched: [] });
  assert.deepEqual(movedLines(marks, [lines(4, 4, '\n'), lines(4, 5, '')]), { moved: marks, touched: [] }, 'typed and undone');
  assert.deepEqual(movedLines(marks, [lines(1, 4, '')]), { moved: new Map([[1, 'b'], [6, 'c']]), touched: ['a'] });
  assert.deepEqual(movedLines(marks, [lines(4, 4, 'typed before it')]), { moved: new Map([[1, 'a'], [9, 'c']]), touched: ['b'] });
});
