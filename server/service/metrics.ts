import type { Domain } from '../protocol/problem.ts';
import type { VerdictKind } from '../protocol/verdict.ts';

/** Upper bounds of the histogram of verification times, seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** What the service is doing now; read when the metrics are asked for. */
export interface Gauges {
  readonly inFlight: number;
  readonly bytesInFlight: number;
  readonly queue: number;
  readonly connections: { readonly lines: number; readonly http: number };
}

interface Times {
  readonly counts: number[];
  sum: number;
  count: number;
}

/** Why a request got no verdict of a verifier. */
export type Refusal = 'malformed' | 'too-long' | 'no-task' | 'stopping' | 'unauthorised';

/** Counters since the start, in the text format of Prometheus (exposition format 0.0.4). */
export class Metrics {
  readonly #verdicts = new Map<string, number>();
  readonly #times = new Map<Domain, Times>();
  readonly #refused = new Map<Refusal, number>();
  readonly #since = Date.now() / 1000;
  #requests = 0;
  #cancelled = 0;

  requested(): void {
    this.#requests += 1;
  }

  cancelled(): void {
    this.#cancelled += 1;
  }

  refused(why: Refusal): void {
    this.#refused.set(why, (this.#refused.get(why) ?? 0) + 1);
  }

  verified(domain: Domain, verdict: VerdictKind, seconds: number): void {
    const labels = `domain="${domain}",verdict="${verdict}"`;
    this.#verdicts.set(labels, (this.#verdicts.get(labels) ?? 0) + 1);
    let times = this.#times.get(domain);
    if (times === undefined) this.#times.set(domain, (times = { counts: BUCKETS.map(() => 0), sum: 0, count: 0 }));
    times.sum += seconds;
    times.count += 1;
    const bucket = BUCKETS.findIndex((bound) => seconds <= bound);
    if (bucket >= 0) times.counts[bucket] = (times.counts[bucket] ?? 0) + 1;
  }

  text(now: Gauges): string {
    const lines: string[] = [];
    const metric = (name: string, type: string, help: string, samples: readonly (readonly [string, number])[]): void => {
      lines.push(`# HELP rlvr_verifier_${name} ${help}`, `# TYPE rlvr_verifier_${name} ${type}`);
      for (const [suffix, value] of samples) lines.push(`rlvr_verifier_${name}${suffix} ${value}`);
    };
    metric('requests_total', 'counter', 'Rollouts received.', [['', this.#requests]]);
    metric('verdicts_total', 'counter', 'Verdicts by domain and kind; error is a fault of the machine.', [...this.#verdicts].map(([labels, count]) => [`{${labels}}`, count]));
    metric('refused_total', 'counter', 'Requests without a verdict, by reason.', [...this.#refused].map(([why, count]) => [`{reason="${why}"}`, count]));
    metric('cancelled_total', 'counter', 'Requests cancelled because their connection was closed.', [['', this.#cancelled]]);
    metric('in_flight', 'gauge', 'Rollouts being verified.', [['', now.inFlight]]);
    metric('in_flight_bytes', 'gauge', 'Bytes of the requests being verified.', [['', now.bytesInFlight]]);
    metric('queue', 'gauge', 'Requests that wait for a place.', [['', now.queue]]);
    metric('connections', 'gauge', 'Open connections.', [['{speaking="lines"}', now.connections.lines], ['{speaking="http"}', now.connections.http]]);
    metric('seconds', 'histogram', 'Wall time of a verification, waiting for a worker included.', [...this.#times].flatMap(([domain, times]) => histogram(domain, times)));
    metric('resident_bytes', 'gauge', 'Resident memory of the service without its workers.', [['', process.memoryUsage.rss()]]);
    metric('start_time_seconds', 'gauge', 'Unix time of the start.', [['', this.#since]]);
    return `${lines.join('\n')}\n`;
  }
}

function histogram(domain: Domain, { counts, sum, count }: Times): [string, number][] {
  let below = 0;
  const buckets = BUCKETS.map((bound, i): [string, number] => [`_bucket{domain="${domain}",le="${bound}"}`, (below += counts[i] ?? 0)]);
  return [...buckets, [`_bucket{domain="${domain}",le="+Inf"}`, count], [`_sum{domain="${domain}"}`, sum], [`_count{domain="${domain}"}`, count]];
}
