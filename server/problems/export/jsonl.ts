import type { CuratedProblem } from '../problemSet.ts';

/** One line of an exported set, in the workbench's own schema (docs/formats.md). Absent fields are left out. */
export function ownRecord({ problem, row }: { readonly problem: CuratedProblem['problem']; readonly row: Pick<CuratedProblem['row'], 'labels'> }): string {
  const { provenance } = problem;
  return JSON.stringify({
    id: problem.id,
    domain: problem.domain,
    problem: problem.statement,
    answer: problem.answer,
    tests: problem.tests === null ? undefined : {
      func_name: problem.tests.funcName,
      cases: problem.tests.cases,
      time_limit_s: problem.tests.timeLimitSeconds,
      memory_mb: problem.tests.memoryMb,
    },
    starter_code: problem.starterCode,
    solution: problem.solution,
    source: {
      dataset: provenance.dataset, revision: provenance.revision, file: provenance.file, row: provenance.row, id: provenance.id,
      url: provenance.url, licence: provenance.licence, date: provenance.date,
    },
    difficulty: problem.difficulty ?? undefined,
    attempts: problem.passRate === null ? undefined : {
      n: problem.passRate.attempts, k: problem.passRate.correct, models: problem.passRate.model === undefined ? undefined : [problem.passRate.model],
    },
    labels: row.labels.length === 0 ? undefined : row.labels,
    notes: problem.notes.length === 0 ? undefined : problem.notes,
  });
}

/** A removed problem with the reason, for the funnel table. */
export function removedRecord({ problem, row }: CuratedProblem): string {
  return JSON.stringify({ removed_by: row.state, reasons: row.labels, id: problem.id, domain: problem.domain, problem: problem.statement, answer: problem.answer, source: problem.provenance });
}
