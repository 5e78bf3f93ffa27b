import * as vscode from 'vscode';
import type { Verified } from '../../server/protocol/rollout.ts';
import { COLORS } from '../ids.ts';
import { movedLines } from './lineMoves.ts';
import { verdictLine, verdictReport } from './verdictText.ts';

type Kind = 'good' | 'bad' | 'open';

interface Mark {
  readonly kind: Kind;
  readonly text: string;
  readonly report: string;
}

/**
 * Verdicts on lines, behind their first character: the end of a long line is far away, past 10,000 columns nothing is drawn, and
 * at the end of a short one VS Code writes what a test expected. A line that is edited loses its verdict: it no longer says
 * anything about the text.
 */
export class LineVerdicts implements vscode.Disposable {
  readonly #marks = new Map<string, Map<number, Mark>>();
  readonly #types: Readonly<Record<Kind, vscode.TextEditorDecorationType>> = {
    good: decoration(COLORS.correct),
    bad: decoration(COLORS.incorrect),
    open: decoration(COLORS.open),
  };
  readonly #disposables: vscode.Disposable[];

  constructor() {
    this.#disposables = [
      vscode.window.onDidChangeVisibleTextEditors(() => this.#paintAll()),
      vscode.workspace.onDidChangeTextDocument((event) => this.#edited(event)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#marks.delete(document.uri.fsPath)),
    ];
  }

  set(path: string, result: Verified): void {
    if (result.line === null) return;
    const marks = this.#marks.get(path) ?? new Map<number, Mark>();
    this.#marks.set(path, marks);
    const { verdict } = result.verdict;
    marks.set(result.line, { kind: verdict === 'correct' ? 'good' : verdict === 'incorrect' ? 'bad' : 'open', text: verdictLine(result), report: verdictReport(result.verdict) });
  }

  /** Paints what was set since; called once per batch, not per verdict. */
  paint(): void {
    this.#paintAll();
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables, ...Object.values(this.#types)).dispose();
  }

  #paintAll(): void {
    for (const editor of vscode.window.visibleTextEditors) this.#paintEditor(editor);
  }

  #paintEditor(editor: vscode.TextEditor): void {
    const marks = this.#marks.get(editor.document.uri.fsPath);
    const options: Record<Kind, vscode.DecorationOptions[]> = { good: [], bad: [], open: [] };
    for (const [line, mark] of marks ?? []) {
      if (line >= editor.document.lineCount) continue;
      const hover = new vscode.MarkdownString();
      hover.appendCodeblock(mark.report, 'text');
      // The text not before the first character: the key Home would scroll it out of sight. One of the two answers a hover, on the text as well.
      options[mark.kind].push(
        { range: new vscode.Range(line, 0, line, 1), renderOptions: { after: { contentText: mark.text } } },
        { range: editor.document.lineAt(line).range, hoverMessage: hover },
      );
    }
    for (const kind of ['good', 'bad', 'open'] as const) editor.setDecorations(this.#types[kind], options[kind]);
  }

  #edited(event: vscode.TextDocumentChangeEvent): void {
    const path = event.document.uri.fsPath;
    const marks = this.#marks.get(path);
    if (!marks || event.contentChanges.length === 0) return;
    this.#marks.set(path, movedLines(marks, event.contentChanges).moved);
    this.#paintAll();
  }
}

function decoration(color: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    after: { margin: '0 1em 0 0.5em', color: new vscode.ThemeColor(color) },
    overviewRulerColor: new vscode.ThemeColor(color),
    overviewRulerLane: vscode.OverviewRulerLane.Right,
  });
}
