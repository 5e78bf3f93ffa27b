import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractProgram, type ProgramRule } from '../../../../server/verifiers/extract/fences.ts';
import { assertBounded } from '../../../support/bounded.ts';

const py = (code: string): string => `\`\`\`python\n${code}\n\`\`\`\n`;

const found: readonly (readonly [name: string, rule: ProgramRule, response: string, program: string])[] = [
  ['one block after the thinking part', 'paper', `<think>x</think>\nHere:\n${py('a = 1\nb = 2')}Done.`, 'a = 1\nb = 2'],
  ['the last of two blocks', 'paper', `</think>\n${py('a')}${py('b')}`, 'b'],
  ['no block of the thinking part', 'paper', `<think>\n${py('a')}</think>\n${py('b')}`, 'b'],
  ['the python block before a block of output', 'paper', `</think>\n${py('a')}\n\`\`\`\n6\n\`\`\`\n`, 'a'],
  ['the closed block before an unclosed one', 'paper', `</think>\n${py('a')}\n\`\`\`python\nb`, 'a'],
  ['a response without thinking tags', 'paper', py('a'), 'a'],
  ['a program that contains the closing tag', 'paper', `<think>x</think>\n${py('print("</think>")\nb')}`, 'print("</think>")\nb'],
  ['an empty program', 'paper', '</think>\n```python\n```', ''],
  ['tags in other spellings', 'paper', '</think>\n``` Python3 \na\n```', 'a'],
  ['a longer fence around backticks', 'paper', '</think>\n````python\ns = """\n```\n"""\n````', 's = """\n```\n"""'],
  ['backticks inside a line', 'paper', `</think>\n${py('print("```")')}`, 'print("```")'],
  ['windows line ends', 'paper', '</think>\r\n```python\r\na\r\n```\r\n', 'a\r'],
  ['the last two fence lines, whatever their tag', 'benchmark', '```\na\n```\ntext', 'a'],
  ['a block of output as the program', 'benchmark', `${py('a')}\`\`\`\n6\n\`\`\`\n`, '6'],
  ['a fence line inside a string', 'benchmark', '```python\ns = """\n```\n"""\n```', '"""'],
  ['the text between two blocks when the last is unclosed', 'benchmark', '```python\na\n```\nb\n```python\nc', 'b'],
];
for (const [name, rule, response, program] of found) {
  test(`${rule} rule finds ${name}`, () => {
    const result = extractProgram(response, rule);
    assert.ok(result.found);
    assert.equal(result.text, program);
    assert.equal(response.slice(result.start, result.end), program);
  });
}

const missing: readonly (readonly [name: string, rule: ProgramRule, response: string, reason: RegExp])[] = [
  ['an answer without code', 'paper', '<think>```python\na\n```</think>\nIt is 6.', /no code block/],
  ['a block without tag', 'paper', '</think>\n```\na\n```', /tagged python/],
  ['a block of another language', 'paper', '</think>\n```cpp\na\n```', /tagged python/],
  ['an unclosed block', 'paper', '</think>\n```python\na', /not closed/],
  ['thinking that never ends', 'paper', `<think>${py('a')}`, /inside its thinking part/],
  ['a single fence line', 'benchmark', '```python\na', /fewer than two/],
  ['nothing', 'benchmark', '', /fewer than two/],
];
for (const [name, rule, response, reason] of missing) {
  test(`${rule} rule says why ${name} has no program`, () => {
    const result = extractProgram(response, rule);
    assert.ok(!result.found);
    assert.match(result.reason, reason);
  });
}

test('a response of many backticks takes no time', () => {
  assertBounded(() => extractProgram('</think>\n' + '```python\n'.repeat(300_000)), 'many fences');
  assertBounded(() => extractProgram('</think>'.repeat(20_000) + '```python\na\n```'), 'many tags');
});
