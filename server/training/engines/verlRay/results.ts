/** What a job leaves on shared storage or prints, turned into events: metrics, rollouts, checkpoints. */
import { isAbsolute, join, relative } from 'node:path';
import type { Metrics, RunEventBody } from '../../../protocol/training.ts';
import { alertsOf } from '../../alerts.ts';
import { scanEvents } from '../../runs/eventFile.ts';
import { listSteps } from '../../runs/rolloutFiles.ts';
import { foldEvent, NO_EVENTS } from '../../runs/state.ts';
import type { Execution } from '../engine.ts';
import { lastCheckpoint, readDump } from './dumps.ts';
import { MetricsLog } from './metricsLog.ts';
import type { JobPaths } from './paths.ts';

/** Metrics by step that this attempt's events already tell. */
async function toldMetrics(eventsPath: string): Promise<Map<number, string>> {
  let state = NO_EVENTS;
  const told = new Map<number, string>();
  await scanEvents(eventsPath, (event) => {
    const { attempt } = state;
    state = foldEvent(state, event);
    if (state.attempt !== attempt) told.clear();
    if (event.body.type === 'step') told.set(event.body.step, JSON.stringify(event.body.metrics));
  });
  return told;
}

export class JobResults {
  readonly #execution: Execution;
  readonly #paths: JobPaths;
  readonly #log: MetricsLog;
  readonly #told: Map<number, string>;
  readonly #metrics = new Map<number, Metrics>();
  /** Steps whose dump was read in this attempt. */
  readonly #dumped = new Set<number>();

  private constructor(execution: Execution, paths: JobPaths, told: Map<number, string>) {
    this.#execution = execution;
    this.#paths = paths;
    this.#log = new MetricsLog(paths.metrics(execution.state().attempt));
    this.#told = told;
  }

  static async open(execution: Execution, paths: JobPaths): Promise<JobResults> {
    return new JobResults(execution, paths, await toldMetrics(execution.layout.events));
  }

  /** Metrics that a console line told; used where the metrics file cannot be seen. */
  async fromConsole(step: number, metrics: Metrics): Promise<void> {
    if (await this.#log.visible()) return;
    this.#merge(step, metrics);
    await this.#tell(new Set([step]));
  }

  /** Looks for what is new on disk and tells it. `final`: the job has ended, nothing more will come. */
  async collect(final: boolean): Promise<void> {
    const touched = new Set<number>();
    for (const { step, metrics } of await this.#log.read()) {
      this.#merge(step, metrics);
      touched.add(step);
    }
    const rollouts = await this.#newDumps(touched, final);
    await this.#execution.emit(...rollouts);
    await this.#tell(touched);
    await this.#checkpoint();
  }

  #merge(step: number, metrics: Metrics): void {
    this.#metrics.set(step, { ...this.#metrics.get(step), ...metrics });
  }

  async #newDumps(touched: Set<number>, final: boolean): Promise<RunEventBody[]> {
    const events: RunEventBody[] = [];
    for (const step of await listSteps({ rollouts: this.#paths.rolloutDumps })) {
      // An older attempt's dump of a step that this one has not reached is left alone.
      if (this.#dumped.has(step) || (!this.#metrics.has(step) && !final)) continue;
      const path = join(this.#paths.rolloutDumps, `${step}.jsonl`);
      const dump = await readDump(path);
      if (dump === null) continue; // still being written: looked at again
      this.#dumped.add(step);
      if (this.#metrics.has(step)) {
        this.#merge(step, dump.metrics);
        touched.add(step);
      }
      if (!this.#execution.state().rolloutSteps.has(step)) events.push({ type: 'rollouts', step, path: this.#placeOf(path), count: dump.count });
    }
    return events;
  }

  async #tell(touched: ReadonlySet<number>): Promise<void> {
    for (const step of [...touched].sort((a, b) => a - b)) {
      const metrics = this.#metrics.get(step) ?? {};
      const text = JSON.stringify(metrics);
      if (this.#told.get(step) === text) continue;
      this.#told.set(step, text);
      await this.#execution.emit({ type: 'step', step, metrics }, ...alertsOf(step, metrics, this.#execution.state().alerts));
    }
  }

  async #checkpoint(): Promise<void> {
    const step = await lastCheckpoint(this.#paths.checkpoints);
    if (step <= this.#execution.state().checkpointStep) return;
    await this.#execution.emit({ type: 'checkpoint', step, path: this.#placeOf(join(this.#paths.checkpoints, `global_step_${step}`)) });
  }

  /** Relative inside the run directory, which may be moved; absolute on other storage. */
  #placeOf(path: string): string {
    const inside = relative(this.#execution.layout.directory, path);
    return inside.startsWith('..') || isAbsolute(inside) ? path : inside;
  }
}
