// The launcher: what exactly will run, and may I trust it?
import '../ui/base.css';
import './launcher.css';
import * as v from 'valibot';
import type { Recipe, Stage } from '../../server/protocol/training.ts';
import { chipButton, choice, focusControl, progressRing } from '../ui/controls.ts';
import { append, fill, h, icon } from '../ui/dom.ts';
import { isCancelled } from '../ui/messages.ts';
import { tellWhenHostIsGone } from '../ui/hostWatch.ts';
import { Notices } from '../ui/notices.ts';
import { announce, debounce, startPage } from '../ui/page.ts';
import { Browse, LaunchRun, type LauncherAction, type LauncherEvent, LauncherEventSchema, type LauncherState, LauncherStateSchema, Preview } from './contract.ts';
import { inputsForm } from './inputsForm.ts';
import { applyEdits, chosenFiles, DEFAULT_FORM, editKey, isRunId, isSettingKey, launchRequest, newRunId, type SettingKey, stageSummary, startingPoint } from './model.ts';
import { PreviewPane } from './previewPane.ts';
import { SettingsForm } from './settingsForm.ts';

type Start = Extract<LauncherEvent, { type: 'start' }>;

const { channel, state } = startPage<LauncherAction, LauncherEvent>(LauncherEventSchema, onEvent);
const stored = state((value) => {
  const parsed = v.safeParse(LauncherStateSchema, value);
  return parsed.success ? parsed.output : null;
});

let start: Start | null = null;
let form: LauncherState = stored.read() ?? { ...DEFAULT_FORM, recipeId: '', stageId: '' };
let runId = '';
let settings: SettingsForm | null = null;
let previewing = new AbortController();
let launching: AbortController | null = null;

const notices = new Notices();
const recipeSlot = h('span');
const stages = h('nav', { class: 'stages', attributes: { 'aria-label': 'Stages of the recipe' } });
const formSlot = h('div', 'form');
const preview = new PreviewPane({ onLaunch: () => void launch(), onCancel: () => { launching?.abort(); }, onCopy: (text) => { channel.send({ type: 'copy', text }); announce('copied'); }, onField: focusField, onSuggestion: takeSuggestion });

append(document.body, [
  h('header', 'top', h('h1', {}, 'Launch a stage'), recipeSlot, h('span', 'grow')), notices.element,
  h('main', 'columns', stages, formSlot, preview.element), preview.bar,
]);
fill(formSlot, h('div', 'empty', progressRing('Opening'), h('p', {}, 'Reading the recipe …')));
channel.ready();
tellWhenHostIsGone(channel, notices, 'Close this tab and open the launcher again.');

function onEvent(event: LauncherEvent): void {
  switch (event.type) {
    case 'start': {
      // Files are looked up again and again; a form that has not changed is left under the user's hand.
      const same = start !== null && event.stageId === null && JSON.stringify({ ...start, recipeId: null, stageId: null }) === JSON.stringify({ ...event, recipeId: null });
      start = event;
      notices.clear('failed');
      // A stage that was asked for begins where the recipe begins it.
      if (event.stageId !== null) form = { ...form, recipeId: event.recipeId ?? form.recipeId, stageId: event.stageId, checkpoint: null, runId: null };
      if (!event.trusted) notices.show('trust', { kind: 'warning', text: 'This workspace is not trusted: a stage can be looked at but not launched.' });
      else notices.clear('trust');
      return same ? undefined : draw();
    }
    case 'progress':
      return preview.showWorking(`${event.message ?? 'working'}${event.total ? ` ${Math.round((100 * event.done) / event.total)} %` : ''}`);
    case 'failed':
      if (start) return notices.show('failed', { kind: 'error', text: event.message, action: { label: 'Try Again', run: retry } });
      return fill(formSlot, h('div', 'empty', h('h2', {}, icon('error'), ' The launcher could not start'), h('p', {}, event.message), chipButton('Try Again', retry)));
    case 'connection':
      notices.showConnection(event.since, 'The form stays as it is; nothing can be launched until it is back.');
      if (event.since === null) previewSoon();
  }
}

function retry(): void {
  channel.send({ type: 'retry' });
}

function chosen(): { recipe: Recipe; stage: Stage } | null {
  const recipe = start?.recipes.find((candidate) => candidate.id === form.recipeId) ?? start?.recipes[0];
  const stage = recipe?.stages.find((candidate) => candidate.id === form.stageId) ?? recipe?.stages[0];
  return recipe && stage ? { recipe, stage } : null;
}

