import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findWords, firstAppearance, searchWords } from '../../../webview/inspector/appearance.ts';
import { GroupStore, PAGE_SIZE } from '../../../webview/inspector/groupStore.ts';
import { type LineRef, ListGeometry, MAX_SPACER } from '../../../webview/inspector/listGeometry.ts';
import { firstDifference } from '../../../webview/inspector/outputs.ts';
import { repeatSentence, splitParagraphs } from '../../../webview/inspector/paragraphs.ts';
import type { ThinkingStart } from '../../../server/protocol/thinking.ts';
import { offsetAt, placeOf, shapeSentence, stripParts } from '../../../webview/inspector/parts.ts';
import { parseState } from '../../../webview/inspector/state.ts';
import { TextSource } from '../../../webview/inspector/textSource.ts';
import { SampleRollouts } from '../../e2e/pages/rolloutData.ts';

const sizes = { group: 50, row: 26 };

test('walking the list line by line meets every line at its place, with no gap', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 40 }), fc.array(fc.tuple(fc.nat(39), fc.integer({ min: 1, max: 5 })), { maxLength: 8 }), (groups, open) => {
    const geometry = new ListGeometry(sizes, groups, new Map(open));
    let y = 0;
    let last: LineRef | null = null;
    for (let line = geometry.lineAt(0); line; line = geometry.next(line)) {
      assert.equal(geometry.topOf(line), y);
      assert.deepEqual(geometry.lineAt(y), line);
      assert.deepEqual(geometry.lineAt(y + geometry.heightOf(line) - 1), line);
      if (last) assert.deepEqual(geometry.previous(line), last);
      y += geometry.heightOf(line);
      last = line;
    }
    assert.equal(y, geometry.height);
  }));
});

test('a list too tall for a browser is compressed in the scroll bar and still reaches both ends', () => {
  const geometry = new ListGeometry(sizes, 1_000_000, new Map([[10, 8]]));
  assert.ok(geometry.height > MAX_SPACER);
  assert.equal(geometry.spacer, MAX_SPACER);
  assert.equal(geometry.fromScroll(0, 800), 0);
  assert.equal(Math.round(geometry.fromScroll(MAX_SPACER - 800, 800)), geometry.height - 800);
  assert.equal(Math.round(geometry.fromScroll(geometry.toScroll(123_456, 800), 800)), 123_456);
});

test('only visible lines are made of a large list', () => {
  const geometry = new ListGeometry(sizes, 100_000, new Map([[0, 16], [99_999, 16]]));
  for (let at = 0; at < 1000; at++) assert.ok(geometry.linesBetween(at * 4000, at * 4000 + 1400).length < 60);
});

test('the store asks for a page once, and drops answers of an earlier query', async () => {
  const data = new SampleRollouts(250, 2);
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  const store = new GroupStore((query, offset, limit) => {
    asked.push(`${query.query ?? ''}@${offset}`);
    return new Promise((resolve) => { waiting.push(() => { resolve(data.page(query.query ?? '', offset, limit)); }); });
  }, { onPage: () => undefined, onError: (error) => { throw error; } });
  const first = store.reset({ query: 'none' });
  const second = store.reset({ query: '' });
  waiting.forEach((answer) => { answer(); });
  await Promise.all([first, second]);
  assert.equal(store.total, 250, 'the late answer of the first query must not win');
  void store.wait(PAGE_SIZE + 1);
  const group = store.wait(PAGE_SIZE + 2);
  waiting.at(-1)?.();
  assert.equal((await group)?.key, `g${PAGE_SIZE + 2}`);
  assert.deepEqual(asked, ['none@0', '@0', `@${PAGE_SIZE}`]);
});

test('paragraphs are split at blank lines with their offsets, sizes and repeats', () => {
  const again = 'let me check this once more from the very beginning to be really sure about it';
  const text = `First.\n\n${again}\n\nThird\nline.\n \n${again.toUpperCase()}\n`;
  const found = splitParagraphs(text, 100, 1000);
  assert.deepEqual(found.map((paragraph) => text.slice(paragraph.start - 100, paragraph.end - 100).trim()), ['First.', again, 'Third\nline.', again.toUpperCase()]);
  assert.deepEqual(found.map((paragraph) => paragraph.times), [1, 2, 1, 2]);
  assert.match(repeatSentence(found) ?? '', /2 of 4 paragraphs, one of 16 words 2 times/);
});

test('an answer appears where it stands alone, not inside a longer number', () => {
  assert.equal(firstAppearance('3125, 125.5, 3.125, 125,000, x125 and 125. So 125', '125', 100), 46);
  assert.equal(firstAppearance('7.3125, 1,250.5 and x1250 or 1250.', '1250', 100), 29);
  assert.equal(firstAppearance('so \\frac{5}{12} it is', '\\frac{5}{12}', 100), 3);
  assert.equal(firstAppearance('x and x', 'x', 100), null, 'one letter says nothing');
  assert.equal(firstAppearance('12', '12', 0), null);
});

