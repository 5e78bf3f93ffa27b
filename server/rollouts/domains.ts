/** Which domain a data file is of, from its first records: enough to preselect it in a form, never to verify by. */
import type { Domain } from '../protocol/problem.ts';
import { importerOf } from '../problems/importers/all.ts';
import type { RolloutDraft } from './readers/reader.ts';
import { readRollouts } from './readers/all.ts';

/** Domain of a problem set; null where its records differ or none can be read. */
export function domainOfProblems(records: readonly unknown[]): Domain | null {
  return agreed(records.map((record) => {
    const read = importerOf(record)?.read(record);
    return read?.ok === true ? read.draft.domain : null;
  }));
}

/** Domain of a rollout file; null where its records differ or nothing tells. */
export function domainOfRollouts(records: readonly unknown[]): Domain | null {
  return agreed(records.flatMap((record) => {
    const read = readRollouts(record);
    return read.ok ? read.drafts.map(domainOfDraft) : [];
  }));
}

/** Few writers state it: a box is an answer to a math problem, a Python block without one a program, and a gold answer is math's. */
function domainOfDraft({ domain, response, gold }: RolloutDraft): Domain | null {
  if (domain !== null && domain !== undefined) return domain;
  if (response.includes('\\boxed{')) return 'math';
  if (/```py/i.test(response)) return 'code';
  return gold === null || gold === undefined ? null : 'math';
}

function agreed(domains: readonly (Domain | null)[]): Domain | null {
  const known = new Set(domains.filter((domain) => domain !== null));
  const [domain] = known;
  return known.size === 1 ? domain ?? null : null;
}
