import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { DEFAULT_DECONTAMINATION, DecontaminationOptionsSchema, type DecontaminationOptions } from '../protocol/decontamination.ts';
import { RequestError } from '../protocol/errors.ts';
import { LaunchRequestSchema, StageSettingsSchema, type LaunchRequest, type RunEvent, type RunInfo, type StageSettings } from '../protocol/training.ts';
import { schemaMessage } from '../protocol/schemaMessage.ts';
import { Services, type ServiceOptions } from '../rpc/services.ts';
import { findStage } from '../training/recipes/recipes.ts';
import type { RunManager } from '../training/runManager.ts';
import { EXIT_DONE, EXIT_UNDONE, parseCommandArgs, UsageError, type Command, type CommandIo } from './command.ts';
import { requireFile } from './jsonLines.ts';
import { writeLine } from './output.ts';
import { ProgressBar } from './progressBar.ts';

const USAGE = `rlvr rehearse STAGE --problems FILE... --rollouts FILE... [options]

A dry run of a stage on recorded rollouts. It trains no model. Writes a run directory and prints one line a step:
{"step": N, "data": {metric: number}}.

  STAGE            a stage of the recipe (math-8k, math-16k, math-24k, code-24k, code-32k, math-32k),
                   or the stage.json of a run, whose inputs and settings are then taken
  --problems FILE  problem set; may be repeated
  --rollouts FILE  recorded rollouts; may be repeated
  --against FILE   a test set: problems that overlap it stay out, as those do that overlap the shipped benchmarks; may be repeated
  --recipe ID      acereason-7b (default) or acereason-14b
  --set KEY=VALUE  a setting of the stage, such as steps=50; may be repeated
  --root DIR       folder of run directories (default: runs)
  --id ID          name of the run directory (default: stage and time)
  --python PATH    Python for code verification (default: python3)
  --unsafe-code    run programs without a sandbox where none works`;

export const rehearseCommand: Command = {
  name: 'rehearse',
  summary: 'dry-run a stage on recorded rollouts (trains no model)',
  usage: USAGE,
  async run(args, io) {
    const { values, positionals: [stage, ...more] } = parseCommandArgs(args, {
      problems: { type: 'string', multiple: true }, rollouts: { type: 'string', multiple: true }, recipe: { type: 'string' }, set: { type: 'string', multiple: true },
      root: { type: 'string' }, id: { type: 'string' }, python: { type: 'string' }, 'unsafe-code': { type: 'boolean' },
      against: { type: 'string', multiple: true },
    });
    if (stage === undefined || more.length > 0) throw new UsageError(USAGE);
    for (const path of [...values.problems ?? [], ...values.rollouts ?? [], ...values.against ?? []]) await requireFile(path);
    if (values.id !== undefined && !v.is(LaunchRequestSchema.entries.runId, values.id)) throw new UsageError(`--id ${JSON.stringify(values.id)}: small letters, digits, dot, dash and underscore, with a letter or digit first`);
    const { request: base, decontamination } = stage.endsWith('.json') ? await earlierRun(stage) : { request: freshRequest(values.recipe ?? 'acereason-7b', stage), decontamination: DEFAULT_DECONTAMINATION };
    const against = values.against?.map((path) => resolve(path)) ?? decontamination.against;
    const request: LaunchRequest = {
      ...base,
      runId: values.id ?? `${base.stageId}-${new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}`,
      root: resolve(values.root ?? 'runs'),
      engine: 'rehearsal',
      problems: values.problems?.map((path) => resolve(path)) ?? base.problems,
      rehearsal: { rollouts: values.rollouts?.map((path) => resolve(path)) ?? base.rehearsal?.rollouts ?? [] },
      settings: changedSettings(base.settings, values.set ?? []),
    };
    return rehearse(request, { python: values.python ?? null, unsafeCode: values['unsafe-code'] === true, decontamination: { ...decontamination, against } }, io);
  },
};

