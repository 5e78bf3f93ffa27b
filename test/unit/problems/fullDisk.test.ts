// A disk that is really full: a small file system of its own, mounted where only the child process sees it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import * as v from 'valibot';
import { tempDir } from '../../support/tempDir.ts';

const store = new URL('../../../server/problems/store.ts', import.meta.url).href;
const unshare = ['unshare', '--user', '--map-root-user', '--mount'] as const;
const SeenSchema = v.object({ decide: v.string(), exports: v.array(v.string()), kept: v.boolean(), states: v.array(v.string()), files: v.array(v.string()) });

/** Runs in the mounted folder: fills it, then decides and exports. */
const PROGRAM = `
  import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
  import { ProblemStore } from ${JSON.stringify(store)};
  const path = process.cwd() + '/set.jsonl';
  writeFileSync(path, ['a', 'b', 'c'].map((id) => JSON.stringify({ id, domain: 'math', problem: 'What is 1 + 1? ' + id.repeat(3000), answer: '2' })).join('\\n') + '\\n');
  const store = new ProblemStore();
  const drop = (id, reason) => store.decide({ path, changes: [{ id, decision: { id, action: 'drop', reason, at: '2026-01-01T00:00:00Z' } }] });
  const said = (work) => work.then(() => 'done', (error) => error.message);
  await drop('a', 'first');
  const before = readFileSync(path + '.decisions.jsonl', 'utf8');
  try { for (let n = 0; ; n++) writeFileSync('fill' + n, Buffer.alloc(4096)); } catch {}
  const decide = await said(drop('b', 'x'.repeat(9000)));
  const exports = [];
  for (const [format, name] of [['jsonl', 'out.jsonl'], ['verl-parquet', 'out.parquet']]) exports.push(await said(store.export({ path, target: process.cwd() + '/' + name, format })));
  const states = [];
  for (const id of ['a', 'b']) states.push((await store.get({ path, id })).row.state);
  console.log(JSON.stringify({ decide, exports, states, kept: readFileSync(path + '.decisions.jsonl', 'utf8') === before, files: readdirSync('.').filter((name) => !name.startsWith('fill')).sort() }));
  process.exit(0);`;

test('a full disk: the message names the file and the cause, nothing is lost, no half file stays', (t) => {
  const [program, ...options] = unshare;
  if (spawnSync(program, [...options, 'true']).status !== 0) {
    t.skip('skipped: needs a mount namespace of its own');
    return;
  }
  const folder = tempDir(t);
  const run = spawnSync(program, [...options, 'sh', '-ec', 'mount -t tmpfs -o size=96k tmpfs "$0"; cd "$0"; exec "$1" --input-type=module -e "$2"', folder, process.execPath, PROGRAM], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  const seen = v.parse(SeenSchema, JSON.parse(run.stdout));
  assert.equal(seen.decide, `${folder}/set.jsonl.decisions.jsonl was not written and is as it was before: the disk is full`);
  for (const [index, name] of ['out.jsonl', 'out.parquet'].entries()) assert.ok(seen.exports[index]?.startsWith(`${folder}/${name}`) && seen.exports[index].endsWith('the disk is full'), seen.exports[index]);
  assert.equal(seen.kept, true);
  assert.deepEqual(seen.states, ['dropped', 'ok']);
  assert.deepEqual(seen.files, ['set.jsonl', 'set.jsonl.decisions.jsonl']);
});
