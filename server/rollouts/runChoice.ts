import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import type { ThinkingChoice } from '../protocol/thinking.ts';

/** Written first in every run directory; it says what the run's stage is (docs/training.md). */
const REQUEST = 'request.json';
/** Rollouts lie one folder below a run directory. */
const FOLDERS_UP = 2;

/** Of runs that are older than the setting: their reward function was always told that the template opens the thinking part. */
const RequestSchema = v.object({ runId: v.string(), stageId: v.string(), settings: v.object({ thinkingOpened: v.optional(v.boolean(), true) }) });

/** What was read of a run directory, until its file changes. */
const known = new Map<string, { readonly modified: number; readonly choice: ThinkingChoice | null }>();
const MOST_KNOWN = 200;

/** What the stage of a run says of the thinking part of its rollouts; null for a file outside of any run directory. */
export async function runChoiceOf(path: string): Promise<ThinkingChoice | null> {
  let folder = dirname(path);
  for (let up = 0; up < FOLDERS_UP; up += 1, folder = dirname(folder)) {
    const choice = await choiceIn(join(folder, REQUEST));
    if (choice !== null) return choice;
  }
  return null;
}

async function choiceIn(request: string): Promise<ThinkingChoice | null> {
  const modified = await stat(request).then(({ mtimeMs }) => mtimeMs, () => null);
  if (modified === null) return null;
  const before = known.get(request);
  if (before?.modified === modified) return before.choice;
  const choice = await readChoice(request);
  known.set(request, { modified, choice });
  for (const oldest of known.keys()) if (known.size > MOST_KNOWN) known.delete(oldest);
  return choice;
}

/** A file of that name that is not ours says nothing. */
async function readChoice(request: string): Promise<ThinkingChoice | null> {
  try {
    const parsed = v.safeParse(RequestSchema, JSON.parse(await readFile(request, 'utf8')));
    return parsed.success ? (parsed.output.settings.thinkingOpened ? 'yes' : 'no') : null;
  } catch {
    return null;
  }
}