/** The request of an earlier run, and with what its problems were compared. */
async function earlierRun(path: string): Promise<{ request: LaunchRequest; decontamination: DecontaminationOptions }> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = v.safeParse(v.object({ request: LaunchRequestSchema, decontamination: v.optional(v.array(v.object({ options: DecontaminationOptionsSchema })), []) }), json);
  if (parsed.success) return { request: parsed.output.request, decontamination: parsed.output.decontamination[0]?.options ?? DEFAULT_DECONTAMINATION };
  throw new UsageError(`${path}: ${v.getDotPath(parsed.issues[0]) ?? 'file'}: ${schemaMessage(parsed.issues[0])}`);
}

function freshRequest(recipeId: string, stageId: string): LaunchRequest {
  try {
    const { recipe, stage } = findStage(recipeId, stageId);
    return { runId: 'new', root: '/', recipeId, stageId, settings: stage.settings, problems: [], validation: [], checkpoint: recipe.initialPolicy, engine: 'rehearsal' };
  } catch (error) {
    if (error instanceof RequestError) throw new UsageError(error.message);
    throw error;
  }
}

function changedSettings(settings: StageSettings, changes: readonly string[]): StageSettings {
  const changed: Record<string, unknown> = { ...settings };
  for (const change of changes) {
    const at = change.indexOf('=');
    const key = change.slice(0, at);
    if (at <= 0 || !Object.hasOwn(settings, key)) throw new UsageError(`--set ${change}: not a setting; known are ${Object.keys(settings).join(', ')}`);
    const text = change.slice(at + 1);
    changed[key] = text === 'true' ? true : text === 'false' ? false : text === 'null' ? null : text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
  }
  const parsed = v.safeParse(StageSettingsSchema, changed);
  if (parsed.success) return parsed.output;
  throw new UsageError(`--set ${v.getDotPath(parsed.issues[0]) ?? ''}: ${schemaMessage(parsed.issues[0])}`);
}

async function rehearse(request: LaunchRequest, options: ServiceOptions, io: CommandIo): Promise<number> {
  const services = new Services(options);
  const runs = services.training;
  const bar = new ProgressBar(io.stderr, 'steps');
  try {
    const preview = await runs.previewLaunch(request, { signal: io.signal, progress: () => undefined });
    for (const { severity, message } of preview.lints) io.stderr.write(`rlvr: ${severity}: ${message}\n`);
    const removed = Object.entries(preview.problems.removed).map(([reason, count]) => `${count} ${reason}`);
    io.stderr.write(`rlvr: ${preview.problems.kept} of ${preview.problems.total} problems${removed.length > 0 ? `; left out: ${removed.join(', ')}` : ''}\n`);
    const run = await runs.launch(request, { signal: io.signal, progress: () => undefined });
    const ended = await followed(runs, run, io, bar);
    io.stderr.write(`rlvr: ${ended.status}: ${ended.message}\n${ended.directory}\n`);
    return ended.status === 'succeeded' ? EXIT_DONE : EXIT_UNDONE;
  } catch (error) {
    if (error instanceof RequestError) throw new UsageError(error.message);
    throw error;
  } finally {
    bar.end();
    await services.dispose();
  }
}

/** Prints the steps until the run has ended; Ctrl-C stops it. */
async function followed(runs: RunManager, { directory, plannedSteps }: RunInfo, io: CommandIo, bar: ProgressBar): Promise<RunInfo> {
  const over = new AbortController();
  const stop = (): void => { void runs.stopRun({ directory }); };
  io.signal.addEventListener('abort', stop, { once: true });
  let told = 0;
  const print = async (events: readonly RunEvent[]): Promise<void> => {
    for (const { seq, body } of events) {
      told = seq;
      if (body.type !== 'step') continue;
      bar.update(body.step, plannedSteps);
      await writeLine(io.stdout, { step: body.step, data: body.metrics });
    }
  };
  const { promise: caughtUp, resolve: nowCaughtUp } = Promise.withResolvers<undefined>();
  let last = Infinity;
  await runs.subscribeRun({ directory, after: 0 }, over.signal, async (events) => {
    await print(events);
    if (told >= last) nowCaughtUp(undefined);
  });
  await runs.idle();
  const ended = await runs.getRun({ directory });
  last = ended.lastSeq;
  if (told < last && ended.status !== 'failed') await caughtUp;
  over.abort();
  io.signal.removeEventListener('abort', stop);
  return ended;
}
