import type { Decision, FileIssue, Problem, ProblemQuery, ProblemRow, ProblemSetInfo } from '../protocol/problem.ts';
import { sameIdentity } from '../records/identity.ts';
import type { FileIdentity } from '../records/identity.ts';
import { fileIssue, IssueList } from '../records/issues.ts';
import type { FileRecord } from '../records/record.ts';
import { RecordFile } from '../records/recordFile.ts';
import type { Work } from '../records/work.ts';
import { breather } from '../records/work.ts';
import { decisionsPathOf, readDecisions } from './decisions.ts';
import type { Decisions } from './decisions.ts';
import { entryOf } from './entry.ts';
import type { ProblemEntry } from './entry.ts';
import { finishProblem } from './finish.ts';
import { RecordReader } from './importers/all.ts';
import type { LabelProvider } from './labels.ts';
import { carriedOver, marksIn, NO_CHECKS } from './overlaps.ts';
import type { Overlaps } from './overlaps.ts';
import { passRateClass, select } from './query.ts';
import { readTestsBeside } from './testsBeside.ts';
import type { TestsBeside } from './testsBeside.ts';
import { StatementIndex } from './statementIndex.ts';
import { answerOf, rowOf, stateOf } from './states.ts';

/** A problem with what the user and the checks say of it. */
export interface CuratedProblem {
  /** With an edited answer in place of the file's. */
  readonly problem: Problem;
  readonly row: ProblemRow;
  /** The answer as the file has it, whatever was decided since. */
  readonly fileAnswer: string | null;
}

/** One loaded problem set: an index in memory, full records read from the file on demand. Immutable but for decisions and overlaps. */
export class ProblemSet {
  readonly path: string;
  readonly schema: string;
  readonly entries: readonly ProblemEntry[];
  readonly #file: RecordFile;
  readonly #issues: readonly FileIssue[];
  readonly #byId: ReadonlyMap<string, ProblemEntry>;
  readonly #beside: TestsBeside | null;
  #statements: StatementIndex | null = null;
  #decisions: Decisions;
  #overlaps: Overlaps = NO_CHECKS;

  private constructor(file: RecordFile, schema: string, entries: readonly ProblemEntry[], issues: readonly FileIssue[], decisions: Decisions, beside: TestsBeside | null) {
    this.path = file.path;
    this.schema = schema;
    this.entries = entries;
    this.#file = file;
    this.#issues = issues;
    this.#decisions = decisions;
    this.#beside = beside;
    this.#byId = new Map(entries.map((entry) => [entry.id, entry]));
  }

