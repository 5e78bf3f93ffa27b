import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import * as v from 'valibot';
import { decodeParts, encodeParts } from '../../../server/curation/decontamination/codec.ts';
import { combine, hashGrams, hashWords, widenGrams } from '../../../server/curation/decontamination/hashing.ts';
import { BASE_LENGTH, DEFAULT_LENGTHS, buildPart, withLengths } from '../../../server/curation/decontamination/part.ts';
import { loadShipped } from '../../../server/curation/decontamination/shipped.ts';
import { balancedTokens } from '../../../server/curation/decontamination/tokens.ts';
import { sharedData } from '../../support/shared.ts';

const items = ['One two three four five six seven eight nine ten eleven $12$.', 'Short $x+1$ one.', 'Second item with quite a number of words in it, namely 13, or 14.']
  .map((text, i) => ({ benchmark: i < 2 ? 'A' : 'B', id: `i${i}`, text, domain: 'math' as const }));

test('an index is the same after saving and loading', async () => {
  const { empty, ...part } = await buildPart(items, 'balanced', BASE_LENGTH, new Map([['A', 'hash']]));
  const full = { ...part, boilerplate: { math: { n: 9, keys: [5, 2 ** 40 - 1] }, code: { n: 14, keys: [] } } };
  assert.equal(empty, 0);
  assert.deepEqual(await decodeParts(encodeParts([full, part], 5)), [full, part]);
});

test('a damaged or foreign file is refused with a reason', async () => {
  const { empty: _none, ...part } = await buildPart(items, 'balanced', BASE_LENGTH, new Map());
  const bytes = encodeParts([part], 5);
  await assert.rejects(decodeParts(Buffer.from('something else')), /not an index/);
  await assert.rejects(decodeParts(bytes.subarray(0, bytes.length - 20)));
});

test('hashes of long n-grams from short ones tell texts apart as the words do', () => {
  const word = fc.constantFrom('a', 'b', 'c');
  fc.assert(fc.property(fc.array(word, { minLength: 13, maxLength: 40 }), fc.array(word, { minLength: 13, maxLength: 40 }), (one, two) => {
    const hashes = (words: string[]): number[] => {
      const grams = widenGrams(hashGrams(hashWords(words), 8), 5);
      return Array.from(grams.low, (low, i) => (grams.high[i] ?? 0) * 2 ** 32 + low);
    };
    const [first, second] = [hashes(one), hashes(two)];
    for (let i = 0; i < first.length; i++) {
      for (let j = 0; j < second.length; j++) assert.equal(first[i] === second[j], one.slice(i, i + 13).join() === two.slice(j, j + 13).join());
    }
  }), { numRuns: 60 });
  const whole = hashGrams(hashWords(['a', 'b', 'c', 'd']), 2);
  assert.notDeepEqual(combine(whole, 0, 3), combine(whole, 0, 2));
});

test('the shipped index loads, fits the tokenizer and is small', async () => {
  const part = await loadShipped('balanced');
  assert.ok(part.items.length > 3_000);
  assert.deepEqual(withLengths(part, DEFAULT_LENGTHS).missing, []);
  for (const name of ['AIME 2024', 'AIME 2025', 'MATH-500', 'GSM8K test', 'HumanEval']) assert.ok(part.benchmarks.some((benchmark) => benchmark.name === name), name);
  for (const mode of ['balanced', 'paper']) assert.ok(statSync(shippedPath(mode)).size < 1_500_000);
});

test('no benchmark text can be read from the shipped index', (t) => {
  const file = sharedData(t, 'data/decontam/benchmarks.jsonl');
  if (file === undefined) return;
  // Every twelfth item keeps the test quick.
  const texts = readFileSync(file, 'utf8').split('\n').filter((line, i) => line !== '' && i % 12 === 0).map((line) => {
    return v.parse(v.object({ text: v.string() }), JSON.parse(line)).text;
  });
  for (const mode of ['balanced', 'paper']) {
    const bytes = brotliDecompressSync(readFileSync(shippedPath(mode)).subarray(8)).toString('latin1').toLowerCase();
    for (const text of texts) {
      const { words } = balancedTokens(text, 'math');
      for (const pair of [words.slice(0, 2), words.slice(-2)]) {
        const phrase = pair.join(' ');
        if (phrase.length > 8) assert.ok(!bytes.includes(phrase), `${mode}: ${phrase}`);
      }
    }
  }
});

function shippedPath(mode: string): string {
  return join(import.meta.dirname, '../../../server/curation/data', `benchmarks.${mode}.idx`);
}
