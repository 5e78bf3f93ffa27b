// Composes the overrides of every stage on the configuration of every veRL version that can be chosen, with Hydra itself.
// Needs a Python package index once; `npm run verify:verl-compose`.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { VerlRayOptionsSchema, type Stage } from '../../server/protocol/training.ts';
import { verlOverrides, type VerlVersion } from '../../server/training/engines/verlRay/overrides.ts';
import { jobPaths } from '../../server/training/engines/verlRay/paths.ts';
import { listRecipes } from '../../server/training/recipes/recipes.ts';
import { cache } from '../lib/checkout.ts';
import { mustRun } from '../lib/processes.ts';
import { ensureVenv } from '../lib/python.ts';

const versions = VerlRayOptionsSchema.entries.verlVersion.options;

/** The package without its dependencies: its YAML files are all that is composed. */
async function verlPackage(python: string, version: VerlVersion): Promise<string> {
  const folder = join(cache, 'verl', version);
  if (!existsSync(join(folder, 'verl'))) {
    await mustRun(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', '--no-deps', '--target', folder, `verl==${version}`]);
  }
  return folder;
}

function overridesOf(stage: Stage, version: VerlVersion, attempt: number): string[] {
  const options = {
    address: 'http://127.0.0.1:8265', verlVersion: version, nodes: 16, gpusPerNode: 8, sharedRoot: null, tensorParallel: 2, sequenceParallel: 4,
    python: 'python3', env: {}, extraOverrides: [],
  };
  // Names that need quoting at every level.
  const paths = jobPaths("/shared/it's a run, ${really} {1}/a=b", options);
  return verlOverrides({ settings: stage.settings, options, checkpoint: '/models/math 8K (step=2000)', project: 'acereason-7b', experiment: stage.id, attempt, ...paths });
}

/** What each override says its key must be after composing. */
function expected(override: string): [string, unknown] {
  const at = override.indexOf('=');
  const text = override.slice(at + 1);
  const value = text === 'True' ? true : text === 'False' ? false : text.startsWith('[') ? text.slice(1, -1).split(',') : /^-?[\d.]+(e-?\d+)?$/.test(text) ? Number(text) : undefined;
  return [override.slice(0, at).replace(/^\++/, ''), value];
}

const python = await ensureVenv('verl-compose', 'scripts/verlCompose/requirements.txt', console.log);
let composed = 0;
for (const version of versions) {
  const folder = await verlPackage(python, version);
  for (const stage of listRecipes()[0]?.stages ?? []) {
    const overrides = overridesOf(stage, version, 1);
    const wanted = overrides.map(expected);
    const result = spawnSync(python, [join(import.meta.dirname, 'compose.py'), folder], { input: JSON.stringify({ overrides, keys: wanted.map(([key]) => key) }), encoding: 'utf8' });
    assert.equal(result.status, 0, `veRL ${version}, ${stage.id}:\n${result.stderr}`);
    const values = v.parse(v.record(v.string(), v.unknown()), JSON.parse(result.stdout));
    for (const [key, value] of wanted) if (value !== undefined) assert.deepEqual(values[key], value, `veRL ${version}, ${stage.id}, ${key}`);
    assert.equal(values['data.train_files'], "/shared/it's a run, ${really} {1}/a=b/train.parquet");
    assert.equal(values['actor_rollout_ref.model.path'], '/models/math 8K (step=2000)');
    composed += 1;
  }
  console.log(`veRL ${version}: every stage composes, every value arrives`);
}
console.log(`${composed} compositions`);
