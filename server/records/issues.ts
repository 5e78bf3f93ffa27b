import type { FileIssue } from '../protocol/problem.ts';

/** A problem with a file at a place; what is not given is unknown. Lines and records count from 0. */
export function fileIssue(severity: FileIssue['severity'], message: string, at: Partial<Omit<FileIssue, 'severity' | 'message'>> = {}): FileIssue {
  return { record: at.record ?? null, line: at.line ?? null, byte: at.byte ?? null, field: at.field ?? null, severity, message };
}

/** Most issues of one file that are kept one by one; the rest is counted, so that a wrong file cannot fill the memory. */
const MAX_ISSUES = 200;

/** Collects issues of one file, bounded. */
export class IssueList {
  readonly #issues: FileIssue[] = [];
  #more = 0;
  /** Whether a record is lost of which only the number is told. */
  #moreLost = false;

  add(issue: FileIssue): void {
    if (this.#issues.length < MAX_ISSUES) {
      this.#issues.push(issue);
      return;
    }
    this.#more += 1;
    this.#moreLost ||= issue.severity === 'error';
  }

  list(): FileIssue[] {
    if (this.#more === 0) return [...this.#issues];
    return [...this.#issues, fileIssue(this.#moreLost ? 'error' : 'warning', `${String(this.#more)} more issues of this file are not listed`)];
  }
}
