import type { FileIssue } from '../protocol/problem.ts';

/** True where a record was not read. On the command line nobody waits for the rest of an unfinished line: it is lost. */
export function isLoss({ severity, code }: FileIssue): boolean {
  return severity === 'error' || code === 'unfinished';
}

/** `file:line: field: message`, for standard error. */
export function issueLine(name: string, issue: FileIssue): string {
  const place = issue.line === null ? issue.record === null ? '' : ` record ${issue.record + 1}` : `:${issue.line + 1}`;
  return `${name}${place}: ${issue.field !== null && !issue.message.includes(`${issue.field}: `) ? `${issue.field}: ` : ''}${issue.message}`;
}
