import * as vscode from 'vscode';
import { COMMANDS } from '../ids.ts';
import { DIAGNOSTIC_SOURCE, type ContaminationDiagnostics } from './contaminationDiagnostics.ts';
import { namesToIgnore } from './overlapText.ts';

/** What the quick fixes hand to their commands. */
export interface ContaminatedProblem {
  readonly path: string;
  readonly id: string;
  /** `benchmark item` of each benchmark it overlaps. */
  readonly names: readonly string[];
}

/** Quick fixes of contamination diagnostics: drop the problem, or ignore the overlap with a reason. */
export class ContaminationActions implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];
  readonly #diagnostics: ContaminationDiagnostics;

  constructor(diagnostics: ContaminationDiagnostics) {
    this.#diagnostics = diagnostics;
  }

  provideCodeActions(document: vscode.TextDocument, _range: vscode.Range, context: vscode.CodeActionContext): vscode.CodeAction[] {
    return context.diagnostics.filter((one) => one.source === DIAGNOSTIC_SOURCE).flatMap((diagnostic) => {
      const contamination = this.#diagnostics.find(document.uri, diagnostic);
      if (!contamination) return [];
      const problem: ContaminatedProblem = { path: document.uri.fsPath, id: contamination.id, names: namesToIgnore(contamination) };
      const names = problem.names.join(', ');
      return [
        action(vscode.l10n.t('Drop this problem from the set ({0})', names), COMMANDS.dropContaminated, problem, diagnostic),
        action(vscode.l10n.t('Ignore {0} with a reason…', names), COMMANDS.ignoreContamination, problem, diagnostic),
      ];
    });
  }
}

function action(title: string, command: string, problem: ContaminatedProblem, diagnostic: vscode.Diagnostic): vscode.CodeAction {
  const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  made.command = { command, title, arguments: [problem] };
  made.diagnostics = [diagnostic];
  return made;
}
