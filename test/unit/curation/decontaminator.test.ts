import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DecontaminationReport, Overlap } from '../../../server/protocol/decontamination.ts';
import type { Domain } from '../../../server/protocol/problem.ts';
import { Decontaminator } from '../../../server/curation/decontamination/decontaminator.ts';
import type { CheckOptions, CheckedRow } from '../../../server/curation/decontamination/decontaminator.ts';

// Statements of our own: no benchmark text is in the repository.
const LONG = String.raw`A gardener plants $17$ tulips in a row and waters every third one. After $4$ days, exactly $\frac{2}{3}$ of the watered tulips have opened. Let $k$ be the number of unopened tulips; find the remainder when $k^5$ is divided by $11$.`;
const SHORT = String.raw`Compute $\sin 60^\circ$.`;
const ITEMS = [{ benchmark: 'Own Test', id: 'a1', text: LONG }, { benchmark: 'Own Test', id: 'a2', text: SHORT }];

const row = (statement: string, i = 0, more: Partial<CheckedRow> = {}): CheckedRow => ({ id: `r${i}`, row: i, line: i, domain: 'math', statement, ...more });

async function check(rows: readonly CheckedRow[], items: readonly { benchmark: string; id: string; text: string; domain?: Domain }[] = ITEMS, options: Partial<CheckOptions> = {}): Promise<DecontaminationReport> {
  const set = { path: 'own.jsonl', items: items.map((item) => ({ domain: 'math' as const, ...item })) };
  return new Decontaminator().check(rows, { path: 'x.jsonl', mode: 'balanced', n: null, shipped: false, against: [set], ...options });
}
const said = ({ remarks }: DecontaminationReport): string => remarks.map(({ about, message }) => `${about}: ${message}`).join();
async function best(statement: string, items?: Parameters<typeof check>[1], options?: Partial<CheckOptions>): Promise<Overlap | null> {
  return (await check([row(statement)], items, options)).contaminations[0]?.best ?? null;
}

test('the same text is contaminated, with its span and all its n-grams', async () => {
  const overlap = await best(`Warm-up. ${LONG} Good luck.`);
  assert.equal(overlap?.kind, 'contaminated');
  assert.equal(overlap.item, 'a1');
  assert.equal(overlap.containment, 1);
  assert.equal(overlap.shared, overlap.total);
  assert.ok(overlap.span.text.startsWith('A gardener plants $17$') && overlap.span.text.includes('divided by $11'));
  assert.equal(overlap.span.start, 9);
});

test('other formatting is still the same problem', async () => {
  const changed = LONG.replaceAll('$', '').replace('\\frac', '\\dfrac').replaceAll('. ', '.\r\n').replace('A gardener', 'a GARDENER');
  assert.equal((await best(changed))?.kind, 'contaminated');
  const groups = [{ benchmark: 'B', id: '1', text: 'A factory packs 10,000 blue marbles into identical boxes of 250 marbles each; how many boxes are full?' }];
  assert.equal((await best('A factory packs $10{,}000$ blue marbles into identical boxes of \\(250\\) marbles each; how many boxes are full?', groups))?.kind, 'contaminated');
});

test('other numbers make it a variant, other words an overlap', async () => {
  assert.equal((await best(LONG.replace('$11$', '$13$')))?.kind, 'variant');
  const part = await best('A gardener plants $17$ tulips in a row and waters every third one. How long is the row?');
  assert.equal(part?.kind, 'overlaps');
  assert.ok(part.containment < 0.5 && part.runTokens >= 9);
});

test('short items are found by equality only, with signs kept', async () => {
  for (const same of [SHORT, String.raw`Compute \(\sin 60^{\circ}\)`, `Easy ones. ${SHORT} Then draw it.`, `Problem:\n${SHORT}\n`]) {
    const overlap = await best(same);
    assert.equal(overlap?.kind, same.includes('{') ? undefined : 'contaminated', same);
  }
  for (const other of [String.raw`Compute $\sin(-60^\circ)$.`, String.raw`Compute $\sin 30^\circ$.`, String.raw`Compute $\sin 60^\circ + 1$.`]) assert.equal(await best(other), null, other);
});

test('nothing to compare with is not clean', async () => {
  const empty = await check([row(LONG)], [], { against: [] });
  assert.deepEqual([empty.checked, empty.unchecked], [0, ['math']]);
  assert.match(said(empty), /set: nothing to compare with/);
  const otherDomain = await check([row(LONG, 0, { domain: 'code' })]);
  assert.deepEqual([otherDomain.checked, otherDomain.unchecked], [0, ['code']]);
  assert.match(said(otherDomain), /no benchmark of code problems/);
  const unreadable = await check([row(LONG)], [], { against: [{ path: 'gone.jsonl', items: [], unreadable: 'no such file' }] });
  assert.match(said(unreadable), /benchmarks: gone\.jsonl: no such file/);
});

test('a benchmark taken for a training set is called by its name', async () => {
  const items = Array.from({ length: 8 }, (_, i) => ({ benchmark: 'Own Test', id: String(i), text: `${LONG} Then add ${i * 7} and report the ${'abcdefgh'[i]} total.` }));
  assert.match(said(await check(items.map((item, i) => row(item.text, i)), items)), /looks like the benchmark itself: .*Own Test/);
});

