import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_TEX_LENGTH, typeset } from '../../../webview/ui/typeset.ts';
import { assertBounded } from '../../support/bounded.ts';

test('KaTeX still hands out the tree that we walk', () => {
  const result = typeset('\\boxed{\\frac{5}{12}}', false);
  assert.ok(result.ok);
  assert.match(JSON.stringify(result.tree), /"menclose".*"mfrac"/);
});

for (const [name, tex] of [
  ['a formula that is not one', '\\frac{1'],
  ['an endless macro', '\\def\\a{\\a\\a}\\a'],
  ['doubling macros', '\\newcommand{\\b}{xx}\\b'],
  ['a very long one', 'x'.repeat(MAX_TEX_LENGTH + 1)],
  ['absurd nesting', `${'{'.repeat(1900)}x${'}'.repeat(1900)}${'^'.repeat(10)}`],
] as const) test(`${name} stays source and says why`, () => {
  const result = typeset(tex, true);
  assert.equal(result.ok, false);
  assert.ok(!result.ok && result.reason.length > 3);
});

test('links, images and HTML commands give no element with an address', () => {
  for (const tex of ['\\href{javascript:alert(1)}{x}', '\\includegraphics{http://x/y.png}', '\\htmlClass{a}{x}', '\\url{http://x}']) {
    const result = typeset(tex, false);
    if (result.ok) assert.doesNotMatch(JSON.stringify(result.tree), /"(?:href|src)":/);
  }
});

test('no formula within the limits takes long', () => {
  for (const tex of ['\\frac{1}{'.repeat(400) + 'x' + '}'.repeat(400), '\\sqrt{'.repeat(600) + 'x' + '}'.repeat(600), 'x_{'.repeat(900) + 'y' + '}'.repeat(900), '\\left('.repeat(300) + 'x' + '\\right)'.repeat(300), '\\overbrace{'.repeat(300) + 'x' + '}'.repeat(300)]) {
    assertBounded(() => typeset(tex.slice(0, MAX_TEX_LENGTH), true), tex.slice(0, 12));
  }
});
