// The form as data: from what was typed to a launch request, with every problem named. Pure.
import * as v from 'valibot';
import { LaunchRequestSchema, type Recipe, type Stage, type StageSettings, StageSettingsSchema } from '../../server/protocol/training.ts';
import { type Choices, type DataFile, type FinishedRun, PageLaunchSchema, type LauncherState, type PageLaunch } from './contract.ts';
import { value } from '../ui/format.ts';

export type SettingKey = keyof StageSettings;

export function isSettingKey(key: string): key is SettingKey {
  return key in StageSettingsSchema.entries;
}

/** How a value stands in its field: empty for "none". */
export function settingText(setting: StageSettings[SettingKey]): string {
  if (typeof setting === 'number' && setting !== 0 && Math.abs(setting) < 1e-3) return setting.toExponential();
  return setting === null ? '' : String(setting);
}

/** How a value reads in running text. */
export function settingWords(setting: StageSettings[SettingKey]): string {
  if (setting === null) return 'none';
  if (typeof setting === 'boolean') return setting ? 'on' : 'off';
  return typeof setting === 'number' ? value(setting) : setting;
}

export type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

/** Reads a field's text as the setting's type, by the schema of the wire. Thousands separators and spaces are fine. */
export function parseSetting(key: SettingKey, text: string): Parsed {
  const schema = StageSettingsSchema.entries[key];
  const trimmed = text.trim();
  const candidates: unknown[] = trimmed === '' ? [null] : trimmed === 'true' ? [true] : trimmed === 'false' ? [false] : [Number(trimmed.replace(/[,_\s]/g, '')), trimmed];
  for (const candidate of candidates) if (v.is(schema, candidate)) return { ok: true, value: candidate };
  const issue = v.safeParse(schema, candidates[0]).issues?.[0];
  return { ok: false, message: trimmed === '' ? 'needs a value' : issue?.type === 'number' || Number.isNaN(candidates[0]) ? 'is not a number' : issue ? `must be ${issue.expected ?? 'another value'}` : 'is not allowed' };
}

/** The stage's settings with the edits applied, and what could not be read. */
export function applyEdits(stage: Stage, edits: Readonly<Record<string, string>>): { settings: StageSettings; errors: Map<SettingKey, string> } {
  const values: Record<string, unknown> = { ...stage.settings };
  const errors = new Map<SettingKey, string>();
  for (const [key, text] of Object.entries(edits)) {
    if (!isSettingKey(key)) continue;
    const parsed = parseSetting(key, text);
    if (parsed.ok) values[key] = parsed.value;
    else errors.set(key, parsed.message);
  }
  const settings = v.safeParse(StageSettingsSchema, values);
  return { settings: settings.success ? settings.output : stage.settings, errors };
}

/** Settings of a stage that differ from the stage before it in the recipe: what this stage is about. */
export function differences(recipe: Recipe, stage: Stage): { readonly before: Stage; readonly keys: ReadonlySet<string> } | null {
  const before = recipe.stages[recipe.stages.indexOf(stage) - 1];
  if (!before) return null;
  return { before, keys: new Set(Object.keys(stage.settings).filter((key) => isSettingKey(key) && stage.settings[key] !== before.settings[key])) };
}

/** One line that tells stages apart: `16,384 tokens · G 16 · ≤ 6/16`. */
export function stageSummary({ settings }: Stage): string {
  const filter = settings.maxDifficulty !== null ? `difficulty ≤ ${settings.maxDifficulty}` : settings.maxSolved !== null ? `solved ≤ ${settings.maxSolved}/${settings.passRateAttempts}` : 'all problems';
  return `${value(settings.maxResponseLength)} tokens · G ${settings.rolloutsPerProblem} · ${filter}`;
}

