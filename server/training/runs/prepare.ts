import { makeFolder } from '../../records/makeFolder.ts';
import type { Engine } from '../engines/engine.ts';
import type { TrainingPorts } from '../ports.ts';
import type { ResolvedStage } from '../stages/resolve.ts';
import { errorCode, sha256OfFile, writeAtomically } from './files.ts';
import type { RunLayout } from './layout.ts';
import type { StageFile } from './stageFile.ts';

/** Content of stage.json, without the hashes that only a launch computes. */
export function stageFile(stage: ResolvedStage, engine: Engine, ports: TrainingPorts, inputs: StageFile['inputs']): StageFile {
  const { request, recipe, choice, comparisons, validation } = stage;
  return {
    format: 'rlvr-stage/1',
    request,
    title: stage.stage.title,
    recipeTitle: recipe.title,
    engine: { name: request.engine, label: engine.label, version: engine.version(stage) },
    versions: { rlvr: ports.serverVersion, node: process.versions.node },
    inputs,
    decontamination: [...comparisons],
    problems: { total: choice.total, kept: choice.kept.length, removed: { ...choice.removed }, unknownPassRate: choice.unknownPassRate, validation: validation.length },
    problemIds: choice.kept.map(({ id }) => id),
  };
}

/** Files that decide what a run trains on. */
function inputFiles({ request, comparisons }: ResolvedStage, ports: TrainingPorts): string[] {
  const sets = [...request.problems, ...request.validation].flatMap((path) => ports.problems.filesOf(path));
  return [...new Set([...sets, ...comparisons.flatMap(({ options }) => options.against), ...(request.rehearsal?.rollouts ?? [])])];
}

/** Writes everything that a run needs before it starts. Repeating it after a crash gives the same files. */
export async function prepareRun(stage: ResolvedStage, layout: RunLayout, engine: Engine, ports: TrainingPorts, signal: AbortSignal): Promise<StageFile> {
  const { choice, validation } = stage;
  const inputs: StageFile['inputs'] = [];
  for (const path of inputFiles(stage, ports)) {
    const sha256 = await sha256OfFile(path, signal).catch((error: unknown) => { if (errorCode(error) === 'ENOENT') return null; throw error; });
    if (sha256 !== null) inputs.push({ path, sha256 }); // a set need not have decisions or tests beside it
  }
  await makeFolder(layout.rollouts);
  await makeFolder(layout.checkpoints);
  await ports.writeProblems([...choice.kept, ...validation], layout.problems);
  await ports.writeParquet(choice.kept, layout.train, { split: 'train' });
  await ports.writeParquet(validation, layout.validation, { split: 'test' });
  await engine.prepare(stage, layout, choice.kept, ports);
  await writeAtomically(layout.command, engine.command(stage), 0o755);
  const file = stageFile(stage, engine, ports, inputs);
  await writeAtomically(layout.stage, `${JSON.stringify(file, null, 2)}\n`);
  return file;
}
