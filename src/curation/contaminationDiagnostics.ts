import * as vscode from 'vscode';
import type { Contamination, DecontaminationReport, OverlapKind } from '../../server/protocol/decontamination.ts';
import { overlapLine } from './overlapText.ts';

export const DIAGNOSTIC_SOURCE = 'RLVR';

const SEVERITY: Readonly<Record<OverlapKind, vscode.DiagnosticSeverity>> = {
  contaminated: vscode.DiagnosticSeverity.Error,
  variant: vscode.DiagnosticSeverity.Error,
  overlaps: vscode.DiagnosticSeverity.Warning,
  boilerplate: vscode.DiagnosticSeverity.Information,
};

/** More squiggles than this in one file help nobody; the Problems view lists all. */
const MOST_DIAGNOSTICS = 500;

/** Diagnostics of contaminated problems, one for each problem, and which contamination each stands for. */
export class ContaminationDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('rlvr.contamination');
  readonly #contaminations = new WeakMap<vscode.Diagnostic, Contamination>();

  /** Replaces the diagnostics of a file by those of its report; what the user decided to ignore or drop gets none. */
  set(report: DecontaminationReport): void {
    const uri = vscode.Uri.file(report.path);
    const shown = report.contaminations.filter((contamination) => contamination.ignored === null);
    const diagnostics = shown.slice(0, MOST_DIAGNOSTICS).map((contamination) => this.#diagnostic(uri, contamination));
    if (shown.length > MOST_DIAGNOSTICS) diagnostics.unshift(note(vscode.l10n.t('{0} problems overlap a benchmark; the first {1} are marked here, all are in the Problems view.', shown.length, MOST_DIAGNOSTICS)));
    // What is wrong with a benchmark is said once, not on every set that was to be compared with it.
    for (const { about, message } of report.remarks) if (about === 'set') diagnostics.unshift(note(message));
    this.#collection.set(uri, diagnostics);
  }

  /** The contamination behind one of our diagnostics; VS Code hands copies to code actions, so these are found by place. */
  find(uri: vscode.Uri, diagnostic: vscode.Diagnostic): Contamination | null {
    const own = this.#collection.get(uri)?.find((one) => one === diagnostic || (one.range.isEqual(diagnostic.range) && one.message === diagnostic.message));
    return (own && this.#contaminations.get(own)) ?? null;
  }

  /** Files that have diagnostics now. */
  shown(): vscode.Uri[] {
    const uris: vscode.Uri[] = [];
    this.#collection.forEach((uri) => uris.push(uri));
    return uris;
  }

  clear(uri?: vscode.Uri): void {
    if (uri) this.#collection.delete(uri);
    else this.#collection.clear();
  }

  dispose(): void {
    this.#collection.dispose();
  }

  #diagnostic(uri: vscode.Uri, contamination: Contamination): vscode.Diagnostic {
    const { best, others } = contamination;
    const range = rangeOf(contamination);
    const diagnostic = new vscode.Diagnostic(range, overlapLine(best), SEVERITY[best.kind]);
    diagnostic.source = DIAGNOSTIC_SOURCE;
    diagnostic.code = best.kind;
    diagnostic.relatedInformation = others.map((other) => new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, range), overlapLine(other)));
    this.#contaminations.set(diagnostic, contamination);
    return diagnostic;
  }
}

function rangeOf({ range, line, row }: Contamination): vscode.Range {
  if (range) return new vscode.Range(range.startLine, range.startColumn, range.endLine, range.endColumn);
  const first = line ?? row;
  return new vscode.Range(first, 0, first, Number.MAX_SAFE_INTEGER);
}

/** A remark about the whole file, on its first line. */
function note(message: string): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(new vscode.Range(0, 0, 0, 0), message, vscode.DiagnosticSeverity.Warning);
  diagnostic.source = DIAGNOSTIC_SOURCE;
  diagnostic.code = 'decontamination';
  return diagnostic;
}
