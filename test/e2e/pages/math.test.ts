// Formulas as a browser lays them out, on machines with and without a font of mathematics: the font comes with the pages.
import assert from 'node:assert/strict';
import { problem } from './opened.ts';
import { pageTest } from './pageTest.ts';
import { mathProblem, mathRow } from './problemData.ts';

pageTest('formulas: the shipped font is used, scripts stand below and above, delimiters span what they hold', async (stands) => {
  const stand = await problem(stands);
  const statement = '$a_{1}$ $b^{2}$ $\\frac{c}{d}$\n\n$$\\begin{vmatrix} 1 & 2 \\\\ 3 & 4 \\\\ 5 & 6 \\end{vmatrix}$$\n\n$$\\sum_{i=1}^{n} i$$';
  stand.channel.send({ type: 'problem', problem: { ...mathProblem, statement }, row: mathRow, fileAnswer: mathProblem.answer });
  const { page } = stand;
  await page.waitForSelector('.statement mtable');
  await page.waitForFunction('document.fonts.check("16px \'RLVR Math\'")');
  const boxes = await page.evaluate<Record<string, { top: number; bottom: number; height: number }>>(BOXES);
  const { base, sub, power, sup, above, below, bar, table, sum, from } = boxes;
  assert.ok(base && sub && power && sup && above && below && bar && table && sum && from, JSON.stringify(boxes));
  assert.ok(sub.bottom > base.bottom + 1, 'a subscript reaches below its base');
  assert.ok(sup.top < power.top && sup.bottom < power.bottom - 3, 'a superscript stands above the line');
  assert.ok(above.bottom <= below.top + 6, 'a fraction has two floors');
  assert.ok(bar.height >= 0.9 * table.height, `the bar of a determinant is as tall as its rows: ${bar.height} of ${table.height}`);
  assert.ok(from.top > sum.top, 'the limit of a sum stands below it');
  assert.deepEqual(stand.complaints, []);
});

/** Runs in the page: where the parts of the formulas lie. */
const BOXES = `(() => {
  const box = (selector) => { const { top, bottom, height } = document.querySelector('.statement ' + selector).getBoundingClientRect(); return { top, bottom, height }; };
  return {
    base: box('msub > :first-child'), sub: box('msub > :last-child'), power: box('msup > :first-child'), sup: box('msup > :last-child'),
    above: box('mfrac > :first-child'), below: box('mfrac > :last-child'), bar: box('mo[fence]'), table: box('mtable'), sum: box('munderover > :first-child'), from: box('munderover > :nth-child(2)'),
  };
})()`;
