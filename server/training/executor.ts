/** What this server executes: from a prepared directory, or from a request alone, to the run's last status on disk. */
import { isAbort } from '../protocol/errors.ts';
import type { Engine as EngineName } from '../protocol/training.ts';
import type { Engine, Outcome } from './engines/engine.ts';
import type { TrainingPorts } from './ports.ts';
import { describeError } from './runs/files.ts';
import { prepareRun } from './runs/prepare.ts';
import type { Run } from './runs/run.ts';
import { readStageFile, type StageFile } from './runs/stageFile.ts';
import { resolveStage, type ResolvedStage } from './stages/resolve.ts';

/** A run under execution by this server. */
interface RunningExecution {
  readonly stop: AbortController;
  readonly done: Promise<undefined>;
  /** Its outcome is on its way to disk: nothing may be said of the run after it. */
  isEnding: boolean;
}

export class Executor {
  readonly #engines: Readonly<Record<EngineName, Engine>>;
  readonly #ports: TrainingPorts;
  /** Fires when this server goes away: work elsewhere is left as it is. */
  readonly #detach: AbortSignal;
  readonly #executions = new Map<string, RunningExecution>();

  constructor(engines: Readonly<Record<EngineName, Engine>>, ports: TrainingPorts, detach: AbortSignal) {
    this.#engines = engines;
    this.#ports = ports;
    this.#detach = detach;
  }

  /** The execution of the run in this directory, if this server executes it now. */
  of(directory: string): RunningExecution | undefined {
    return this.#executions.get(directory);
  }

  /** Resolves when nothing is executed any more. */
  async idle(): Promise<void> {
    while (this.#executions.size > 0) await Promise.all([...this.#executions.values()].map(({ done }) => done));
  }

  /** Begins to execute a run that this server owns. `resolved` spares a fresh launch from reading its inputs twice. */
  execute(run: Run, resolved: ResolvedStage | null): void {
    const stop = new AbortController();
    if (run.state.status === 'stopping') stop.abort();
    const { promise: done, resolve: nowDone } = Promise.withResolvers<undefined>();
    const execution: RunningExecution = { stop, done, isEnding: false };
    this.#executions.set(run.layout.directory, execution);
    void this.#executeAndRecord(run, resolved, execution).then(() => {
      this.#executions.delete(run.layout.directory);
      nowDone(undefined);
    });
  }

  /** Never rejects: whatever happens becomes the run's status. */
  async #executeAndRecord(run: Run, resolved: ResolvedStage | null, execution: RunningExecution): Promise<void> {
    try {
      const outcome = await this.#outcome(run, resolved, execution.stop.signal);
      execution.isEnding = true;
      if (outcome !== null && (outcome.status !== run.state.status || outcome.message !== run.state.message)) {
        await run.emit({ type: 'status', status: outcome.status, message: outcome.message });
      }
    } catch (error) {
      run.fail(`the run’s files cannot be written: ${describeError(error)}`);
    }
    await run.release().catch((error: unknown) => { run.fail(describeError(error)); });
  }

  /** Null when this server goes away in the middle. */
  async #outcome(run: Run, resolved: ResolvedStage | null, stop: AbortSignal): Promise<Outcome | null> {
    const detach = this.#detach;
    try {
      const stage = await this.#prepared(run, resolved, AbortSignal.any([stop, detach]));
      return await this.#engines[stage.request.engine].execute({
        layout: run.layout, stage, ports: this.#ports, state: () => run.state, emit: (...bodies) => run.emit(...bodies), stop, detach,
      });
    } catch (error) {
      if (detach.aborted) return null;
      if (stop.aborted && isAbort(error)) return { status: 'stopped', message: 'stopped before it started' };
      return { status: 'failed', message: describeError(error) };
    }
  }

  /** The run's stage; written first if a launch was interrupted before that. */
  async #prepared(run: Run, resolved: ResolvedStage | null, signal: AbortSignal): Promise<StageFile> {
    const { layout, request } = run;
    if (run.state.status !== 'preparing') {
      const stage = await readStageFile(layout.stage).catch((error: unknown) => { if (resolved === null && run.state.step > 0) throw error; return null; });
      if (stage !== null) return stage;
    }
    const stage = resolved ?? await resolveStage(request, this.#ports, signal, () => undefined);
    const file = await prepareRun(stage, layout, this.#engines[request.engine], this.#ports, signal);
    if (run.state.status === 'preparing') await run.emit({ type: 'status', status: 'pending', message: 'prepared' });
    return file;
  }
}
