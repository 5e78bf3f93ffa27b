// `npm test`: runs the stages named on the command line, or all, and ends with their counts on the last line.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../lib/checkout.ts';
import { stopAll, stopAllOnSignals } from '../lib/processes.ts';
import { step } from '../lib/steps.ts';
import { describe, sum, type Counts } from './counts.ts';
import { stages, type Stage, type StageOptions } from './stages.ts';
import { installSystemPackages } from './systemPackages.ts';

const usage = `Usage: npm test -- [STAGE...] [--grep PATTERN] [--desktop]

Stages: ${stages.map((stage) => stage.name).join(', ')}; all of them when none is named.

  --grep PATTERN    only tests whose name matches
  --desktop         run the extension stage in a desktop VS Code: the program that
                    RLVR_VSCODE names, else one that is downloaded`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { grep: { type: 'string' }, desktop: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) return console.log(usage);
  const unknown = positionals.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) throw new Error(`No such stage: ${unknown.join(', ')}\n\n${usage}`);
  const chosen = stages.filter((stage) => positionals.length === 0 || positionals.includes(stage.name));
  rmSync(join(root, 'test-results'), { recursive: true, force: true });
  await step('System packages', installSystemPackages);
  const outcomes: { stage: Stage; counts: Counts; seconds: number }[] = [];
  for (const stage of chosen) {
    console.log(`\n== ${stage.name}`);
    const started = Date.now();
    const counts = await runStage(stage, { grep: values.grep, desktop: values.desktop });
    outcomes.push({ stage, counts, seconds: (Date.now() - started) / 1000 });
  }
  console.log('');
  for (const { stage, counts, seconds } of outcomes) console.log(`${stage.name.padEnd(10)} ${describe(counts)} (${seconds.toFixed(1)} s)`);
  const total = sum(outcomes.map((outcome) => outcome.counts));
  if (total.failed > 0) process.exitCode = 1;
  console.log(describe(total));
}

/** A stage that breaks, or that ran no test at all, has failed; with --grep a stage may have nothing to run. */
async function runStage(stage: Stage, options: StageOptions): Promise<Counts> {
  try {
    const counts = await stage.run(options);
    if (counts.passed + counts.failed > 0 || options.grep !== undefined) return counts;
    console.error(`FAIL ${stage.name}: no test was executed`);
    return { ...counts, failed: 1 };
  } catch (error) {
    console.error(`FAIL ${stage.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    await stopAll();
  }
}

stopAllOnSignals();
try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  await stopAll();
  process.exitCode = 2;
}
