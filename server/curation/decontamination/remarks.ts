import type { CheckRemark } from '../../protocol/decontamination.ts';

/** Of what was compared with, and so the same for every set: a test set by its path, or the shipped benchmarks. */
export function ofBenchmarks(path: string | null, message: string): CheckRemark {
  return { about: 'benchmarks', path, message: path === null ? message : `${path}: ${message}` };
}

export function ofSet(message: string): CheckRemark {
  return { about: 'set', path: null, message };
}
