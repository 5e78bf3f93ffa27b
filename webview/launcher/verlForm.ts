// The options of veRL on Ray: where the cluster is, how it is divided, what goes to the job beside the stage.
import type { VerlRayOptions } from '../../server/protocol/training.ts';
import { VerlRayOptionsSchema } from '../../server/protocol/training.ts';
import { choice, textArea, textField } from '../ui/controls.ts';
import { h } from '../ui/dom.ts';
import { readLines, readVariables, wholeNumber } from './model.ts';
import { row } from './rows.ts';

const VERSIONS = VerlRayOptionsSchema.entries.verlVersion.options;

export function verlForm(start: VerlRayOptions, onChange: (options: VerlRayOptions) => void): HTMLElement[] {
  let options = start;
  const set = (change: Partial<VerlRayOptions>): void => { onChange(options = { ...options, ...change }); };
  const text = (field: string, label: string, value: string, read: (text: string) => Partial<VerlRayOptions>, note: string, wide = false): HTMLElement =>
    row(label, textField({ label, value, onInput: (typed) => { set(read(typed.trim())); } }), { note, field, wide });
  const number = (field: 'nodes' | 'gpusPerNode' | 'tensorParallel' | 'sequenceParallel', label: string, note = ''): HTMLElement => {
    const wrong = h('span', { class: 'wrong', role: 'alert' });
    const show = (value: number): void => { wrong.textContent = Number.isNaN(value) ? 'is not a whole number of at least 1' : ''; };
    show(options[field]);
    const control = textField({ label, value: Number.isNaN(options[field]) ? '' : String(options[field]), onInput: (typed) => {
      const value = wholeNumber(typed);
      show(value);
      set({ [field]: value });
    } });
    return row(label, control, { note: [h('span', 'dim', note), ' ', wrong], field });
  };
  const variablesWrong = h('span', { class: 'wrong', role: 'alert' });
  return [
    text('address', 'Ray address', options.address, (address) => ({ address }), 'Of the Jobs API, which is the dashboard’s port. A token is asked for when the cluster wants one', true),
    row('veRL version', choice('veRL version', VERSIONS.map((version) => ({ value: version, label: version })), options.verlVersion, (chosen) => {
      const version = VERSIONS.find((known) => known === chosen);
      if (version) set({ verlVersion: version });
    }), { note: 'option names follow it', field: 'verlVersion' }),
    number('nodes', 'Nodes'), number('gpusPerNode', 'GPUs per node', 'the paper used 128 H100'),
    number('tensorParallel', 'Tensor parallel', 'of generation'), number('sequenceParallel', 'Sequence parallel', 'of the update'),
    text('sharedRoot', 'Shared folder', options.sharedRoot ?? '', (path) => ({ sharedRoot: path === '' ? null : path }), 'That every node sees under this path; empty: the run folder itself', true),
    text('python', 'Python', options.python, (python) => ({ python }), 'On the cluster', true),
    text('entryModule', 'Entry module', options.entryModule ?? '', (entry) => ({ entryModule: entry === '' ? undefined : entry }), 'empty: verl.trainer.main_ppo'),
    row('Environment', textArea({ label: 'Environment variables, one NAME=value a line', value: Object.entries(options.env).map(([name, value]) => `${name}=${value}`).join('\n'), placeholder: 'NAME=value, one a line', rows: 2, onInput: (typed) => {
      const { variables, wrong } = readVariables(typed);
      variablesWrong.textContent = wrong === null ? '' : `“${wrong}” has no =`;
      set({ env: variables });
    } }), { note: [h('span', 'dim', 'No secrets: they are stored with the run'), ' ', variablesWrong], field: 'env', wide: true }),
    row('Extra overrides', textArea({ label: 'Extra overrides, one a line', value: options.extraOverrides.join('\n'), placeholder: 'key=value, one a line', rows: 2, onInput: (typed) => { set({ extraOverrides: readLines(typed) }); } }), { note: 'Of Hydra, after ours', field: 'extraOverrides', wide: true }),
  ];
}
