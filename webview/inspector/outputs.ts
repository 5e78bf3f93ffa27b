/** 0-based line where two outputs first differ, trailing white space aside; null if they do not or one is missing. */
export function firstDifference(expected: string | undefined, actual: string | undefined): number | null {
  if (expected === undefined || actual === undefined) return null;
  const left = expected.trimEnd().split('\n');
  const right = actual.trimEnd().split('\n');
  for (let i = 0; i < Math.max(left.length, right.length); i++) if ((left[i] ?? '').trimEnd() !== (right[i] ?? '').trimEnd()) return i;
  return null;
}