/** Everything that depends on recipe and stage. */
function draw(): void {
  const now = chosen();
  if (!now || !start) return fill(formSlot, h('div', 'empty', h('h2', {}, 'No recipe'), h('p', {}, 'The server knows no recipe.')));
  const { recipe, stage } = now;
  runId = form.runId ?? newRunId(recipe, stage, new Date());
  fill(recipeSlot, choice('Recipe', start.recipes.map((entry) => ({ value: entry.id, label: entry.title })), recipe.id, (recipeId) => { change({ recipeId, checkpoint: null, runId: null }, true); }));
  fill(stages, h('ol', {}, recipe.stages.map((entry) => h('li', {}, h('button', {
    class: 'stage', attributes: { type: 'button', 'aria-current': entry === stage ? 'step' : null, 'data-stage': entry.id }, on: { click: () => { change({ stageId: entry.id, runId: null, checkpoint: null }, true); stages.querySelector<HTMLElement>(`[data-stage="${entry.id}"]`)?.focus(); } },
  }, h('b', {}, entry.title, Object.keys(form.edits[editKey(recipe, entry)] ?? {}).length > 0 ? h('span', { class: 'edited-dot', title: 'edited' }, ' ●') : null), h('span', 'dim', stageSummary(entry)))))));
  settings = new SettingsForm(recipe, stage, form.edits[editKey(recipe, stage)] ?? {}, { onEdit: (key, text) => { edit(recipe, stage, key, text); } });
  const scrollTop = formSlot.scrollTop;
  fill(formSlot, h('h2', 'stage-title', `${recipe.title} · ${stage.title}`),
    inputsForm({ recipe, stage, form, files: start, chosen: chosenFiles(stage, form, start), start: startingPoint(recipe, stage, start.finished), runId }, { onChange: (update) => { change(update); }, browse: (title, folder) => channel.call(Browse, { title, folder }).then((answer) => answer.path) }),
    settings.element);
  formSlot.scrollTop = scrollTop;
  previewSoon();
}

function change(update: Partial<LauncherState>, redraw = false): void {
  form = { ...form, ...update };
  if (update.runId) runId = update.runId;
  // A number that cannot be read is not kept: the rest of the form would be lost with it.
  if (v.is(LauncherStateSchema, form)) stored.write(form);
  if (redraw) draw();
  else previewSoon();
}

function edit(recipe: Recipe, stage: Stage, key: SettingKey, text: string | null): void {
  const id = editKey(recipe, stage);
  const { [key]: _old, ...rest } = form.edits[id] ?? {};
  const edits = text === null ? rest : { ...rest, [key]: text };
  // Taking an edit back by its chip changes the field's text, which only a new form shows.
  const takenBack = text === null && document.activeElement?.classList.contains('chip') === true;
  change({ edits: { ...form.edits, [id]: edits } }, takenBack);
  if (takenBack) settings?.focus(key);
  settings?.showErrors(applyEdits(stage, edits).errors);
}

/** A value that a check proposes goes into its field as if it had been typed: marked as edited, with the way back beside it. */
function takeSuggestion(key: string, text: string): void {
  const now = chosen();
  if (!now || !isSettingKey(key)) return;
  edit(now.recipe, now.stage, key, text);
  draw();
  settings?.focus(key);
}

function focusField(field: string): void {
  if (settings?.focus(field)) return;
  const row = formSlot.querySelector<HTMLElement>(`[data-field="${field}"]`);
  row?.scrollIntoView({ block: 'center' });
  const control = row?.querySelector<HTMLElement>('vscode-text-field, vscode-dropdown, vscode-checkbox, vscode-text-area');
  if (control) focusControl(control);
}

// ---- preview and launch

const previewLater = debounce(() => { void showPreview(); }, 350);

/** What is shown no longer stands for the form: it cannot be launched until it does again. */
function previewSoon(): void {
  preview.showOld();
  previewLater();
}

async function showPreview(): Promise<void> {
  const now = chosen();
  if (!now || !start || launching) return;
  previewing.abort();
  const { signal } = (previewing = new AbortController());
  if (!isRunId(runId)) return preview.showProblem('The run id may hold small letters, digits, dot, dash and underscore, and begins with a letter or digit.');
  const request = launchRequest(now.recipe, now.stage, form, chosenFiles(now.stage, form, start), runId, startingPoint(now.recipe, now.stage, start.finished).path);
  if (!request) return preview.showProblem('Some values cannot be read; they are marked in the form.');
  preview.showWorking('Looking what would run …');
  try {
    const answer = await channel.call(Preview, request, signal);
    preview.show(answer, {
      steps: request.settings.steps, launchable: start.trusted ? null : 'This workspace is not trusted', label: request.engine === 'rehearsal' ? 'Rehearse' : `Launch on ${hostOf(request.verlRay?.address ?? '')}`,
    });
    const errors = answer.lints.filter((lint) => lint.severity === 'error').length;
    announce(`${answer.problems.kept} problems, ${errors} errors`);
  } catch (error) {
    if (!isCancelled(error)) preview.showProblem(error instanceof Error ? error.message : String(error));
  }
}

async function launch(): Promise<void> {
  // The button is drawn disabled a frame after an edit: nothing is launched that was not shown.
  if (!preview.launchable) return;
  const now = chosen();
  const request = now && start && launchRequest(now.recipe, now.stage, form, chosenFiles(now.stage, form, start), runId, startingPoint(now.recipe, now.stage, start.finished).path);
  if (!request || launching) return;
  previewing.abort();
  launching = new AbortController();
  preview.showWorking('Launching …');
  preview.showLaunching(true);
  try {
    const run = await channel.call(LaunchRun, request, launching.signal);
    announce(`launched ${run.runId}`);
    notices.show('launched', { kind: 'info', text: `Launched ${run.runId}. Its dashboard is open.` });
    // The next launch from this form is another run.
    change({ runId: null });
  } catch (error) {
    if (!isCancelled(error)) notices.show('launched', { kind: 'error', text: `Not launched: ${error instanceof Error ? error.message : String(error)}` });
  } finally {
    launching = null;
    preview.showLaunching(false);
    draw();
  }
}

function hostOf(address: string): string {
  return /^\w+:\/\/([^:/]+)/.exec(address)?.[1] ?? 'Ray';
}
