import ivm from 'isolated-vm';
import * as v from 'valibot';

/** What became of one task. `time` and `memory`: the task broke that limit and its isolate was replaced. */
export type Outcome =
  | { readonly kind: 'done'; readonly output: string }
  | { readonly kind: 'time' | 'memory' | 'error'; readonly message: string };

/** Runs tasks in one isolate, one result for each. Rejects when a limit is broken or the isolate fails. */
export type BatchRunner = (tasks: readonly string[], timeoutMs: number) => Promise<readonly string[]>;

export interface IsolatePoolOptions {
  /** Makes a new isolate ready for tasks. Rejections are the outcome `error` of the tasks that wait for it. */
  readonly prepare: (isolate: ivm.Isolate) => Promise<BatchRunner>;
  /** Heap to start from, of trusted code only. */
  readonly snapshot?: ivm.ExternalCopy<ArrayBuffer>;
  /** Isolates that may run at the same time; each has a thread of its own while it works. */
  readonly workers: number;
  /** Heap of one isolate, megabytes. */
  readonly memoryMb: number;
  /** Wall time one task may take, milliseconds. A second wall: the script bounds its own work. */
  readonly taskTimeoutMs: number;
  /** Most tasks handed over in one call. */
  readonly batchSize?: number;
}

export interface IsolatePool {
  readonly workers: number;
  /** Rejects with an AbortError when `signal` fires or the pool is disposed; never because of the task. */
  run(task: string, signal?: AbortSignal): Promise<Outcome>;
  /** Creates the isolates now instead of at the first task. */
  warmUp(): Promise<void>;
  dispose(): Promise<void>;
}

interface Job {
  readonly task: string;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
  /** Already part of a batch that broke a limit: runs alone, so that its neighbours get their results. */
  alone: boolean;
  done: boolean;
}

interface Worker {
  isolate: ivm.Isolate | null;
  batch: BatchRunner | null;
  busy: boolean;
}

const ResultsSchema = v.array(v.string());

/**
 * Runner for a script that defines `globalThis.rlvrBatch(tasks: string[] as JSON): string[] as JSON`. `filename` names it
 * in stack traces.
 */
export function scriptRunner(code: string, filename: string): IsolatePoolOptions['prepare'] {
  return async (isolate) => {
    const context = await isolate.createContext();
    const script = await isolate.compileScript(code, { filename });
    await script.run(context, { timeout: START_TIMEOUT_MS });
    // The type is the script's contract; a script without the function fails at its first task with a clear error.
    const batch = await context.global.get('rlvrBatch', { reference: true }) as ivm.Reference<(tasks: string) => string>;
    return async (tasks, timeout) => v.parse(ResultsSchema, JSON.parse(await batch.apply(undefined, [JSON.stringify(tasks)], { timeout })));
  };
}

const START_TIMEOUT_MS = 10_000;

/**
 * A pool of isolates that run one pure program. Tasks are strings, handed over in batches on the isolates' own threads:
 * the calling thread only queues. An isolate that runs out of time or memory is replaced; the other tasks of its batch
 * run again alone, the offender gets the limit as its outcome.
 */
export function createIsolatePool(options: IsolatePoolOptions): IsolatePool {
  const workers: Worker[] = Array.from({ length: Math.max(1, options.workers) }, () => ({ isolate: null, batch: null, busy: false }));
  const batchSize = options.batchSize ?? 64;
  const queue: Job[] = [];
  const running = new Set<Job>();
  let head = 0;
  let disposed = false;
  let scheduled = false;

  const pending = (): number => queue.length - head;

  function schedule(): void {
    if (scheduled || disposed) return;
    scheduled = true;
    // One turn later, so that tasks queued in the same turn travel together.
    setImmediate(() => {
      scheduled = false;
      for (const worker of workers) {
        if (worker.busy || pending() === 0) continue;
        void serve(worker);
      }
    });
  }

  function take(): Job[] {
    const share = Math.min(batchSize, Math.ceil(pending() / workers.length));
    const batch: Job[] = [];
    while (batch.length < share && pending() > 0) {
      const job = queue[head++];
      if (job === undefined || job.done) continue;
      if (job.alone && batch.length > 0) {
        head--;
        break;
      }
      batch.push(job);
      if (job.alone) break;
    }
    if (head > 1024 && head * 2 > queue.length) {
      queue.splice(0, head);
      head = 0;
    }
    return batch;
  }

  async function serve(worker: Worker): Promise<void> {
    worker.busy = true;
    try {
      for (let batch = take(); batch.length > 0 && !disposed; batch = take()) {
        for (const job of batch) running.add(job);
        await runBatch(worker, batch);
        for (const job of batch) running.delete(job);
      }
    } finally {
      worker.busy = false;
    }
  }

  async function runBatch(worker: Worker, batch: Job[]): Promise<void> {
    try {
      const call = worker.batch ?? await start(worker);
      const timeout = Math.ceil(options.taskTimeoutMs * Math.sqrt(batch.length)); // isolated-vm takes whole numbers only
      const results = await call(batch.map((job) => job.task), timeout);
      batch.forEach((job, index) => settle(job, { kind: 'done', output: results[index] ?? '' }));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const kind = /timed out/i.test(message) ? 'time' : worker.isolate?.isDisposed === true || /memory/i.test(message) ? 'memory' : 'error';
      stop(worker);
      if (batch.length === 1) {
        batch.forEach((job) => settle(job, { kind, message }));
        return;
      }
      for (const job of batch) {
        if (job.done) continue;
        queue.push(Object.assign(job, { alone: true }));
      }
    }
  }

  async function start(worker: Worker): Promise<BatchRunner> {
    const isolate = new ivm.Isolate({ memoryLimit: options.memoryMb, ...(options.snapshot === undefined ? {} : { snapshot: options.snapshot }) });
    worker.isolate = isolate;
    worker.batch = await options.prepare(isolate);
    return worker.batch;
  }

  function stop(worker: Worker): void {
    if (worker.isolate !== null && !worker.isolate.isDisposed) worker.isolate.dispose();
    worker.isolate = null;
    worker.batch = null;
  }

  function settle(job: Job, outcome: Outcome): void {
    if (job.done) return;
    job.done = true;
    job.resolve(outcome);
  }

  function fail(job: Job, error: Error): void {
    if (job.done) return;
    job.done = true;
    job.reject(error);
  }

  return {
    workers: workers.length,
    run(task, signal) {
      return new Promise((resolve, reject) => {
        if (disposed) return reject(abortError('the verifier was closed'));
        if (signal?.aborted === true) return reject(abortError('cancelled'));
        const onAbort = (): void => fail(job, abortError('cancelled'));
        const job: Job = {
          task,
          alone: false,
          done: false,
          resolve: (outcome) => {
            signal?.removeEventListener('abort', onAbort);
            resolve(outcome);
          },
          reject,
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        queue.push(job);
        schedule();
      });
    },
    async warmUp() {
      await Promise.all(workers.filter((worker) => worker.batch === null && !worker.busy).map(start));
    },
    dispose() {
      disposed = true;
      const error = abortError('the verifier was closed');
      for (const job of queue.slice(head)) fail(job, error);
      for (const job of running) fail(job, error);
      queue.length = 0;
      head = 0;
      workers.forEach(stop);
      return Promise.resolve();
    },
  };
}

function abortError(message: string): Error {
  return new DOMException(message, 'AbortError');
}