test('a short answer appears where it is stated, not wherever its digit stands', () => {
  const text = 'We solve $\\sqrt{2x+3} = x$. Then 2x + 3 = x^2, x^2 - 2x - 3 = 0, (x-3)(x+1) = 0 and x = 3.';
  assert.equal(firstAppearance(text, '3', 200), text.indexOf('3.'));
  assert.equal(firstAppearance('f(3) = 7 and 3 of 5; so the answer is $\\boxed{3}$', '3', 100), 'f(3) = 7 and 3 of 5; so the answer is $\\boxed{'.length);
  assert.equal(firstAppearance('x = 3y + 1', '3', 100), null, 'a factor is no result');
});

test('words repeated from the prompt are not where an answer appears', () => {
  const prompt = 'The area of the larger rectangle is 1250 square units. What is its side?';
  const text = `${prompt} Let me think. It must be 1250 then.`;
  assert.equal(firstAppearance(text, '1250', 200, prompt), text.lastIndexOf('1250'));
});

test('filters of the search line are not searched for in texts', () => {
  assert.deepEqual(searchWords('reward:0 coin "two heads" length:>8000'), ['coin', 'two heads']);
  assert.deepEqual(findWords('A coin, a COIN', ['coin'], 10), [{ start: 12, end: 16 }, { start: 20, end: 24 }]);
});

test('a place on the token strip and an offset lead to each other', () => {
  const parts = stripParts([{ kind: 'thinking', start: 0, end: 1000, tokens: 300 }, { kind: 'tag', start: 1000, end: 1008, tokens: 0 }, { kind: 'answer', start: 1008, end: 1108, tokens: 100 }]);
  assert.equal(placeOf(parts, 500), 0.375);
  assert.equal(offsetAt(parts, 0.375), 500);
  assert.equal(offsetAt(parts, 0.875), 1058);
});

test('unusual think tags are named in plain words', () => {
  const start = (opened: boolean, by: ThinkingStart['by']): ThinkingStart => ({ opened, by });
  assert.match(shapeSentence('onlyClose', null, start(true, 'response')) ?? '', /chat template opened <think>/);
  assert.match(shapeSentence('onlyClose', null, start(false, 'choice')) ?? '', /although the stage or the settings say/);
  assert.match(shapeSentence('unclosed', true, start(false, 'response')) ?? '', /no <\/think>, the response was cut/);
  assert.match(shapeSentence('unclosed', true, start(true, 'choice')) ?? '', /Starts inside the thinking part \(the stage or the settings.*no <\/think>, the response was cut.*Nothing in it counts/);
  assert.match(shapeSentence('none', true, start(false, 'nothing')) ?? '', /nothing says whether .* is read as the answer/);
  assert.match(shapeSentence('none', null, start(false, 'prompt')) ?? '', /outside of the thinking part \(the prompt ends outside of it\)/);
  assert.equal(shapeSentence('closed', false, start(false, 'response')), null);
});

test('text that was too long to be sent is put together from pieces', async () => {
  const whole = 'abcdefghij';
  const page = { ...new SampleRollouts(1, 1).rollout(0), response: whole.slice(0, 4), responseLength: 10 };
  const source = new TextSource(page, (_ref, offset, length) => Promise.resolve(whole.slice(offset, offset + length)));
  assert.equal(source.held(2, 10), 'cd');
  await source.load(4, 10, new AbortController().signal);
  assert.equal(source.held(2, 10), 'cdefghij');
});

test('all of a text is there, also what was too long to be sent', async () => {
  const whole = 'x'.repeat(600_000) + 'end';
  const page = { ...new SampleRollouts(1, 1).rollout(0), response: whole.slice(0, 200_000), responseLength: whole.length };
  const source = new TextSource(page, (_ref, offset, length) => Promise.resolve(whole.slice(offset, offset + length)));
  assert.equal(await source.whole(new AbortController().signal), whole);
});

test('the longest and the mixed ones come first wherever a query begins', async () => {
  const asked: unknown[] = [];
  const store = new GroupStore((query) => {
    asked.push([query.sort, query.descending]);
    return Promise.reject(new Error('enough'));
  }, { onPage: () => undefined, onError: () => undefined });
  for (const sort of ['file', 'tokens', 'spread', 'passRate'] as const) await store.reset({ sort });
  assert.deepEqual(asked, [['file', false], ['tokens', true], ['spread', true], ['passRate', false]]);
});

test('outputs differ first where a line does, white space at line ends aside', () => {
  assert.equal(firstDifference('a\nb\nc', 'a \nB\nc'), 1);
  assert.equal(firstDifference('a\n', 'a'), null);
  assert.equal(firstDifference('a', 'a\nb'), 1);
  assert.equal(firstDifference(undefined, 'a'), null);
});

test('stored state of another version counts as none', () => {
  assert.equal(parseState({ version: 2 }), null);
  assert.equal(parseState(undefined), null);
});
