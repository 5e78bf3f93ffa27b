import * as vscode from 'vscode';
import type { VerifyTarget } from '../../server/protocol/methods.ts';
import { targetOfEditor } from './verifyTarget.ts';

/** A surface where rollouts can be selected: a tree, the inspector, a text editor. */
export interface SelectionSource {
  /** Id of the view, for the key that is pressed in it. */
  readonly view: string;
  /** Fires when the user selects something there. */
  readonly onDidSelect: vscode.Event<unknown>;
  /** True when there is a selection and the user can see it. */
  isActive(): boolean;
  selectedTargets(): Promise<VerifyTarget[]>;
}

/**
 * What "selection" means when a command comes from the palette, which takes the focus: the surface where the user selected
 * something last.
 */
export class Selections implements vscode.Disposable {
  readonly #sources: SelectionSource[];
  readonly #disposables: vscode.Disposable[];

  constructor(sources: readonly SelectionSource[]) {
    this.#sources = [...sources];
    this.#disposables = sources.map((source) => source.onDidSelect(() => this.#latest(source)));
  }

  /** Targets selected in the named view, else in the surface that was used last; empty where nothing is selected. */
  async targets(view?: string): Promise<VerifyTarget[]> {
    const source = this.#sources.find((each) => each.isActive() && (view === undefined || each.view === view));
    return source ? source.selectedTargets() : [];
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  #latest(source: SelectionSource): void {
    this.#sources.splice(this.#sources.indexOf(source), 1);
    this.#sources.unshift(source);
  }
}

/** Lines of the active text editor, if it shows JSON lines or a file known to hold rollouts. */
export class EditorSelection implements SelectionSource, vscode.Disposable {
  readonly view = 'editor';
  readonly onDidSelect: vscode.Event<void>;
  readonly #selected = new vscode.EventEmitter<void>();
  readonly #listener: vscode.Disposable;

  constructor() {
    this.onDidSelect = this.#selected.event;
    this.#listener = vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (holdsRollouts(textEditor.document)) this.#selected.fire();
    });
  }

  isActive(): boolean {
    const editor = vscode.window.activeTextEditor;
    return editor !== undefined && holdsRollouts(editor.document);
  }

  selectedTargets(): Promise<VerifyTarget[]> {
    const editor = vscode.window.activeTextEditor;
    const target = editor && targetOfEditor(editor);
    return Promise.resolve(target ? [target] : []);
  }

  dispose(): void {
    vscode.Disposable.from(this.#listener, this.#selected).dispose();
  }
}

/** Lines of JSON are worth trying even where the workspace's list does not have the file: it may be new or unsaved. */
function holdsRollouts(document: vscode.TextDocument): boolean {
  return /\.jsonl?$/.test(document.uri.path) || document.languageId === 'jsonl' || (document.isUntitled && document.languageId === 'json');
}
