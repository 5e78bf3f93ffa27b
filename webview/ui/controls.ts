// The form controls of all pages. The only module that knows the toolkit (1.4.0, archived upstream): to replace it, rewrite
// this file (docs/decisions/webview-toolkit.md). Names here are ours; nothing else mentions the `vscode-*` elements.
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeCheckbox, vsCodeDropdown, vsCodeOption, vsCodeProgressRing, vsCodeTextArea, vsCodeTextField } from '@vscode/webview-ui-toolkit';
import './controls.css';
import { append, apply, type Child, h, type Props } from './dom.ts';

provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeCheckbox(), vsCodeDropdown(), vsCodeOption(), vsCodeProgressRing(), vsCodeTextArea(), vsCodeTextField());

/** A toolkit element with the properties that we use; they exist once the element is defined, which happens above. */
type Control<P> = HTMLElement & P;

function make<P>(tag: string, props: Props, children: readonly Child[] = []): Control<P> {
  const element = document.createElement(tag);
  apply(element, props);
  append(element, children);
  const label = props.attributes?.['aria-label'];
  if (typeof label === 'string') keepLabel(element, label);
  // Safe: `tag` is one of the elements registered above, whose properties the caller names in P.
  return element as unknown as Control<P>;
}

/** The toolkit overwrites the accessible name with "Text field" and the like when an element enters the document. */
function keepLabel(element: HTMLElement, label: string): void {
  const observer = new MutationObserver(() => {
    if (element.getAttribute('aria-label') === label) return;
    observer.disconnect();
    element.setAttribute('aria-label', label);
  });
  observer.observe(element, { attributeFilter: ['aria-label'] });
}

export type Button = Control<{ disabled: boolean }>;

export function button(label: string, onClick: () => void, options: { primary?: boolean; title?: string; icon?: Node; disabled?: boolean } = {}): Button {
  const made = make<{ disabled: boolean; appearance: string }>('vscode-button', { ...(options.title ? { title: options.title } : {}), on: { click: onClick } }, [options.icon, label]);
  made.setAttribute('appearance', options.primary ? 'primary' : 'secondary');
  made.disabled = options.disabled ?? false;
  return made;
}

/** A small action in running text or a row of facts: a plain button in the shape of a chip. */
export function chipButton(label: string, onClick: () => void, options: { title?: string; icon?: Node; pressed?: boolean; disabled?: boolean } = {}): HTMLButtonElement {
  const made = h('button', { class: 'chip', title: options.title ?? '', attributes: { type: 'button', 'aria-pressed': options.pressed === undefined ? null : String(options.pressed) }, on: { click: onClick } }, options.icon, label);
  made.disabled = options.disabled ?? false;
  return made;
}

export type TextField = Control<{ value: string; disabled: boolean; placeholder: string }>;

export interface TextFieldOptions {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly describedBy?: string;
  /** Every keystroke. */
  readonly onInput?: (value: string) => void;
  /** Enter or leaving the field. */
  readonly onCommit?: (value: string) => void;
}

/** A field without a visible label of its own; `label` is its accessible name. */
export function textField(options: TextFieldOptions): TextField {
  const made = make<{ value: string; disabled: boolean; placeholder: string }>('vscode-text-field', named(options.label, options.describedBy));
  made.value = options.value;
  made.placeholder = options.placeholder ?? '';
  made.addEventListener('input', () => options.onInput?.(made.value));
  made.addEventListener('change', () => options.onCommit?.(made.value));
  return made;
}

export type TextArea = Control<{ value: string; rows: number; placeholder: string }>;

export function textArea(options: TextFieldOptions & { rows?: number }): TextArea {
  const made = make<{ value: string; rows: number; placeholder: string; resize: string }>('vscode-text-area', named(options.label, options.describedBy));
  made.value = options.value;
  made.rows = options.rows ?? 3;
  made.placeholder = options.placeholder ?? '';
  made.setAttribute('resize', 'vertical');
  made.addEventListener('input', () => options.onInput?.(made.value));
  made.addEventListener('change', () => options.onCommit?.(made.value));
  return made;
}

export type Choice = Control<{ value: string; disabled: boolean }>;

/** A drop-down. `choices` are value and label; the chosen value is set after the options exist, as the element needs it. */
export function choice(label: string, choices: readonly { value: string; label: string }[], chosen: string, onChange: (value: string) => void, describedBy?: string): Choice {
  const made = make<{ value: string; disabled: boolean }>('vscode-dropdown', named(label, describedBy), choices.map((entry) => {
    const option = make<{ value: string }>('vscode-option', {}, [entry.label]);
    option.setAttribute('value', entry.value);
    if (entry.value === chosen) option.setAttribute('selected', '');
    return option;
  }));
  made.addEventListener('change', () => { onChange(made.value); });
  return made;
}

export type Checkbox = Control<{ checked: boolean; disabled: boolean }>;

export function checkbox(label: Child, checked: boolean, onChange: (checked: boolean) => void, accessibleName?: string): Checkbox {
  const made = make<{ checked: boolean; disabled: boolean }>('vscode-checkbox', accessibleName ? named(accessibleName) : {}, [label]);
  made.checked = checked;
  made.addEventListener('change', () => { onChange(made.checked); });
  return made;
}

export function progressRing(label: string): HTMLElement {
  return make('vscode-progress-ring', named(label));
}

/** Moves the keyboard focus into a control; the toolkit's text controls hold the real input in their shadow. */
export function focusControl(control: HTMLElement, select = false): void {
  control.focus();
  const inner = control.shadowRoot?.querySelector('input, textarea');
  if (select && (inner instanceof HTMLInputElement || inner instanceof HTMLTextAreaElement)) inner.select();
}

/** Marks a field as wrong for screen readers too, to which an attribute without a value says nothing. */
export function markInvalid(control: HTMLElement, invalid: boolean): void {
  if (invalid) control.setAttribute('aria-invalid', 'true');
  else control.removeAttribute('aria-invalid');
}

/** True when the event comes from a control that takes typed text, so that single-letter keys mean text. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function named(label: string, describedBy?: string): Props {
  return { attributes: { 'aria-label': label, 'aria-describedby': describedBy } };
}
