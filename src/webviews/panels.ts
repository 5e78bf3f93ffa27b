import * as vscode from 'vscode';
import { messageOf } from '../feedback.ts';
import type { Services } from '../services.ts';

export interface PanelKind<A, C extends vscode.Disposable = vscode.Disposable> {
  readonly viewType: string;
  readonly icon: string;
  readonly title: (args: A) => string;
  /** Panels with the same key are one: opening again reveals it. */
  readonly key: (args: A) => string;
  /** From what the page stored with `setState`; null when it is not of this version. */
  readonly fromState: (state: unknown) => A | null;
  readonly create: (panel: vscode.WebviewPanel, args: A) => C;
  /** The panel is shown again, with other arguments of the same key. */
  readonly again?: (content: C, args: A) => void;
}

/** The panels of one kind: at most one per key, restored with the window. */
export class Panels<A, C extends vscode.Disposable = vscode.Disposable> {
  readonly #services: Services;
  readonly #kind: PanelKind<A, C>;
  readonly #open = new Map<string, { readonly panel: vscode.WebviewPanel; readonly content: C }>();
  /** Key of the panel that the next peek replaces. */
  #peeked: string | null = null;

  constructor(services: Services, kind: PanelKind<A, C>) {
    this.#services = services;
    this.#kind = kind;
  }

  /**
   * Shows the panel of `args`. To peek, as somebody does who walks through a list, leaves the focus where it is, and the next
   * one that is peeked at takes the panel's place.
   */
  show(args: A, peek = false): void {
    const key = this.#kind.key(args);
    const there = this.#open.get(key);
    if (!peek && this.#peeked === key) this.#peeked = null;
    if (there) {
      this.#kind.again?.(there.content, args);
      return there.panel.reveal(undefined, peek);
    }
    const former = peek && this.#peeked !== null ? this.#open.get(this.#peeked)?.panel : undefined;
    const viewColumn = former?.viewColumn ?? vscode.ViewColumn.Active;
    this.#adopt(vscode.window.createWebviewPanel(this.#kind.viewType, this.#kind.title(args), { viewColumn, preserveFocus: peek }), args);
    // Afterwards, so that the group of the only panel is not closed and opened again.
    former?.dispose();
    if (peek) this.#peeked = key;
  }

  /** Restores tabs of an earlier window (activation event `onWebviewPanel`). */
  registerSerializer(): vscode.Disposable {
    return vscode.window.registerWebviewPanelSerializer(this.#kind.viewType, {
      deserializeWebviewPanel: (panel, state: unknown) => {
        const args = this.#kind.fromState(state);
        if (args === null || this.#open.has(this.#kind.key(args))) panel.dispose();
        else this.#adopt(panel, args);
        return Promise.resolve();
      },
    });
  }

  #adopt(panel: vscode.WebviewPanel, args: A): void {
    const key = this.#kind.key(args);
    panel.iconPath = new vscode.ThemeIcon(this.#kind.icon);
    try {
      const content = this.#kind.create(panel, args);
      this.#open.set(key, { panel, content });
      panel.onDidDispose(() => {
        this.#open.delete(key);
        content.dispose();
      });
    } catch (error) {
      this.#services.log.error(`${this.#kind.viewType}: ${messageOf(error)}`);
      panel.dispose();
    }
  }
}
