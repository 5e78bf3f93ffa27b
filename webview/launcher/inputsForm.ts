// What a stage starts from and what executes it: engine, checkpoint, problem sets, validation, recorded rollouts.
import type { Recipe, Stage } from '../../server/protocol/training.ts';
import { button, choice, textField } from '../ui/controls.ts';
import { fill, h, icon } from '../ui/dom.ts';
import type { LauncherState } from './contract.ts';
import { type ChosenFiles, chosenFiles, type Files, choose, type StartingPoint, startingPointWords } from './model.ts';
import { fileChoice, row } from './rows.ts';
import { verlForm } from './verlForm.ts';

export interface InputsEvents {
  readonly onChange: (change: Partial<LauncherState>) => void;
  readonly browse: (title: string, folder: boolean) => Promise<string | null>;
}

export interface Inputs {
  readonly recipe: Recipe;
  readonly stage: Stage;
  readonly form: LauncherState;
  readonly files: Files;
  readonly chosen: ChosenFiles;
  readonly start: StartingPoint;
  readonly runId: string;
}

const ENGINES = [{ value: 'rehearsal', label: 'Rehearsal (trains no model)' }, { value: 'verl-ray', label: 'veRL on Ray' }] as const;
const NO_SET = 'No problem set in this workspace.';

export function inputsForm({ recipe, stage, form, files, chosen, start, runId }: Inputs, events: InputsEvents): HTMLElement {
  const { domain } = stage.settings;
  let current = form;
  const change = (update: Partial<LauncherState>): void => {
    current = { ...current, ...update };
    events.onChange(update);
  };
  const checkpoint = textField({ label: 'Checkpoint to start from', value: form.checkpoint ?? start.path, onInput: (text) => { showCheckpoint(text.trim() === '' ? null : text.trim()); } });
  const checkpointNote = h('span');
  const showCheckpoint = (path: string | null, told = true): void => {
    checkpoint.title = path ?? start.path;
    const { text, warn } = startingPointWords(path ?? start.path, start, recipe);
    fill(checkpointNote, h('span', warn ? 'warn' : '', warn ? icon('warning') : null, warn ? ' ' : '', text));
    if (told) change({ checkpoint: path });
  };
  showCheckpoint(form.checkpoint, false);

  const setsNote = h('span');
  const setsChoice = h('div');
  const rolloutsNote = h('span');
  const showNotes = (preselected: { readonly problems: boolean; readonly rollouts: boolean }): void => {
    fill(setsNote, preselected.problems ? `Preselected: the ${domain} sets of this workspace. ` : '', 'Dropped, filtered and contaminated problems stay out');
    fill(rolloutsNote, preselected.rollouts ? `Preselected: the ${domain} rollouts of this workspace. ` : '', 'The rehearsal samples groups from these, verifies them, applies the stage’s update to a tabular policy');
  };
  let preselected = chosen.preselected;
  const showSets = (chosenSets: readonly string[]): void => {
    fill(setsChoice, fileChoice('Problem sets', files.problems, chosenSets, (problems) => {
      showNotes(preselected = { ...preselected, problems: false });
      change({ problems: choose(current.problems, domain, problems) });
    }, NO_SET));
    showNotes(preselected);
  };
  showSets(chosen.problems);

  const options = h('div');
  const showEngine = (engine: LauncherState['engine']): void => {
    fill(options, engine === 'rehearsal'
      ? row('Recorded rollouts', fileChoice('Recorded rollouts', files.rollouts, chosen.rollouts, (rollouts) => {
        showNotes(preselected = { ...preselected, rollouts: false });
        change({ rollouts: choose(current.rollouts, domain, rollouts) });
      }, 'No rollout file in this workspace. A rehearsal needs recorded rollouts of the problems.'), { note: rolloutsNote, field: 'rollouts', wide: true })
      : verlForm(current.verlRay, (verlRay) => { change({ verlRay }); }));
  };
  showEngine(form.engine);
  return h('div', 'inputs',
    h('fieldset', {}, h('legend', {}, h('h2', {}, 'Run')),
      row('Engine', choice('Engine', ENGINES, form.engine, (value) => {
        const engine = value === 'verl-ray' ? 'verl-ray' : 'rehearsal';
        showEngine(engine);
        change({ engine });
      }), { field: 'engine' }),
      row('Run id', textField({ label: 'Run id', value: runId, onInput: (text) => { change({ runId: text.trim() === '' ? null : text.trim() }); } }), { note: 'Name of the run’s folder', field: 'runId', wide: true }),
      row('Start from', [checkpoint, button('Browse…', () => {
        void events.browse('Checkpoint to Start From', true).then((path) => {
          if (path === null) return;
          checkpoint.value = path;
          showCheckpoint(path);
        });
      })], { note: checkpointNote, field: 'checkpoint', wide: true }),
      options),
    h('fieldset', {}, h('legend', {}, h('h2', {}, 'Problems')),
      row('Problem sets', setsChoice, { note: setsNote, field: 'problems', wide: true }),
      row('Validation', fileChoice('Validation sets', files.problems, chosen.validation, (validation) => {
        change({ validation: choose(current.validation, domain, validation) });
        // What is preselected for training depends on it.
        if (current.problems[domain] === undefined) showSets(chosenFiles(stage, current, files).problems);
      }, NO_SET), { note: 'Problems that are chosen here stay out of training. A rehearsal does not validate', field: 'validation', wide: true })));
}
