import * as vscode from 'vscode';
import type { Verified } from '../../server/protocol/rollout.ts';
import { verdictLine, verdictReport } from './verdictText.ts';

type Kind = 'good' | 'bad' | 'open';

/** Columns beyond which the end of a line is out of sight. */
const LONG_LINE = 160;

const COLORS: Readonly<Record<Kind, string>> = { good: 'testing.iconPassed', bad: 'testing.iconFailed', open: 'testing.iconErrored' };

interface Mark {
  readonly kind: Kind;
  readonly text: string;
  readonly report: string;
}

/** Verdicts at the end of lines. A line that is edited loses its verdict: it no longer says anything about the text. */
export class LineVerdicts implements vscode.Disposable {
  readonly #marks = new Map<string, Map<number, Mark>>();
  readonly #types: Readonly<Record<Kind, vscode.TextEditorDecorationType>> = {
    good: decoration(COLORS.good),
    bad: decoration(COLORS.bad),
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
      const { range } = editor.document.lineAt(line);
      options[mark.kind].push({ range, hoverMessage: hover, renderOptions: { after: { contentText: mark.text } } });
      // The end of a long JSON line is far away, and past 10,000 columns never drawn: there the verdict also stands at the
      // beginning. Behind the first character, not before it: the key Home would scroll it out of sight.
      if (range.end.character > LONG_LINE) options[mark.kind].push({ range: new vscode.Range(line, 0, line, 1), renderOptions: { after: { contentText: mark.text, margin: '0 1em 0 0.5em' } } });
    }
    for (const kind of ['good', 'bad', 'open'] as const) editor.setDecorations(this.#types[kind], options[kind]);
  }

  #edited(event: vscode.TextDocumentChangeEvent): void {
    const marks = this.#marks.get(event.document.uri.fsPath);
    if (!marks || event.contentChanges.length === 0) return;
    for (const change of event.contentChanges) {
      const removed = change.range.end.line - change.range.start.line;
      const added = change.text.split('\n').length - 1;
      const shifted = new Map<number, Mark>();
      for (const [line, mark] of marks) {
        if (line < change.range.start.line) shifted.set(line, mark);
        else if (line > change.range.end.line) shifted.set(line + added - removed, mark);
      }
      marks.clear();
      for (const [line, mark] of shifted) marks.set(line, mark);
    }
    this.#paintAll();
  }
}

function decoration(color: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    after: { margin: '0 0 0 2em', color: new vscode.ThemeColor(color) },
    overviewRulerColor: new vscode.ThemeColor(color),
    overviewRulerLane: vscode.OverviewRulerLane.Right,
  });
}
