import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiscoverFiles, ParamsOf, ResultOf } from '../protocol/methods.ts';
import { importerOf } from '../problems/importers/all.ts';
import { peek } from '../records/peek.ts';
import { messageOf } from '../records/work.ts';
import type { Work } from '../records/work.ts';
import { domainOfProblems, domainOfRollouts } from './domains.ts';
import { readerOf } from './readers/all.ts';

type Found = ResultOf<typeof DiscoverFiles>;
type FoundFile = Found['files'][number];

const CANDIDATE = /\.(jsonl|ndjson|json|jsonl\.gz|json\.gz|parquet|eval)$/i;
/** Files that stand beside problem sets and are read with them. */
const BESIDE = /\.(decisions|tests|removed)\.jsonl$/i;
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', '__pycache__', 'checkpoints', 'dist', 'out']);
/** A folder with this file is a run: its rollouts are reached through the run. */
const RUN_MARK = 'stage.json';

/** Schemas that many other JSON files fit: not listed by themselves, though they open when asked for. */
const WEAK: ReadonlySet<string> = new Set(['messages', 'openai-batch-input', 'statement']);
/** Rows of these hold a problem and attempts at it. */
const BOTH: ReadonlySet<string> = new Set(['openr1', 'synthetic-1']);

const MAX_CANDIDATES = 5_000;
const MAX_DEPTH = 12;
/** The first records decide; a file may begin with a damaged one. */
const RECORDS_LOOKED_AT = 3;
const AT_ONCE = 8;

/**
 * Finds problem sets and rollout files below the roots by looking at the first records of each candidate; the extension only says
 * where to look. Hidden folders, packages and run directories are left out. A file that cannot be read is listed with the reason.
 */
export async function discover({ roots }: ParamsOf<typeof DiscoverFiles>, work: Work = {}): Promise<Found> {
  const issues: Found['issues'] = [];
  const candidates: string[] = [];
  for (const root of roots) await collect(root, 0, candidates, issues, work);
  if (candidates.length >= MAX_CANDIDATES) issues.push({ path: roots.join(', '), message: `more than ${String(MAX_CANDIDATES)} data files; the rest was not looked at` });
  const files: FoundFile[] = [];
  let next = 0;
  let done = 0;
  const look = async (): Promise<void> => {
    for (let at = next++; at < candidates.length; at = next++) {
      work.signal?.throwIfAborted();
      const path = candidates[at] ?? '';
      try {
        files.push(...await recognise(path, work));
      } catch (error) {
        if (work.signal?.aborted) throw error;
        // Many files that end in .json are no data at all; a file of any other kind says that it is.
        if (/\.json$/i.test(path)) continue;
        issues.push({ path, message: messageOf(error) });
        files.push({ path, kind: 'unreadable', reason: messageOf(error).replace(`${path}: `, ''), schema: 'unknown', size: await stat(path).then(({ size }) => size, () => 0) });
      } finally {
        done += 1;
        work.progress?.({ done, total: candidates.length });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, look));
  files.sort((a, b) => a.path.localeCompare(b.path));
  return { files, issues };
}

async function collect(folder: string, depth: number, candidates: string[], issues: Found['issues'], work: Work): Promise<void> {
  work.signal?.throwIfAborted();
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    issues.push({ path: folder, message: messageOf(error) });
    return;
  }
  if (entries.some((entry) => entry.name === RUN_MARK)) return;
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name))) {
    if (candidates.length >= MAX_CANDIDATES) return;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (depth < MAX_DEPTH && !entry.name.startsWith('.') && !SKIPPED_FOLDERS.has(entry.name)) await collect(path, depth + 1, candidates, issues, work);
    } else if (entry.isFile() && !entry.name.startsWith('.') && CANDIDATE.test(entry.name) && !BESIDE.test(entry.name)) {
      candidates.push(path);
    }
  }
}

/** A file is listed as what its first records are; rows with a problem and attempts at it make it both. */
async function recognise(path: string, work: Work): Promise<FoundFile[]> {
  const { size } = await stat(path);
  const { records, reason } = await peek(path, RECORDS_LOOKED_AT, work.signal);
  if (reason !== null) throw new Error(reason);
  const reader = first(records, readerOf);
  const importer = first(records, importerOf);
  const files: FoundFile[] = [];
  if (reader !== null) files.push({ path, size, kind: 'rollouts', schema: reader.schema, domain: domainOfRollouts(records) });
  if (importer !== null && !WEAK.has(importer.schema) && (reader === null || BOTH.has(importer.schema))) files.push({ path, size, kind: 'problems', schema: importer.schema, domain: domainOfProblems(records) });
  return files;
}

function first<T>(records: readonly unknown[], recognised: (record: unknown) => T | null): T | null {
  for (const record of records) {
    const found = recognised(record);
    if (found !== null) return found;
  }
  return null;
}