test('the same item in two benchmarks is reported for both', async () => {
  const report = await check([row(LONG)], [...ITEMS, { benchmark: 'Other Test', id: 'z', text: LONG.replaceAll('$', '') }]);
  const [contamination] = report.contaminations;
  assert.deepEqual([contamination?.best, ...contamination?.others ?? []].map((overlap) => `${overlap?.benchmark} ${overlap?.item}`), ['Own Test a1', 'Other Test z']);
});

test('an n-gram of three different items is boilerplate, of three copies it is not', async () => {
  const stock = 'where m and n are coprime whole numbers above zero, report the value of m plus n';
  const items = ['apples', 'trains', 'circles'].map((word, i) => ({ benchmark: 'B', id: String(i), text: `The ${word} number ${word} of many ${word} stand near some ${word} today and the chance of ${word} is m over n, ${stock}.` }));
  assert.equal(await best(`The odds that a frog jumps are m over n, ${stock}.`, items), null);
  const copies = ['', ' Be quick.', ' Be slow.'].map((end, i) => ({ benchmark: `Copy ${i}`, id: '1', text: LONG + end }));
  assert.equal((await best(LONG, copies))?.kind, 'contaminated');
});

test('what is common in the checked set is boilerplate, unless it is one item leaked again and again', async () => {
  const items = [{ benchmark: 'B', id: '1', text: `Report your result rounded to the nearest whole cent with no currency sign. ${LONG}` }];
  const common = Array.from({ length: 12 }, (_, i) => row(`Ann has ${i} coins and spends ${i + 3}. Report your result rounded to the nearest whole cent with no currency sign.`, i));
  assert.equal((await check(common, items)).contaminations.length, 0);
  assert.equal((await check(common.slice(0, 5), items)).contaminations.length, 5);
  const leaked = Array.from({ length: 12 }, (_, i) => row(`${LONG} Case ${i}.`, i));
  assert.equal((await check(leaked)).contaminations.length, 12);
});

test('an item in the prompt beside the statement is found', async () => {
  const report = await check([row('What is the capital letter?', 0, { context: `Example: ${LONG} Answer: 3.\n\nWhat is the capital letter?` })]);
  assert.equal(report.contaminations[0]?.best.kind, 'contaminated');
});

test('longer n-grams come from the same index, shorter ones say what they need', async () => {
  const shared = 'A gardener plants $17$ tulips in a row and waters every third one.';
  assert.equal((await best(`${shared} How long is the row?`, ITEMS, { n: 13 }))?.kind, 'overlaps');
  assert.equal(await best('A gardener plants $17$ tulips in a row and sleeps.', ITEMS, { n: 13 }), null);
  assert.ok(await best('A gardener plants $17$ tulips.', ITEMS, { n: 5 }));
  const shipped = await check([row(LONG)], [], { shipped: true, against: [], n: 5 });
  assert.match(said(shipped), /take n = 8 or more/);
  await assert.rejects(check([row(LONG)], ITEMS, { n: 4 }), RangeError);
});

test('paper mode: any shared n-gram of words, LaTeX glued on', async () => {
  assert.equal((await best(LONG, ITEMS, { mode: 'paper' }))?.kind, 'contaminated');
  assert.equal(await best(LONG.replaceAll('$', ' $ '), ITEMS, { mode: 'paper', n: 20 }), null);
  assert.equal(await best(SHORT, ITEMS, { mode: 'paper' }), null);
});

test('the range is in the file', async () => {
  const line = JSON.stringify({ problem: LONG });
  const report = await check([row(LONG, 3)], ITEMS, {
    recordText: () => Promise.resolve({ text: line, line: 3, column: 0 }),
  });
  const [contamination] = report.contaminations;
  assert.equal(contamination?.range?.startLine, 3);
  const shown: unknown = JSON.parse(`"${line.slice(contamination.range.startColumn, contamination.range.endColumn)}"`);
  assert.equal(shown, contamination.best.span.text);
});

test('a check reports progress and stops when it is cancelled', async () => {
  const rows = Array.from({ length: 6_000 }, (_, i) => row(`${LONG} ${i}`, i));
  const told: string[] = [];
  const abort = new AbortController();
  const set = { path: 'own.jsonl', items: ITEMS.map((item) => ({ ...item, domain: 'math' as const })) };
  const options: CheckOptions = { path: 'x', mode: 'balanced', n: null, shipped: false, against: [set] };
  const decontaminator = new Decontaminator();
  await decontaminator.check(rows, options, { progress: ({ done, total }) => { told.push(`${done}/${total}`); } });
  assert.deepEqual(told, ['0/6000', '2000/6000', '4000/6000', '6000/6000']);
  const running = decontaminator.check(rows, options, { signal: abort.signal, progress: () => { abort.abort(); } });
  await assert.rejects(running, { name: 'AbortError' });
});

test('a long statement, an empty one, and the item at the end of a megabyte', async () => {
  assert.equal(await best(''), null);
  assert.equal(await best('   \n'), null);
  const filler = Array.from({ length: 150_000 }, (_, i) => `w${(i * 7919) % 99_991}`).join(' ');
  assert.equal((await best(`${filler} ${LONG}`))?.kind, 'contaminated');
});
