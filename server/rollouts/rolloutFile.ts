import type { FileIssue } from '../protocol/problem.ts';
import type { Rollout, RolloutFileInfo } from '../protocol/rollout.ts';
import type { ThinkingChoice } from '../protocol/thinking.ts';
import type { Verdict } from '../protocol/verdict.ts';
import { readBytes } from '../records/byteReader.ts';
import { identityOf, sameIdentity } from '../records/identity.ts';
import type { FileIdentity } from '../records/identity.ts';
import { fileIssue, IssueList } from '../records/issues.ts';
import { SCAN_START } from '../records/record.ts';
import type { FileRecord, ScanEnd } from '../records/record.ts';
import { RecordFile } from '../records/recordFile.ts';
import type { Work } from '../records/work.ts';
import { breather } from '../records/work.ts';
import { readRollouts } from './readers/all.ts';
import { finishRollout } from './rollout.ts';
import { RolloutIndex } from './rolloutIndex.ts';
import { VerdictCache } from './verdictCache.ts';

/** Bytes before the end of what was read, by which a grown file is told from another file of the same name. */
const CHECK_BYTES = 4096;

/** One rollout file: an index in memory, texts read by place on demand. */
export class RolloutFile {
  readonly path: string;
  /** What is told of the thinking parts of this file; its rollouts were read by it. */
  readonly thinking: ThinkingChoice;
  readonly index = new RolloutIndex();
  readonly verdicts = new VerdictCache();
  #file: RecordFile;
  #end: ScanEnd = SCAN_START;
  /** Issues of the finished part; those of the unfinished last line are found again at every growth. */
  readonly #issues = new IssueList();
  #tailIssues: readonly FileIssue[] = [];
  #schemas = new Map<string, number>();
  #head = Buffer.alloc(0);
  #tail = Buffer.alloc(0);

  private constructor(file: RecordFile, thinking: ThinkingChoice) {
    this.path = file.path;
    this.thinking = thinking;
    this.#file = file;
  }

