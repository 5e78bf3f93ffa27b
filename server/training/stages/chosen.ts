import type { Problem } from '../../protocol/problem.ts';
import type { TrainingPorts } from '../ports.ts';
import type { RunLayout } from '../runs/layout.ts';
import type { StageFile } from '../runs/stageFile.ts';

/** The training problems of a run as they were when it was prepared, in the order of stage.json. */
export async function chosenProblems(layout: RunLayout, stage: StageFile, ports: TrainingPorts, signal: AbortSignal): Promise<Problem[]> {
  const entries = await ports.problems.read(layout.problems, signal);
  const byId = new Map(entries.map(({ problem }) => [problem.id, problem]));
  return stage.problemIds.map((id) => {
    const problem = byId.get(id);
    if (problem === undefined) throw new Error(`${layout.problems}: problem ${id} of stage.json is missing`);
    return problem;
  });
}
