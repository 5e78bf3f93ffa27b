import * as vscode from 'vscode';

/** A number in the editor's language. */
export function count(value: number): string {
  return value.toLocaleString(vscode.env.language);
}

/** Numbers with their nouns: one of a thing is not "1 things". Sentences that hold several numbers are made of these. */
export const counted = {
  rollouts: (n: number): string => (n === 1 ? vscode.l10n.t('1 rollout') : vscode.l10n.t('{0} rollouts', count(n))),
  groups: (n: number): string => (n === 1 ? vscode.l10n.t('1 group') : vscode.l10n.t('{0} groups', count(n))),
  problems: (n: number): string => (n === 1 ? vscode.l10n.t('1 problem') : vscode.l10n.t('{0} problems', count(n))),
  tests: (n: number): string => (n === 1 ? vscode.l10n.t('1 test') : vscode.l10n.t('{0} tests', count(n))),
  issues: (n: number): string => (n === 1 ? vscode.l10n.t('1 issue') : vscode.l10n.t('{0} issues', count(n))),
  files: (n: number): string => (n === 1 ? vscode.l10n.t('1 file') : vscode.l10n.t('{0} files', count(n))),
  benchmarks: (n: number): string => (n === 1 ? vscode.l10n.t('1 benchmark') : vscode.l10n.t('{0} benchmarks', count(n))),
  /** `~` before a number that was estimated. */
  tokens: ({ value, estimated }: { readonly value: number; readonly estimated: boolean }): string =>
    (value === 1 ? vscode.l10n.t('{0} token', estimated ? '~1' : '1') : vscode.l10n.t('{0} tokens', `${estimated ? '~' : ''}${count(value)}`)),
} as const;
