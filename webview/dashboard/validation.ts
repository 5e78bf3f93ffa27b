// Validation metrics as veRL names them: `val-core/<data source>/<variable>/mean@N`, also `best@N/mean` and `maj@N/mean`. Pure.

export interface ValidationMetric {
  readonly metric: string;
  /** For people, such as `aime24 mean@64`. */
  readonly title: string;
  /** Whether the values are shares of right answers; other variables are numbers of any range. */
  readonly share: boolean;
}

const NAME = /^val-core\/(.+)\/([^/]+)\/((mean|best|maj|worst)@(\d+)(?:\/\w+)?)$/;
/** More charts than this push the run's own out of sight. */
const SHOWN = 6;

export function isValidation(name: string): boolean {
  return name.startsWith('val-core/');
}

/** Those to be shown, means first: a mean over N samples is what papers report as avg@N. */
export function validationMetrics(names: Iterable<string>): ValidationMetric[] {
  const found = [...names].flatMap((metric) => {
    const [, source, variable, statistic, kind] = NAME.exec(metric) ?? [];
    if (source === undefined || variable === undefined || statistic === undefined) return [];
    const plain = variable === 'acc' || variable === 'reward';
    return [{ metric, title: `${source} ${plain ? '' : `${variable} `}${statistic}`, share: variable === 'acc', order: kind === 'mean' ? 0 : 1 }];
  });
  return found.sort((a, b) => a.order - b.order || a.title.localeCompare(b.title, 'en', { numeric: true })).slice(0, SHOWN).map(({ metric, title, share }) => ({ metric, title, share }));
}