  static async load(path: string, thinking: ThinkingChoice, work: Work): Promise<RolloutFile> {
    const file = new RolloutFile(await RecordFile.open(path, work), thinking);
    try {
      await file.#scan(file.#file, work);
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  get identity(): FileIdentity { return this.#file.identity; }
  get schema(): string {
    return [...this.#schemas].reduce<[string, number]>((best, entry) => (entry[1] > best[1] ? entry : best), ['unknown', 0])[0];
  }

  /** True when the file on disk is the one that was read. */
  async isCurrent(): Promise<boolean> {
    return sameIdentity(await identityOf(this.path), this.identity);
  }

  /** True when the file only got longer since it was read, so that the new part can be read alone. */
  async hasGrown(): Promise<boolean> {
    const now = await identityOf(this.path);
    if (now === null || !this.#file.canGrow || now.inode !== this.identity.inode || now.size < this.identity.size) return false;
    const [head, tail] = await this.#checkBytes(this.#end.offset);
    return head.equals(this.#head) && tail.equals(this.#tail);
  }

  /** Reads what was added at the end. When that is cancelled, the next call starts where this one did. */
  async grow(work: Work): Promise<void> {
    const grown = await RecordFile.open(this.path, work);
    this.verdicts.forgetFrom(this.#refsBefore(this.#end.records));
    this.index.forgetFrom(this.#end.records);
    await this.#scan(grown, work);
    this.#file = grown;
  }

  /** What is wrong in the file, each with its place. */
  issues(): FileIssue[] {
    return [...this.#issues.list(), ...this.#tailIssues];
  }

  info(generation: number): RolloutFileInfo {
    return {
      path: this.path,
      schema: this.schema,
      size: this.identity.size,
      rollouts: this.index.length,
      groups: this.index.groups.length,
      steps: this.index.steps(),
      issues: this.issues(),
      generation,
    };
  }

  /** The whole rollout, read from the file. */
  async read(ref: number): Promise<Rollout> {
    if (!this.index.has(ref)) throw new Error(`${this.path} has no rollout ${String(ref)}; it has ${String(this.index.length)}`);
    const place = this.index.placeOf(ref);
    const result = readRollouts(await this.#file.read(place));
    const draft = result.ok ? result.drafts[place.position] : undefined;
    if (draft === undefined) throw new Error(`${this.path}: record ${String(place.record + 1)} has changed and holds no such rollout any more`);
    return { ...finishRollout(draft, place.record, place.line, place.position, this.thinking), sample: this.index.sampleOf(ref) };
  }

  setVerdict(ref: number, verdict: Verdict): void {
    if (!this.index.has(ref)) return;
    this.index.setVerdict(ref, verdict);
    this.verdicts.set(ref, verdict);
  }

  /** Visits every rollout in file order by reading the file once. */
  async each(visit: (ref: number, rollout: Rollout) => void, work: Work): Promise<void> {
    let ref = 0;
    const breathe = breather(work.signal);
    await this.#file.scan({
      issue: () => undefined,
      record: async (record) => {
        while (this.index.has(ref) && this.index.placeOf(ref).record < record.record) ref += 1;
        const result = readRollouts(record.value);
        if (result.ok) {
          for (const [position, draft] of result.drafts.entries()) {
            if (this.index.has(ref) && this.index.placeOf(ref).record === record.record) visit(ref++, finishRollout(draft, record.record, record.line, position, this.thinking));
          }
        }
        await breathe();
      },
    }, work);
  }

  close(): Promise<void> { return this.#file.close(); }

  async #scan(file: RecordFile, work: Work): Promise<void> {
    const from = this.#end;
    const found: FileIssue[] = [];
    const breathe = breather(work.signal);
    const end = await file.scan({
      issue: (issue) => { found.push(issue); if (found.length > 1000) this.#keep(found, Number.POSITIVE_INFINITY); },
      record: async (record) => { this.#add(record, found); await breathe(); },
    }, work, from);
    this.#end = end;
    this.#keep(found, end.openEnd ? end.offset : Number.POSITIVE_INFINITY);
    this.#tailIssues = found;
    [this.#head, this.#tail] = await this.#checkBytes(end.offset);
    if (this.index.length === 0 && this.#issues.list().length === 0 && found.length === 0) this.#tailIssues = [fileIssue('warning', 'the file has no records')];
  }

  #add(record: FileRecord, issues: FileIssue[]): void {
    const result = readRollouts(record.value);
    if (!result.ok) {
      issues.push(fileIssue('error', `record ${String(record.record + 1)}: ${result.field === null ? '' : `${result.field}: `}${result.message}`, { record: record.record, line: record.line, byte: record.line === null ? null : record.start, field: result.field }));
      return;
    }
    if (result.schema !== null) this.#schemas.set(result.schema, (this.#schemas.get(result.schema) ?? 0) + 1);
    if (result.drafts.length === 0) issues.push(fileIssue('warning', `record ${String(record.record + 1)} holds no response`, { record: record.record, line: record.line }));
    for (const [position, draft] of result.drafts.entries()) this.index.add(finishRollout(draft, record.record, record.line, position, this.thinking), record, position);
  }

  /** Moves the issues before `offset` to those that stay. */
  #keep(issues: FileIssue[], offset: number): void {
    const stay = issues.filter((issue) => issue.byte === null || issue.byte < offset);
    stay.forEach((issue) => this.#issues.add(issue));
    const open = issues.filter((issue) => !stay.includes(issue));
    issues.splice(0, issues.length, ...open);
  }

  #refsBefore(record: number): number {
    let length = this.index.length;
    while (length > 0 && this.index.placeOf(length - 1).record >= record) length -= 1;
    return length;
  }

  async #checkBytes(offset: number): Promise<[Buffer<ArrayBuffer>, Buffer<ArrayBuffer>]> {
    const [head, tail] = await Promise.all([readBytes(this.path, 0, Math.min(CHECK_BYTES, offset)), readBytes(this.path, Math.max(0, offset - CHECK_BYTES), offset)]);
    return [Buffer.from(head), Buffer.from(tail)];
  }
}
