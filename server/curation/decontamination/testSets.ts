import { basename } from 'node:path';
import { finishProblem } from '../../problems/finish.ts';
import { RecordReader } from '../../problems/importers/all.ts';
import { identityOf, sameIdentity } from '../../records/identity.ts';
import type { FileIdentity } from '../../records/identity.ts';
import { RecordFile } from '../../records/recordFile.ts';
import { breather, messageOf } from '../../records/work.ts';
import type { Work } from '../../records/work.ts';
import type { BenchmarkItem } from './part.ts';

/** A test set of the user. */
export interface TestSet {
  readonly path: string;
  readonly items: readonly BenchmarkItem[];
  /** Why there are no items, or fewer than the file has records. */
  readonly unreadable?: string;
}

const MOST_FILES = 32;

/** Reads the user's own test sets, any problem file, and remembers them until they change on disk. */
export class TestSetReader {
  readonly #known = new Map<string, { identity: FileIdentity; set: TestSet }>();

  /** Never rejects but when cancelled: a file that cannot be read says so in the test set. */
  async read(path: string, work: Work = {}): Promise<TestSet> {
    try {
      const identity = await identityOf(path);
      const known = this.#known.get(path);
      if (known !== undefined && sameIdentity(identity, known.identity)) return known.set;
      const set = await readTestSet(path, work);
      if (identity !== null) this.#known.set(path, { identity, set });
      for (const oldest of this.#known.keys()) if (this.#known.size > MOST_FILES) this.#known.delete(oldest);
      return set;
    } catch (error) {
      work.signal?.throwIfAborted();
      return { path, items: [], unreadable: messageOf(error).replace(`${path}: `, '') };
    }
  }
}

/** Test sets go by the name of their file, unless a record says which benchmark it is of: names of data sets are shared by training sets. */
async function readTestSet(path: string, work: Work): Promise<TestSet> {
  const file = await RecordFile.open(path, work);
  const items: BenchmarkItem[] = [];
  const issues: string[] = [];
  const name = nameOf(path);
  try {
    const reader = new RecordReader();
    const breathe = breather(work.signal);
    await file.scan({
      issue: ({ message, severity }) => { if (severity === 'error') issues.push(message); },
      record: async ({ record, line, value }) => {
        const result = reader.read(value);
        if (!result.ok) {
          issues.push(`record ${record + 1}: ${result.message}`);
          return;
        }
        const { domain, statement, provenance } = finishProblem(result.draft, { file: path, row: record, line });
        items.push({ benchmark: result.draft.benchmark ?? name, id: provenance.id ?? String(record + 1), text: statement, domain });
        await breathe();
      },
    }, { signal: work.signal });
  } finally {
    await file.close();
  }
  const [first] = issues;
  if (first === undefined) return { path, items };
  return { path, items, unreadable: `${issues.length} ${issues.length === 1 ? 'record was' : 'records were'} not read (${first})` };
}

function nameOf(path: string): string {
  return basename(path).replace(/(?:\.(?:jsonl?|ndjson|parquet|gz))+$/i, '');
}
