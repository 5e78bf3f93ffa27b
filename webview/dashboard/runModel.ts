// What the dashboard holds of a run, made from its events: bounded, each event once, in order. Pure.
import type { Metrics, RunEvent } from '../../server/protocol/training.ts';
import { isValidation } from './validation.ts';

export interface StepRecord { readonly step: number; readonly time: string; readonly metrics: Metrics }
export interface Alert { readonly code: string; readonly severity: 'warning' | 'error'; readonly message: string; readonly step: number | null; readonly time: string; readonly times: number }
export interface LogLine { readonly time: string; readonly stream: 'stdout' | 'stderr' | 'server'; readonly text: string }

/** Steps beyond this are thinned out (every second of the older half goes): a chart has fewer pixels anyway. */
const MAX_STEPS = 10_000;
const MAX_ALERTS = 40;
const MAX_LOG = 300;
const MAX_LINE = 2000;

export class RunModel {
  lastSeq = 0;
  lastTime: string | null = null;
  steps: StepRecord[] = [];
  /** Newest first, one per code: an alert that comes back is the same alert again. */
  alerts: Alert[] = [];
  log: LogLine[] = [];
  /** Names of validation metrics that any step had. */
  readonly validation = new Set<string>();
  /** Rollout file by step. */
  readonly rollouts = new Map<number, string>();
  checkpoint: { readonly step: number; readonly path: string } | null = null;

  /** Takes events in; those seen before change nothing. */
  add(events: readonly RunEvent[]): void {
    for (const event of events) {
      if (event.seq <= this.lastSeq) continue;
      this.lastSeq = event.seq;
      this.lastTime = event.time;
      this.#apply(event);
    }
  }

  latest(metric: string): number | null {
    return this.steps.findLast((record) => typeof record.metrics[metric] === 'number')?.metrics[metric] ?? null;
  }

  /** A metric over the steps, null where a step has none. */
  series(metric: string): (number | null)[] {
    return this.steps.map((record) => record.metrics[metric] ?? null);
  }

  #apply({ time, body }: RunEvent): void {
    switch (body.type) {
      case 'step': return this.#addStep({ step: body.step, time, metrics: body.metrics });
      case 'rollouts': return void this.rollouts.set(body.step, body.path);
      case 'checkpoint':
        this.checkpoint = { step: body.step, path: body.path };
        return;
      case 'log':
        for (const text of body.text.split('\n')) if (text.trim() !== '') this.log.push({ time, stream: body.stream, text: text.slice(0, MAX_LINE) });
        if (this.log.length > MAX_LOG) this.log = this.log.slice(-MAX_LOG);
        return;
      case 'alert': {
        const before = this.alerts.find((alert) => alert.code === body.code);
        const { type: _type, ...alert } = body;
        this.alerts = [{ ...alert, time, times: (before?.times ?? 0) + 1 }, ...this.alerts.filter((other) => other !== before)].slice(0, MAX_ALERTS);
        return;
      }
      case 'status':
        this.log.push({ time, stream: 'server', text: `${body.status}: ${body.message}`.slice(0, MAX_LINE) });
    }
  }

  /** A resumed run may repeat steps after its last checkpoint: the newer ones count. */
  #addStep(record: StepRecord): void {
    while ((this.steps.at(-1)?.step ?? -1) >= record.step) this.steps.pop();
    this.steps.push(record);
    for (const name of Object.keys(record.metrics)) if (isValidation(name)) this.validation.add(name);
    if (this.steps.length > MAX_STEPS) {
      const half = MAX_STEPS / 2;
      this.steps = [...this.steps.slice(0, half).filter((_, index) => index % 2 === 0), ...this.steps.slice(half)];
    }
  }
}
