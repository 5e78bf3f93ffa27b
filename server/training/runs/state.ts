import type { Metrics, RunEvent, RunStatus } from '../../protocol/training.ts';

/** What the events of a run add up to. */
export interface RunState {
  readonly status: RunStatus;
  readonly message: string;
  /** Last step whose metrics are known; 0 before the first. */
  readonly step: number;
  readonly latest: Metrics;
  readonly lastSeq: number;
  readonly startedAt: string;
  readonly updatedAt: string;
  /** 1 for the first execution, one more for each resume. */
  readonly attempt: number;
  /** Bytes (UTF-8) of the engine's standard output that this attempt's log events hold: where to go on reading. */
  readonly logBytes: number;
  /** Steps whose rollouts were announced, and the last announced checkpoint. */
  readonly rolloutSteps: ReadonlySet<number>;
  readonly checkpointStep: number;
  /** Codes of alerts that were raised, so that none is raised twice in an attempt. */
  readonly alerts: ReadonlySet<string>;
}

export const NO_EVENTS: RunState = {
  status: 'preparing', message: '', step: 0, latest: {}, lastSeq: 0, startedAt: '', updatedAt: '',
  attempt: 1, logBytes: 0, rolloutSteps: new Set(), checkpointStep: 0, alerts: new Set(),
};

const ENDED: ReadonlySet<RunStatus> = new Set(['stopped', 'succeeded', 'failed', 'lost']);

/** Adds one event to what came before. `pending` after an end is a resume and begins a new attempt. */
export function foldEvent(state: RunState, event: RunEvent): RunState {
  const base: RunState = { ...state, lastSeq: event.seq, updatedAt: event.time, startedAt: state.startedAt === '' ? event.time : state.startedAt };
  const { body } = event;
  switch (body.type) {
    case 'status': {
      const resumed = body.status === 'pending' && ENDED.has(state.status);
      const attempt = resumed ? { attempt: state.attempt + 1, logBytes: 0, alerts: new Set<string>() } : {};
      return { ...base, ...attempt, status: body.status, message: body.message };
    }
    case 'step':
      // A later step's metrics replace the latest; a step told again after a resume does not move the run backwards in its list.
      return { ...base, step: body.step, latest: body.metrics };
    case 'rollouts':
      return { ...base, rolloutSteps: new Set(state.rolloutSteps).add(body.step) };
    case 'checkpoint':
      return { ...base, checkpointStep: body.step };
    case 'log':
      return body.stream === 'stdout' ? { ...base, logBytes: state.logBytes + Buffer.byteLength(body.text) } : base;
    case 'alert':
      return { ...base, alerts: new Set(state.alerts).add(body.code) };
  }
}
