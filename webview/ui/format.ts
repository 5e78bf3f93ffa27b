// Numbers and times for people: no more digits than they deserve, always with units.

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

export function count(n: number): string {
  return grouped.format(n);
}

/** `1 rollout`, `2,048 rollouts`. */
export function plural(n: number, noun: string, many = `${noun}s`): string {
  return `${count(n)} ${n === 1 ? noun : many}`;
}

/** Token counts in lists: 812, 7.9k, 32k. */
export function shortTokens(n: number): string {
  if (n < 1000) return String(Math.round(n));
  const thousands = n / 1000;
  return thousands < 10 ? `${thousands.toFixed(1)}k` : `${Math.round(thousands)}k`;
}

/** A share 0..1 as `9 %`; one digit below ten percent where it says something. */
export function percent(share: number): string {
  const value = share * 100;
  return value > 0 && value < 9.95 && Math.abs(value - Math.round(value)) >= 0.05 ? `${value.toFixed(1)} %` : `${Math.round(value)} %`;
}

/** Advantages and changes: always with a sign, a real minus. */
export function signed(value: number, digits = 2): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return (0).toFixed(digits);
  return (value < 0 ? '−' : '+') + text;
}

export function bytes(n: number): string {
  if (n < 1024) return `${n} B`;
  const units = ['KB', 'MB', 'GB', 'TB'];
  let value = n / 1024;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? ''}`;
}

/** Durations: `0.21 s`, `151 s`, `12 min`, `9 h 12 min`. */
export function duration(seconds: number): string {
  if (seconds > 0 && seconds < 0.01) return '< 0.01 s';
  if (seconds < 10) return `${Number(seconds.toPrecision(2))} s`;
  if (seconds < 180) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest ? `${Math.floor(minutes / 60)} h ${rest} min` : `${minutes / 60} h`;
}

/** Settings and metrics: plain for integers, scientific for the very small, else three significant digits. */
export function value(n: number): string {
  if (!Number.isFinite(n)) return String(n);
  if (Number.isInteger(n)) return count(n);
  if (Math.abs(n) < 0.001) return n.toExponential(1).replace('.0e', 'e');
  return String(Number(n.toPrecision(3)));
}

/** Last part of a path, POSIX or Windows. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).pop() || path;
}
