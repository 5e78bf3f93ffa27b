/** Labels of an axis: none before there is a value, and none that repeats the one before it (a coarse format of close ticks). Pure. */
export function axisLabels(ticks: readonly number[], format: (value: number) => string, any: boolean): string[] {
  const labels = ticks.map((tick) => (any ? format(tick) : ''));
  return labels.map((label, index) => (label === labels[index - 1] ? '' : label));
}
