/** The rehearsal: a dry run of a stage on recorded rollouts. It trains no model and says so wherever it is shown. */
import { relative } from 'node:path';
import type { Problem } from '../../../protocol/problem.ts';
import type { Lint } from '../../../protocol/training.ts';
import { alertsOf } from '../../alerts.ts';
import { writeAtomically } from '../../runs/files.ts';
import { rolloutsOfStep, type RunLayout } from '../../runs/layout.ts';
import { chosenProblems } from '../../stages/chosen.ts';
import type { ResolvedStage } from '../../stages/resolve.ts';
import type { Engine, Execution, Outcome } from '../engine.ts';
import { shellWord } from '../shellWord.ts';
import { Judge, openCorpus } from './corpus.ts';
import { rolloutLine } from './dump.ts';
import { rehearsalLints } from './lints.ts';
import { RolloutBudget } from './rolloutBudget.ts';
import { rehearseStep, type StepResult } from './step.ts';
import { forgetTable, loadTable, savedSteps, saveTable, tablePath, type Table } from './table.ts';

export class RehearsalEngine implements Engine {
  readonly label = 'rehearsal (trains no model)';

  version(): string {
    return 'rlvr-table/1';
  }

  lints(stage: ResolvedStage): Lint[] {
    return rehearsalLints(stage);
  }

  command({ directory }: ResolvedStage): string {
    return `#!/bin/sh\n# A rehearsal trains no model. This repeats it in another run directory.\nexec rlvr rehearse ${shellWord(`${directory}/stage.json`)}\n`;
  }

  modelOf(): null {
    return null;
  }

  async prepare(_stage: ResolvedStage, _layout: RunLayout, _problems: readonly Problem[]): Promise<void> {
    // Everything a rehearsal needs is in stage.json and the files it names.
  }

  async execute(execution: Execution): Promise<Outcome> {
    const signal = AbortSignal.any([execution.stop, execution.detach]);
    try {
      return await this.#rehearse(execution, signal);
    } catch (error) {
      // A stop ends the step that was under way; the run stays at the last complete one.
      if (execution.stop.aborted && !execution.detach.aborted) return { status: 'stopped', message: `stopped after step ${execution.state().step}` };
      throw error;
    }
  }

  async #rehearse(execution: Execution, signal: AbortSignal): Promise<Outcome> {
    const { layout, stage, ports } = execution;
    const { settings, rehearsal } = stage.request;
    signal.throwIfAborted();
    await execution.emit({ type: 'status', status: 'running', message: 'rehearsing on recorded rollouts; no model is trained' });
    const problems = await chosenProblems(layout, stage, ports, signal);
    const corpus = await openCorpus(problems, rehearsal?.rollouts ?? [], ports, signal);
    if (corpus.length === 0) return { status: 'failed', message: 'none of the recorded rollouts belongs to a problem of this stage any more' };
    const judge = new Judge(ports.verifierOf(settings.domain), { limit: settings.maxResponseLength, thinking: settings.thinkingOpened ? 'yes' : 'no' });

    const loaded = await loadTable(layout, execution.state().step);
    if (loaded.issues.length > 0) await execution.emit({ type: 'log', stream: 'server', text: `${loaded.issues.join('\n')}\n` });
    const budget = await RolloutBudget.open(layout, settings.saveEvery);
    for (let step = loaded.step + 1; step <= settings.steps; step += 1) {
      const result = await rehearseStep(corpus, judge, loaded.table, settings, step, signal);
      await this.#record(execution, step, loaded.table, result, judge, budget);
    }
    return { status: 'succeeded', message: `rehearsed ${settings.steps} steps; no model was trained` };
  }

  /** First the files, then the events that speak of them: whoever reads an event finds its files. */
  async #record({ layout, stage, state, emit }: Execution, step: number, table: Table, { metrics, rollouts }: StepResult, judge: Judge, budget: RolloutBudget): Promise<void> {
    const { settings } = stage.request;
    const lines: string[] = [];
    for (const rollout of rollouts) lines.push(await rolloutLine(rollout, step, judge));
    const path = rolloutsOfStep(layout, step);
    const text = `${lines.join('\n')}\n`;
    await writeAtomically(path, text);
    await budget.add(step, Buffer.byteLength(text));
    await saveTable(layout, step, table);
    const checkpoint = step % settings.saveEvery === 0 || step === settings.steps;
    // A step that is computed again after a crash is told only once.
    if (step > state().step) {
      await emit(
        { type: 'rollouts', step, path: relative(layout.directory, path), count: rollouts.length },
        { type: 'step', step, metrics },
        ...(checkpoint ? [{ type: 'checkpoint' as const, step, path: relative(layout.directory, tablePath(layout, step)) }] : []),
        ...alertsOf(step, metrics, state().alerts),
      );
    }
    for (const saved of (await savedSteps(layout)).filter((candidate) => candidate < step - 1 && candidate % settings.saveEvery !== 0)) await forgetTable(layout, saved);
  }
}
