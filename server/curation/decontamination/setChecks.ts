import { resolve } from 'node:path';
import { DEFAULT_DECONTAMINATION, type DecontaminationOptions, type DecontaminationReport, type Overlap, type SetComparison } from '../../protocol/decontamination.ts';
import type { Decision } from '../../protocol/problem.ts';
import { identityOf } from '../../records/identity.ts';
import { SharedWork } from '../../records/sharedWork.ts';
import type { Work } from '../../records/work.ts';
import type { ContaminationMark, SetFindings } from '../../problems/labels.ts';
import type { ProblemSet } from '../../problems/problemSet.ts';
import type { SetCheck } from '../../problems/setCheck.ts';
import type { CheckedRow, Decontaminator } from './decontaminator.ts';
import { ofSet } from './remarks.ts';
import type { TestSet } from './testSets.ts';

/** Reports that are kept: a set that is opened, saved and launched without a change is compared once. */
const MOST_REPORTS = 64;

/** Compares problem sets with benchmarks: for their states with the options of their folder, for a report with any options. */
export class SetChecks implements SetCheck {
  readonly #decontaminator: Decontaminator;
  readonly #optionsOf: (path: string) => DecontaminationOptions;
  readonly #reports = new Map<string, DecontaminationReport>();
  /** A set that is saved is asked about twice at once: for its states and for the editor. */
  readonly #running = new SharedWork<DecontaminationReport>();

  constructor(decontaminator: Decontaminator, optionsOf: (path: string) => DecontaminationOptions = () => DEFAULT_DECONTAMINATION) {
    this.#decontaminator = decontaminator;
    this.#optionsOf = optionsOf;
  }

  keyOf(path: string): Promise<string> {
    return keyOf(this.#optionsOf(path));
  }

  filesFor(path: string): readonly string[] {
    return this.#optionsOf(path).against;
  }

  async check(set: ProblemSet, work: Work): Promise<SetFindings> {
    const report = await this.#compared(set, this.#optionsOf(set.path), work);
    return { marks: report.contaminations.flatMap(({ id, best, others }) => marksOf(id, [best, ...others])), remarks: report.remarks, testSet: report.testSet };
  }

  /** What the set is compared with, for the record of a run; quick after a check. */
  async comparedWith(set: ProblemSet, work: Work): Promise<SetComparison> {
    const options = this.#optionsOf(set.path);
    const { benchmarks, remarks, testSet } = await this.#compared(set, options, work);
    return { path: set.path, options, benchmarks, remarks, testSet };
  }

  /** The report of a set under the given options. Rejects when n is out of range or when cancelled. */
  async report(set: ProblemSet, options: DecontaminationOptions, work: Work): Promise<DecontaminationReport> {
    const report = await this.#compared(set, options, work);
    // Decisions may have changed since the overlaps were found.
    return { ...report, contaminations: report.contaminations.map((contamination) => ({ ...contamination, ignored: ignoredReason(set.decisionOf(contamination.id), [contamination.best, ...contamination.others]) })) };
  }

  async #compared(set: ProblemSet, options: DecontaminationOptions, work: Work): Promise<DecontaminationReport> {
    const { size, modified, inode } = set.identity;
    const key = [set.path, size, modified, inode, await keyOf(options)].join('\n');
    const known = this.#reports.get(key);
    if (known !== undefined) return known;
    const report = await this.#running.run(key, work, (shared) => this.#compare(set, options, shared));
    this.#reports.set(key, report);
    for (const oldest of this.#reports.keys()) if (this.#reports.size > MOST_REPORTS) this.#reports.delete(oldest);
    return report;
  }

  async #compare(set: ProblemSet, options: DecontaminationOptions, work: Work): Promise<DecontaminationReport> {
    const { mode, n, shipped } = options;
    const against: TestSet[] = [];
    for (const file of othersThan(set.path, options)) against.push(await this.#decontaminator.testSets.read(file, { signal: work.signal }));
    const found = await this.#decontaminator.check(rowsOf(set), { path: set.path, mode, n, shipped, against, recordText: (row) => set.recordText(row.id) }, work);
    const testSet = isTestSet(set.path, options);
    return testSet ? { ...found, testSet, remarks: [...found.remarks, ofSet('this file is one of your test sets: it is not compared with itself, and nothing of it is trained on')] } : found;
  }
}

/** A set that is one of the test sets is compared with the others. */
function othersThan(path: string, { against }: DecontaminationOptions): string[] {
  return against.filter((file) => resolve(file) !== resolve(path));
}

function isTestSet(path: string, options: DecontaminationOptions): boolean {
  return othersThan(path, options).length < options.against.length;
}

async function keyOf(options: DecontaminationOptions): Promise<string> {
  const { mode, n, shipped, against } = options;
  const files = await Promise.all(against.map(async (file) => {
    const identity = await identityOf(file).catch(() => null);
    return [file, ...(identity === null ? ['missing'] : [identity.size, identity.modified, identity.inode])];
  }));
  return JSON.stringify([mode, n, shipped, files]);
}

/** What decontamination looks at in a set's problems. */
function rowsOf(set: ProblemSet): CheckedRow[] {
  return set.entries.map(({ id, row, line, domain, statement, context }) => ({ id, row, line, domain, statement, context }));
}

/** One mark for each benchmark that a problem overlaps: the best item. */
function marksOf(id: string, overlaps: readonly Overlap[]): ContaminationMark[] {
  const marks = new Map<string, ContaminationMark>();
  for (const { benchmark, item } of overlaps) if (!marks.has(benchmark)) marks.set(benchmark, { id, benchmark, item });
  return [...marks.values()];
}

/** The user's reason when a decision drops the problem or puts its every mark aside, as `stateOf` of the problems room reads it. */
function ignoredReason(decision: Decision | null, overlaps: readonly Overlap[]): string | null {
  if (decision === null) return null;
  if (decision.action === 'drop') return decision.reason ?? 'dropped';
  if (decision.action === 'keep' && decision.ignore === undefined) return decision.reason ?? 'kept';
  const ignored = new Set(decision.ignore ?? []);
  const all = marksOf(decision.id, overlaps).every((mark) => ignored.has(mark.benchmark) || ignored.has(`${mark.benchmark} ${mark.item}`));
  return all ? decision.reason ?? 'ignored' : null;
}
