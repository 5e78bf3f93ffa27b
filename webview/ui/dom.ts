// DOM nodes without markup strings: text always becomes text nodes, so nothing from a file or a model is ever parsed as HTML.

import { textNodes } from './hiddenCharacters.ts';

export type Child = Node | string | number | null | undefined | false | readonly Child[];

export interface Props {
  readonly class?: string;
  readonly id?: string;
  readonly role?: string;
  readonly title?: string;
  readonly hidden?: boolean;
  readonly tabIndex?: number;
  /** `aria-*` and `data-*` attributes; null and false leave one out. */
  readonly attributes?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  /** Style properties, set through CSSOM (style attributes would be refused by the content-security policy). */
  readonly style?: Readonly<Record<string, string>>;
  readonly on?: { readonly [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };
}

export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props | string = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  apply(element, typeof props === 'string' ? { class: props } : props);
  append(element, children);
  return element;
}

/** Sets properties on an element that exists already (also on the toolkit's elements). */
export function apply(element: HTMLElement, props: Props): void {
  if (props.class) element.className = props.class;
  if (props.id) element.id = props.id;
  if (props.role) element.setAttribute('role', props.role);
  if (props.title) element.title = props.title;
  if (props.hidden) element.hidden = true;
  if (props.tabIndex !== undefined) element.tabIndex = props.tabIndex;
  for (const [name, value] of Object.entries(props.attributes ?? {})) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  for (const [name, value] of Object.entries(props.style ?? {})) element.style.setProperty(name, value);
  for (const [name, listener] of Object.entries(props.on ?? {})) {
    // Safe: `on` pairs each event's name with a listener of its own event type.
    element.addEventListener(name, listener as EventListener);
  }
}

export function append(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (child instanceof Node) parent.appendChild(child);
    else if (typeof child === 'object') append(parent, child);
    else for (const node of textNodes(String(child))) parent.appendChild(node);
  }
}

/** Replaces an element's content. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren();
  append(element, children);
}

/** An element of the page's skeleton. A missing one is a bug of ours, not bad input. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element #${id}`);
  return element;
}

/** A codicon; decorative unless a label is given. */
export function icon(name: string, label?: string): HTMLElement {
  return h('span', { class: `codicon codicon-${name}`, attributes: label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': 'true' } });
}
