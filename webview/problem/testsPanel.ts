// The tests of a code problem: many are folded, long texts are cut for display and can be opened.
import type { TestSuite } from '../../server/protocol/problem.ts';
import { chipButton } from '../ui/controls.ts';
import { fill, h } from '../ui/dom.ts';
import { plural } from '../ui/format.ts';

const BATCH = 20;
const CELL = 2000;

export function testsPanel(suite: TestSuite): HTMLElement {
  const body = h('tbody');
  const more = h('p');
  let shown = 0;
  const add = (): void => {
    for (const test of suite.cases.slice(shown, shown + BATCH)) {
      shown++;
      body.append(h('tr', {}, h('td', 'num', shown), h('td', {}, cell(test.input)), h('td', {}, cell(test.output))));
    }
    fill(more, shown < suite.cases.length ? chipButton(`Show ${Math.min(BATCH, suite.cases.length - shown)} More of ${suite.cases.length}`, add) : null);
  };
  add();
  const limits = [suite.timeLimitSeconds === undefined ? null : `${suite.timeLimitSeconds} s a test`, suite.memoryMb === undefined ? null : `${suite.memoryMb} MB`].filter((limit) => limit !== null);
  return h('section', { attributes: { 'aria-label': 'Tests' } },
    h('h2', {}, `${plural(suite.cases.length, 'test')} · ${suite.funcName === null ? 'standard input and output' : `calls ${suite.funcName}()`}${limits.length > 0 ? ` · ${limits.join(', ')}` : ''}`),
    h('table', 'cases', h('caption', 'sr-only', 'Tests'), h('thead', {}, h('tr', {}, h('th', { class: 'num', attributes: { scope: 'col' } }, 'test'), ['input', 'expected output'].map((title) => h('th', { attributes: { scope: 'col' } }, title)))), body),
    more);
}

function cell(text: string): HTMLElement {
  const pre = h('pre', {}, text.slice(0, CELL));
  return text.length <= CELL ? pre : h('div', {}, pre, chipButton(`All ${text.length.toLocaleString('en-US')} Characters`, () => { fill(pre, text.slice(0, 500_000)); }));
}
