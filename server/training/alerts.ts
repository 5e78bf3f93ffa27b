import type { Metrics, RunEventBody } from '../protocol/training.ts';

type Alert = Extract<RunEventBody, { type: 'alert' }>;

interface Rule {
  readonly code: string;
  readonly severity: Alert['severity'];
  readonly metric: string;
  readonly holds: (value: number) => boolean;
  readonly message: (value: number) => string;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** Signs of trouble that one step's metrics show. Thresholds are ours. */
const RULES: readonly Rule[] = [
  { code: 'verifier-errors', severity: 'error', metric: 'verifier/error_rate', holds: (value) => value > 0, message: (value) => `the verifier failed on ${percent(value)} of the rollouts; they give no reward, not 0` },
  { code: 'no-signal', severity: 'warning', metric: 'groups/no_signal', holds: (value) => value >= 0.8, message: (value) => `${percent(value)} of the groups have equal rewards and give no gradient: filter the problems again` },
  { code: 'cut-responses', severity: 'warning', metric: 'response_length/clip_ratio', holds: (value) => value >= 0.5, message: (value) => `${percent(value)} of the responses are cut at the length limit` },
];

/** Alerts of a step that were not raised before. */
export function alertsOf(step: number, metrics: Metrics, raised: ReadonlySet<string>): Alert[] {
  return RULES.flatMap((rule) => {
    const value = metrics[rule.metric];
    if (raised.has(rule.code) || value === null || value === undefined || !rule.holds(value)) return [];
    return [{ type: 'alert' as const, severity: rule.severity, code: rule.code, message: rule.message(value), step }];
  });
}
