// Exporting a curated set by hand: what the save dialog names is written, and what is left out is listed with its reason.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import * as v from 'valibot';
import { workbenchTest } from './harness.ts';

const LineSchema = v.object({ id: v.string(), problem: v.string(), answer: v.string() });
const RemovedSchema = v.object({ id: v.string(), removed_by: v.string(), reasons: v.array(v.string()) });
const VerlSchema = v.object({ data_source: v.string(), prompt: v.array(v.object({ role: v.string(), content: v.string() })), reward_model: v.object({ ground_truth: v.string() }) });

function lines<T>(path: string, schema: v.GenericSchema<unknown, T>): T[] {
  return readFileSync(path, 'utf8').trim().split('\n').map((line) => v.parse(schema, JSON.parse(line)));
}

workbenchTest('a curated set is exported as JSONL and as veRL Parquet through the save dialog', async ({ workbench, host }) => {
  const set = join(host.workspace, 'problems/math.jsonl');
  const source = readFileSync(set, 'utf8');
  await workbench.openContainer('RLVR');
  const node = workbench.treeItem('Problems', /^problems\/math\.jsonl, 74.*3 filtered/);
  await node.waitFor();
  await workbench.clickTreeItem('Problems', 'problems/math.jsonl');
  const first = workbench.treeItem('Problems', 'Find all real numbers');
  await first.click();
  await workbench.contextMenu(first, 'Drop…');
  await workbench.answer('too easy');
  await workbench.treeItem('Problems', /^problems\/math\.jsonl, 74.*1 dropped/).waitFor();

  for (const [format, name] of [['JSONL', 'math.curated.jsonl'], ['veRL Parquet', 'math.curated.parquet']] as const) {
    await workbench.contextMenu(workbench.treeItem('Problems', /^problems\/math\.jsonl/), 'Export Curated Set…');
    await workbench.pick(format);
    // What is offered lies beside the set.
    await workbench.inputTitled('Export Curated Set');
    await workbench.inputHolds(join('problems', name));
    await workbench.page.keyboard.press('Enter');
    const said = await workbench.notification('Exported 68 problems');
    assert.match(said, /Left out: 6;/);
    await workbench.runCommand('Notifications: Clear All Notifications');
    // What was exported as JSONL is a set of this workspace too, and stands above its source from now on.
    await workbench.treeItem('Problems', /^problems\/math\.curated\.jsonl, 68/).waitFor();
  }

  const target = join(host.workspace, 'problems/math.curated.jsonl');
  const kept = lines(target, LineSchema);
  assert.equal(kept.length, 68);
  const removed = lines(`${target}.removed.jsonl`, RemovedSchema);
  assert.equal(removed.length, 6);
  assert.ok(removed.some(({ reasons }) => reasons.includes('too easy')), JSON.stringify(removed));
  assert.equal(new Set([...kept, ...removed].map(({ id }) => id)).size, 74);

  // Nobody saved the set or asked: it was compared with the benchmarks when it was opened.
  assert.equal(removed.filter(({ removed_by }) => removed_by === 'contaminated').length, 1);

  const rows = v.parse(v.array(VerlSchema), await parquetReadObjects({ file: await asyncBufferFromFile(join(host.workspace, 'problems/math.curated.parquet')), compressors }));
  assert.deepEqual(rows.map((row) => row.reward_model.ground_truth), kept.map((line) => line.answer));
  assert.equal(readFileSync(set, 'utf8'), source);
  assert.ok(existsSync(`${set}.decisions.jsonl`));
});
