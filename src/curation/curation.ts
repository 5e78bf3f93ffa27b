import * as v from 'valibot';
import * as vscode from 'vscode';
import { DecideProblems, GetProblem } from '../../server/protocol/methods.ts';
import type { Decision } from '../../server/protocol/problem.ts';
import { registerCommand } from '../feedback.ts';
import { COMMANDS } from '../ids.ts';
import type { Services } from '../services.ts';
import { ContaminationActions } from './contaminationActions.ts';
import { ContaminationChecks } from './contaminationChecks.ts';
import { ContaminationDiagnostics } from './contaminationDiagnostics.ts';

const ProblemSchema = v.object({ path: v.string(), id: v.string(), names: v.array(v.string()) });

/** Decontamination in the editor: checks on save and by command, diagnostics, quick fixes. */
export function registerCuration(services: Services): vscode.Disposable {
  const { connection, log } = services;
  const diagnostics = new ContaminationDiagnostics();
  const checks = new ContaminationChecks(services, diagnostics);

  /** Stores a decision on a problem that a quick fix was chosen for, and looks again at its set. */
  const decide = async (argument: unknown, make: (problem: v.InferOutput<typeof ProblemSchema>, earlier: Decision | null) => Promise<Omit<Decision, 'id' | 'at'> | null>): Promise<void> => {
    const problem = v.parse(ProblemSchema, argument);
    const { row } = await connection.request(GetProblem, { path: problem.path, id: problem.id });
    const decision = await make(problem, row.decision);
    if (decision === null) return;
    await connection.request(DecideProblems, { path: problem.path, changes: [{ id: problem.id, decision: { ...decision, id: problem.id, at: new Date().toISOString() } }] });
    await checks.check(problem.path);
  };

  return vscode.Disposable.from(
    diagnostics,
    checks,
    vscode.languages.registerCodeActionsProvider([{ pattern: '**/*.jsonl' }, { pattern: '**/*.json' }], new ContaminationActions(diagnostics), { providedCodeActionKinds: ContaminationActions.kinds }),
    registerCommand(COMMANDS.checkContamination, log, () => checks.checkWorkspace()),
    registerCommand(COMMANDS.dropContaminated, log, (argument) => decide(argument, ({ names }) => Promise.resolve({ action: 'drop', reason: `contaminated: ${names.join(', ')}` }))),
    registerCommand(COMMANDS.ignoreContamination, log, (argument) => decide(argument, async ({ names }, earlier) => {
      const reason = await vscode.window.showInputBox({
        title: vscode.l10n.t('Ignore Contamination'),
        prompt: vscode.l10n.t('Why may this problem stay although it overlaps {0}? Stored beside the set.', names.join(', ')),
        ignoreFocusOut: true,
        validateInput: (text) => (text.trim() ? null : vscode.l10n.t('A reason is needed.')),
      });
      if (reason === undefined) return null;
      const ignore = [...new Set([...earlier?.ignore ?? [], ...names])];
      return earlier?.action === 'edit' ? { ...earlier, ignore, reason: reason.trim() } : { action: 'keep', ignore, reason: reason.trim() };
    })),
  );
}
