import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { discover } from '../../../server/rollouts/discover.ts';
import { tempDir } from '../../support/tempDir.ts';

test('a file’s domain is told by its first records; mixed ones and bare ones have none', async (t) => {
  const folder = tempDir(t);
  const rollout = (response: string, more = {}): string => `${JSON.stringify({ problem_id: 'p', response, ...more })}\n`;
  const files: Readonly<Record<string, readonly [string, 'math' | 'code' | null]>> = {
    'math.jsonl': ['{"problem":"P","answer":"1"}\n', 'math'],
    'code.jsonl': [`${JSON.stringify({ id: 'c', domain: 'code', problem: 'Print 1.', tests: { cases: [{ input: '', output: '1' }] } })}\n`, 'code'],
    'boxed.jsonl': [rollout('so \\boxed{1}'), 'math'],
    'program.jsonl': [rollout('```python\nprint(1)\n```'), 'code'],
    'cut.jsonl': [rollout('let me th', { gold: '1' }), 'math'],
    'stated.jsonl': [rollout('so \\boxed{1}', { domain: 'code' }), 'code'],
    'mixed.jsonl': [rollout('so \\boxed{1}') + rollout('```python\nprint(1)\n```'), null],
    'bare.jsonl': [rollout('let me th'), null],
  };
  for (const [name, [content]] of Object.entries(files)) await writeFile(join(folder, name), content);
  const found = await discover({ roots: [folder] });
  assert.deepEqual(Object.fromEntries(found.files.map(({ path, domain }) => [path.slice(folder.length + 1), domain])), Object.fromEntries(Object.entries(files).map(([name, [, domain]]) => [name, domain])));
});

test('files are found by content; packages, runs, companions and other JSON are passed over', async (t) => {
  const folder = tempDir(t);
  const problem = '{"problem":"P","answer":"1"}\n';
  const rollout = '{"problem_id":"p","response":"r"}\n';
  const files: Readonly<Record<string, string | Buffer>> = {
    'math.jsonl': problem,
    'rollouts.json': rollout,
    'packed.jsonl.gz': gzipSync(problem.repeat(100_000)),
    'packedNaN.jsonl.gz': gzipSync(`{"problem":"P","answer":"1","difficulty":NaN}\n${problem}`),
    'torn-first.jsonl': `{"torn\n${problem}`,
    'math.jsonl.decisions.jsonl': '{"id":"a","action":"keep","at":"x"}\n',
    'package.json': '{"name": "x", "dependencies": {}}',
    'settings.json': '{\n  // a comment\n}',
    'broken.parquet': 'PAR1 nothing',
    'wide.jsonl': Buffer.from(`\ufeff${problem}`, 'utf16le'),
    'log.eval': 'no zip',
    'node_modules/x/data.jsonl': problem,
    '.git/data.jsonl': problem,
    'runs/r1/stage.json': '{}',
    'runs/r1/train.jsonl': problem,
    'deep/er/set.jsonl': problem,
  };
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  const found = await discover({ roots: [folder, join(folder, 'none')] });
  assert.deepEqual(found.files.map(({ path, kind, schema }) => `${path.slice(folder.length + 1)} ${kind} ${schema}`).sort(), [
    'broken.parquet unreadable unknown', 'deep/er/set.jsonl problems acereason-math', 'log.eval unreadable unknown', 'math.jsonl problems acereason-math', 'packed.jsonl.gz problems acereason-math', 'packedNaN.jsonl.gz problems deepscaler', 'rollouts.json rollouts rlvr', 'torn-first.jsonl problems acereason-math', 'wide.jsonl unreadable unknown',
  ]);
  assert.match(found.files.find(({ path }) => path.endsWith('wide.jsonl'))?.reason ?? '', /UTF-16; save it as UTF-8/);
  assert.deepEqual(found.issues.map(({ path }) => path.slice(folder.length + 1)).sort(), ['broken.parquet', 'log.eval', 'none', 'wide.jsonl']);
  const abort = new AbortController();
  abort.abort();
  await assert.rejects(discover({ roots: [folder] }, { signal: abort.signal }), { name: 'AbortError' });
});
