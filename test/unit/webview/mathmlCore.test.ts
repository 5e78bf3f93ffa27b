import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alphabetLetters } from '../../../webview/ui/mathAlphabets.ts';
import { coreMathML, type MathElement, type MathNode } from '../../../webview/ui/mathmlCore.ts';
import { typeset } from '../../../webview/ui/typeset.ts';

function core(tex: string): MathNode[] {
  const result = typeset(tex, true);
  assert.ok(result.ok, tex);
  return coreMathML(result.tree);
}

function all(nodes: readonly MathNode[], name: string): MathElement[] {
  return nodes.flatMap((node) => (typeof node === 'string' ? [] : [...(node.name === name ? [node] : []), ...all(node.children, name)]));
}

function textOf(nodes: readonly MathNode[]): string {
  return nodes.map((node) => (typeof node === 'string' ? node : textOf(node.children))).join('');
}

test('letters of an alphabet of their own are those letters, and words stay words', () => {
  assert.equal(textOf(core('\\mathbb{R}\\mathbb{A}\\mathcal{L}\\mathbf{x}\\mathfrak{g}\\mathbb{1}')), 'ℝ𝔸ℒ𝐱𝔤𝟙');
  assert.equal(textOf(core('\\mathrm{d}x')), 'dx');
  const [bold] = all(core('\\textbf{if}'), 'mtext');
  assert.deepEqual([bold?.children, bold?.style], [['if'], { 'font-weight': 'bold' }]);
  assert.equal(alphabetLetters('h7é', 'italic'), 'ℎ7é');
  assert.equal(alphabetLetters('Ωα', 'bold'), '𝛀𝛂');
});

test('spaces of a formula have their width', () => {
  assert.deepEqual(all(core('a\\qquad b'), 'mspace').map((space) => space.attributes['width']), ['2em']);
});

test('columns of a table keep their alignment, gaps and rules', () => {
  const cells = all(core('\\begin{array}{r|l} a & b \\\\ \\hline c & d \\end{array}'), 'mtd').map((cell) => cell.style);
  assert.deepEqual(cells.map((style) => style['text-align']), ['-webkit-right', '-webkit-left', '-webkit-right', '-webkit-left']);
  assert.deepEqual(cells.map((style) => [style['border-left'] !== undefined, style['border-top'] !== undefined]), [[false, false], [true, false], [false, true], [true, true]]);
  const equation = all(core('\\begin{aligned} a &= b \\end{aligned}'), 'mtd').map((cell) => cell.style['padding-left']);
  assert.deepEqual(equation, ['0', '0em']);
});

test('delimiters and wide accents stretch, a formula inside of an operator is laid out', () => {
  assert.ok(all(core('\\begin{vmatrix} a \\\\ b \\end{vmatrix}'), 'mo').every((bar) => bar.attributes['stretchy'] === 'true'));
  assert.equal(textOf(core('\\widehat{AB}')), 'AB\u0302');
  const inner = all(core('\\mathop{\\frac{1}{2}}'), 'mo').filter((operator) => operator.children.some((child) => typeof child !== 'string'));
  assert.deepEqual(inner, []);
});

test('a sign is no operator after a bracket, a relation or another operator', () => {
  const forms = (tex: string): (string | null)[] => all(core(tex), 'mo').filter((operator) => '+−±'.includes(textOf(operator.children))).map((sign) => sign.attributes['form'] ?? null);
  assert.deepEqual(forms('(-2, -1]'), ['prefix', 'prefix']);
  assert.deepEqual(forms('x = -1'), ['prefix']);
  assert.deepEqual(forms('2 \\cdot -3 + 4'), ['prefix', null]);
  assert.deepEqual(forms('(a) - n! - [b] + x_1 - \\frac{1}{2} + \\dots - 1'), Array(6).fill(null));
});

test('a colour, an address or an unknown element of a formula does not get through', () => {
  const found = JSON.stringify([core('{\\color{red}x}'), core('\\href{https://example.org}{x}').length]);
  assert.doesNotMatch(found, /red|href|example/);
});
