import assert from 'node:assert/strict';
import { test } from 'node:test';
import { movedLines } from '../../../../src/verifiers/lineMoves.ts';

const change = (from: number, to: number, text: string) => ({ range: { start: { line: from }, end: { line: to } }, text });
const marks = new Map([[1, 'a'], [4, 'b'], [9, 'c']]);

test('lines below an edit move with it, the edited line is given back as touched', () => {
  assert.deepEqual(movedLines(marks, [change(4, 4, 'x\ny')]), { moved: new Map([[1, 'a'], [10, 'c']]), touched: ['b'] });
  assert.deepEqual(movedLines(marks, [change(2, 3, '')]), { moved: new Map([[1, 'a'], [3, 'b'], [8, 'c']]), touched: [] });
});

test('several edits count one after the other', () => {
  assert.deepEqual(movedLines(marks, [change(9, 9, 'x'), change(2, 2, '\n\n')]), { moved: new Map([[1, 'a'], [6, 'b']]), touched: ['c'] });
});
