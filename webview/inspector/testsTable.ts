// Tests of a code rollout: what went in, what was expected, what came out. Failed ones first in sight, texts bounded.
import type { CodeDetail, TestResult } from '../../server/protocol/verdict.ts';
import { firstDifference } from './outputs.ts';
import { h } from '../ui/dom.ts';
import { textNodes } from '../ui/hiddenCharacters.ts';
import { duration, plural } from '../ui/format.ts';

/** Passed tests shown before a line that counts the rest. */
const SHOWN = 12;

const KINDS: Readonly<Record<string, string>> = {
  wrong: 'wrong output', time: 'time limit', exception: 'exception', load: 'did not load', memory: 'memory limit', output: 'too much output', none: 'no result',
};

export function testsTable(code: CodeDetail): HTMLElement {
  const failed = code.tests.filter((test) => !test.passed);
  const passed = code.tests.filter((test) => test.passed);
  const notRun = code.nTests - code.tests.length;
  const rows = [...failed, ...passed.slice(0, SHOWN)].sort((a, b) => a.index - b.index);
  const first = failed[0];
  return h('section', { attributes: { 'aria-label': 'Tests' } },
    h('h2', {}, `Tests · ${code.testsPassed} of ${code.nTests} passed`),
    first ? failure(first) : null,
    h('table', 'tests',
      h('caption', 'sr-only', 'Tests of this program'),
      h('thead', {}, h('tr', {}, h('th', { class: 'num', attributes: { scope: 'col' } }, 'test'), ...['result', 'input', 'expected', 'actual'].map((title) => h('th', { attributes: { scope: 'col' } }, title)), h('th', { class: 'num', attributes: { scope: 'col' } }, 'CPU'))),
      h('tbody', {}, rows.map(row))),
    h('p', 'dim', [
      passed.length > SHOWN ? `${plural(passed.length - SHOWN, 'more passed test')} not shown. ` : '',
      notRun > 0 ? `${plural(notRun, 'test')} did not run: grading stops at the first failure.` : '',
    ]));
}

function row(test: TestResult): HTMLElement {
  return h('tr', {},
    h('td', 'num', test.index + 1),
    h('td', test.passed ? 'right' : 'wrong', test.passed ? '✓ passed' : `✗ ${KINDS[test.kind ?? 'none'] ?? test.kind ?? ''}`),
    h('td', 'mono', oneLine(test.input)), h('td', 'mono', oneLine(test.expected)), h('td', 'mono', oneLine(test.actual ?? test.error)),
    h('td', 'num', test.cpuSeconds === null ? '–' : duration(test.cpuSeconds)));
}

/** The failing test in full, expected beside actual, the first differing line marked. */
function failure(test: TestResult): HTMLElement {
  const different = firstDifference(test.expected, test.actual);
  const part = (title: string, text: string | undefined, mark: number | null): HTMLElement | null =>
    text === undefined || text === '' ? null : h('div', 'failure-part', h('h3', {}, title), h('pre', { tabIndex: 0, attributes: { 'aria-label': title } }, lines(text, mark)));
  return h('div', 'failure',
    part('input', test.input, null), part('expected', test.expected, different), part('actual', test.actual, different), part('error', test.error, null),
    test.cut ? h('p', 'dim', 'Some of these texts were cut.') : null);
}

function lines(text: string, mark: number | null): Node[] {
  if (mark === null) return textNodes(text);
  const all = text.split('\n');
  return [
    ...textNodes(all.slice(0, mark).map((line) => `${line}\n`).join('')),
    h('mark', 'mark-answer', all[mark] === undefined || all[mark] === '' ? '(nothing)' : all[mark]),
    ...textNodes(all.slice(mark + 1).map((line) => `\n${line}`).join('')),
  ];
}

function oneLine(text: string | undefined): string {
  if (text === undefined) return '';
  const line = text.trim().replace(/\n/g, '⏎');
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}