/** Run ids: stage, size, local time to the second; sortable and allowed as a folder name everywhere. */
export function newRunId(recipe: Recipe, stage: Stage, now: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${stage.id}-${recipe.size.toLowerCase()}-${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`.slice(0, 64);
}

export function isRunId(text: string): boolean {
  return v.is(LaunchRequestSchema.entries.runId, text);
}

/** Where a stage starts from unless the user says otherwise. */
export interface StartingPoint {
  readonly path: string;
  /** The run whose last checkpoint it is; null: the initial policy. */
  readonly run: FinishedRun | null;
  /** The stage before this one, if there is one. */
  readonly before: Stage | null;
}

/** The last checkpoint of the newest succeeded run of the stage before, where there is one, else the initial policy. */
export function startingPoint(recipe: Recipe, stage: Stage, finished: readonly FinishedRun[]): StartingPoint {
  const before = recipe.stages[recipe.stages.indexOf(stage) - 1] ?? null;
  const run = before === null ? undefined : finished
    .filter(({ recipeId, stageId }) => recipeId === recipe.id && stageId === before.id)
    .reduce<FinishedRun | undefined>((newest, candidate) => (newest === undefined || candidate.startedAt > newest.startedAt ? candidate : newest), undefined);
  return { path: run?.path ?? recipe.initialPolicy, run: run ?? null, before };
}

/** Where the path comes from, in words for the note beside its field; `warn` where the recipe would start from elsewhere. */
export function startingPointWords(path: string, { path: usual, run, before }: StartingPoint, recipe: Recipe): { readonly text: string; readonly warn: boolean } {
  if (path !== recipe.initialPolicy) {
    if (run !== null && path === run.path) return { text: `${before?.title ?? ''}: step ${run.step} of ${run.runId}`, warn: false };
    return { text: `was ${usual}`, warn: false };
  }
  if (before === null) return { text: `${recipe.title}: initial policy`, warn: false };
  return { text: run === null ? `Initial policy: no run of ${before.title} has left a model here yet` : `Initial policy, not the model that ${run.runId} left`, warn: true };
}

/** What there is to choose from. */
export interface Files { readonly problems: readonly DataFile[]; readonly rollouts: readonly DataFile[] }

/** What the form stands for: the user's choice for the stage's domain, or the domain's files where there was none yet. */
export interface ChosenFiles {
  readonly problems: readonly string[];
  readonly validation: readonly string[];
  readonly rollouts: readonly string[];
  readonly preselected: { readonly problems: boolean; readonly rollouts: boolean };
}

export function chosenFiles({ settings: { domain } }: Stage, form: LauncherState, files: Files): ChosenFiles {
  const ofDomain = (list: readonly DataFile[]): string[] => list.filter((file) => file.domain === domain).map((file) => file.path);
  // Never preselected, and what is chosen for it is not preselected for training: a stage must not be validated on what it trains on.
  const validation = form.validation[domain] ?? [];
  const problems = ofDomain(files.problems).filter((path) => !validation.includes(path));
  const rollouts = ofDomain(files.rollouts);
  return {
    problems: form.problems[domain] ?? problems,
    validation,
    rollouts: form.rollouts[domain] ?? rollouts,
    preselected: { problems: form.problems[domain] === undefined && problems.length > 0, rollouts: form.rollouts[domain] === undefined && rollouts.length > 0 },
  };
}

export function choose(choices: Choices, domain: string, paths: readonly string[]): Choices {
  return { ...choices, [domain]: [...paths] };
}

/** NaN for anything but a whole number of at least 1. */
export function wholeNumber(text: string): number {
  const number = Number(text.trim().replace(/[,_\s]/g, ''));
  return Number.isInteger(number) && number >= 1 ? number : NaN;
}

export function readLines(text: string): string[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
}

/** `NAME=value` lines; `wrong` is the first line that is none. */
export function readVariables(text: string): { variables: Record<string, string>; wrong: string | null } {
  const lines = readLines(text);
  const variables = Object.fromEntries(lines.flatMap((line) => {
    const at = line.indexOf('=');
    return at > 0 ? [[line.slice(0, at).trim(), line.slice(at + 1).trim()]] : [];
  }));
  return { variables, wrong: lines.find((line) => line.indexOf('=') <= 0) ?? null };
}

/** The request that the form stands for; null while something in it cannot be read. */
export function launchRequest(recipe: Recipe, stage: Stage, form: LauncherState, chosen: ChosenFiles, runId: string, start: string): PageLaunch | null {
  const { settings, errors } = applyEdits(stage, form.edits[editKey(recipe, stage)] ?? {});
  if (errors.size > 0) return null;
  const request = v.safeParse(PageLaunchSchema, {
    runId, recipeId: recipe.id, stageId: stage.id, settings, problems: chosen.problems, validation: chosen.validation, checkpoint: form.checkpoint ?? start, engine: form.engine,
    ...(form.engine === 'rehearsal' ? { rehearsal: { rollouts: chosen.rollouts } } : { verlRay: form.verlRay }),
  });
  return request.success ? request.output : null;
}

export function editKey(recipe: Recipe, stage: Stage): string {
  return `${recipe.id}/${stage.id}`;
}

/** Lines of `next` that `previous` does not have: what an edit changed in the command. */
export function changedLines(previous: string | null, next: string): ReadonlySet<number> {
  if (previous === null) return new Set();
  const before = new Set(previous.split('\n'));
  return new Set(next.split('\n').flatMap((line, index) => (before.has(line) ? [] : [index])));
}

export const DEFAULT_FORM: Omit<LauncherState, 'recipeId' | 'stageId'> = {
  version: 1, edits: {}, runId: null, problems: {}, validation: {}, checkpoint: null, engine: 'rehearsal', rollouts: {},
  verlRay: { address: 'http://127.0.0.1:8265', verlVersion: '0.9.1', nodes: 16, gpusPerNode: 8, sharedRoot: null, tensorParallel: 1, sequenceParallel: 1, python: 'python3', env: {}, extraOverrides: [] },
};