  /** Reads the whole file once. Rejects when it cannot be read at all or the work is cancelled; anything else is an issue. */
  static async load(path: string, labels: LabelProvider, work: Work): Promise<ProblemSet> {
    const file = await RecordFile.open(path, work);
    try {
      const issues = new IssueList();
      const reader = new RecordReader();
      const entries: ProblemEntry[] = [];
      const ids = new IdRegister();
      const repeats = new RepeatCounter();
      const breathe = breather(work.signal);
      const beside = await readTestsBeside(path, issues, work);
      await file.scan({
        issue: (issue) => issues.add(issue),
        record: async (record) => {
          const problem = problemOf(record, reader, path, issues, beside);
          if (problem !== null) {
            entries.push(entryOf(problem, ids.unique(problem.id), record, labels));
            repeats.add(problem);
          }
          await breathe();
        },
      }, work);
      repeats.report(issues);
      if (entries.length === 0 && issues.list().length === 0) issues.add(fileIssue('warning', 'the file has no records'));
      return new ProblemSet(file, reader.schema ?? 'unknown', entries, issues.list(), await readDecisions(decisionsPathOf(path)), beside);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Look-up by statement, built when it is first asked for. */
  get statements(): StatementIndex { return this.#statements ??= new StatementIndex(this.entries); }
  get identity(): FileIdentity { return this.#file.identity; }
  get decisionsPath(): string { return decisionsPathOf(this.path); }
  get decisions(): Decisions { return this.#decisions; }
  get besideIdentity(): FileIdentity | null { return this.#beside?.identity ?? null; }

  /** Takes decisions written by us or by somebody else. True when they differ from those known. */
  setDecisions(decisions: Decisions): boolean {
    const changed = !sameIdentity(decisions.identity, this.#decisions.identity);
    this.#decisions = decisions;
    return changed;
  }

  get overlaps(): Overlaps { return this.#overlaps; }
  setOverlaps(overlaps: Overlaps): void { this.#overlaps = overlaps; }

  /** Takes over what is known of problems that did not change since `earlier` was loaded. */
  carryOver(earlier: ProblemSet, key: string): void {
    this.#overlaps = carriedOver(earlier.#overlaps, earlier.#byId, this.entries, key);
  }

  info(): ProblemSetInfo {
    const byState: Record<string, number> = {};
    const byDomain: Record<string, number> = {};
    const byPassRate: Record<string, number> = {};
    for (const entry of this.entries) {
      const { state } = stateOf(entry, this.decisionOf(entry.id), marksIn(this.#overlaps, entry.id));
      byState[state] = (byState[state] ?? 0) + 1;
      byDomain[entry.domain] = (byDomain[entry.domain] ?? 0) + 1;
      const rate = passRateClass(entry.passRate);
      byPassRate[rate] = (byPassRate[rate] ?? 0) + 1;
    }
    const lost = [...this.#decisions.byId.keys()].filter((id) => !this.#byId.has(id));
    const lostIssue = lost.length === 0 ? [] : [fileIssue('warning', `${this.decisionsPath} has decisions on ${String(lost.length)} problems that are not in the set (${lost.slice(0, 3).join(', ')}); they are kept`)];
    return {
      path: this.path,
      schema: this.schema,
      count: this.entries.length,
      byState,
      byDomain,
      byPassRate,
      issues: [...this.#issues, ...this.#decisions.issues, ...lostIssue],
      check: { state: this.#overlaps.state, remarks: this.#overlaps.state === 'done' ? this.#overlaps.remarks.map(({ message }) => message) : this.#overlaps.state === 'failed' ? [this.#overlaps.message] : [] },
      decisionsPath: this.decisionsPath,
    };
  }

  has(id: string): boolean { return this.#byId.has(id); }
  entry(id: string): ProblemEntry | null { return this.#byId.get(id) ?? null; }
  decisionOf(id: string): Decision | null { return this.#decisions.byId.get(id) ?? null; }

  rowOf(entry: ProblemEntry): ProblemRow {
    return rowOf(entry, this.decisionOf(entry.id), marksIn(this.#overlaps, entry.id));
  }

  /** The row as it is with contamination left aside: a benchmark is what one validates on. */
  rowWithoutOverlaps(entry: ProblemEntry): ProblemRow {
    return rowOf(entry, this.decisionOf(entry.id), []);
  }

  /** Entries that fit a query, in its order. */
  select(query: ProblemQuery): ProblemEntry[] {
    const listed = this.entries.map((entry) => ({ entry, state: stateOf(entry, this.decisionOf(entry.id), marksIn(this.#overlaps, entry.id)).state }));
    return select(listed, query).map(({ entry }) => entry);
  }

  /** The full problem, read from the file. Null when the set has no such id. */
  async read(id: string): Promise<CuratedProblem | null> {
    const entry = this.#byId.get(id);
    return entry === undefined ? null : this.readEntry(entry);
  }

  async readEntry(entry: ProblemEntry): Promise<CuratedProblem> {
    const value = await this.#file.read(entry);
    const found = problemOf({ ...entry, record: entry.row, value }, new RecordReader(), this.path, new IssueList(), this.#beside);
    if (found === null) throw new Error(`${this.path}: record ${String(entry.row + 1)} (${entry.id}) has changed and is no problem any more`);
    const decision = this.decisionOf(entry.id);
    const notes = found.id === entry.id ? found.notes : [...found.notes, `id "${found.id}" occurs several times in the file; this one is "${entry.id}"`];
    return { problem: { ...found, id: entry.id, answer: answerOf(found.answer, decision), notes }, row: this.rowOf(entry), fileAnswer: found.answer };
  }

  /** The record's text in the file with its place, for ranges in an editor; null where there is none (Parquet, gzip). */
  async recordText(id: string): Promise<{ readonly text: string; readonly line: number; readonly column: number } | null> {
    const entry = this.#byId.get(id);
    if (entry === undefined || entry.line === null) return null;
    const found = await this.#file.textOf(entry);
    return found && { ...found, line: entry.line };
  }

  close(): Promise<void> { return this.#file.close(); }
}

/** Reads one record; null and an issue when it is no problem. */
function problemOf(record: FileRecord, reader: RecordReader, path: string, issues: IssueList, beside: TestsBeside | null): Problem | null {
  const result = reader.read(record.value);
  if (!result.ok) {
    issues.add(fileIssue('error', `record ${String(record.record + 1)}: ${result.field === null ? '' : `${result.field}: `}${result.message}`, { record: record.record, line: record.line, byte: record.line === null ? null : record.start, field: result.field }));
    return null;
  }
  const problem = finishProblem(result.draft, { file: path, row: record.record, line: record.line });
  const tests = problem.domain === 'code' && problem.tests === null ? beside?.byId.get(problem.id) ?? null : null;
  return tests === null ? problem : { ...problem, tests, notes: problem.notes.filter((note) => !note.startsWith('tests ') && !note.startsWith('no tests')) };
}

/** Makes repeated ids unique by their count, in file order, so that they are the same at every load. */
class IdRegister {
  readonly #used = new Map<string, number>();

  unique(id: string): string {
    const count = this.#used.get(id);
    this.#used.set(id, (count ?? 0) + 1);
    if (count === undefined) return id;
    const candidate = `${id}#${String(count + 1)}`;
    return this.unique(candidate);
  }
}

/** Counts rows that repeat an earlier statement and answer (formats.md section 0.8: row counts deceive). */
class RepeatCounter {
  readonly #seen = new Set<string>();
  #rows = 0;

  add(problem: Problem): void {
    this.#rows += 1;
    this.#seen.add(problem.domain === 'code' ? problem.statement : `${problem.statement}\u0000${problem.answer ?? ''}`);
  }

  report(issues: IssueList): void {
    const repeated = this.#rows - this.#seen.size;
    if (repeated > 0) issues.add(fileIssue('warning', `${String(repeated)} of ${String(this.#rows)} records repeat an earlier one exactly: ${String(this.#seen.size)} distinct problems`));
  }
}
