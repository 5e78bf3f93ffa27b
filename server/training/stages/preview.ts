/** What a launch would do, before anything is written. */
import { isAbsolute } from 'node:path';
import { RequestError } from '../../protocol/errors.ts';
import type { LaunchPreview, LaunchRequest, Lint } from '../../protocol/training.ts';
import type { Engine } from '../engines/engine.ts';
import type { TrainingPorts } from '../ports.ts';
import { stageFile } from '../runs/prepare.ts';
import { stageLints, stepsPerEpoch } from './lints.ts';
import type { ResolvedStage } from './resolve.ts';

/** The run directory's files as a launch would write them, and what is to be said before. */
export function previewOf(stage: ResolvedStage, engine: Engine, ports: TrainingPorts): LaunchPreview {
  const { request, choice, validation } = stage;
  const command = engine.command(stage);
  const preview = stageFile(stage, engine, ports, []);
  return {
    directory: stage.directory,
    files: [
      { name: 'stage.json', text: JSON.stringify({ ...preview, problemIds: [`(${choice.kept.length} ids)`] }, null, 2) },
      { name: 'command.sh', text: command },
      { name: 'train.parquet', text: `${choice.kept.length} problems as veRL rows (data_source, prompt, ability, reward_model, extra_info)` },
      { name: 'val.parquet', text: `${validation.length} problems as veRL rows` },
      { name: 'problems.jsonl', text: `${choice.kept.length + validation.length} problems with answers and tests, for the verifiers` },
    ],
    command,
    lints: allLints(stage, engine),
    problems: { total: choice.total, kept: choice.kept.length, removed: { ...choice.removed } },
    stepsPerEpoch: stepsPerEpoch(choice.kept.length, request.settings.batchSize),
  };
}

/** Objections of the stage and of its engine, the gravest first. */
export function allLints(stage: ResolvedStage, engine: Engine): Lint[] {
  const order = { error: 0, warning: 1, info: 2 };
  return [...stageLints(stage), ...engine.lints(stage)].sort((a, b) => order[a.severity] - order[b.severity]);
}

/** Paths of a request are absolute: a server has no folder of its own that a client could mean. */
export function checkedRequest(request: LaunchRequest): LaunchRequest {
  const places: [string, readonly string[]][] = [['root', [request.root]], ['problems', request.problems], ['validation', request.validation], ['rollouts', request.rehearsal?.rollouts ?? []]];
  for (const [field, paths] of places) {
    const relative = paths.find((path) => !isAbsolute(path));
    if (relative !== undefined) throw new RequestError('bad-input', `${field}: ${JSON.stringify(relative)} is not an absolute path`, { field });
  }
  return request;
}
