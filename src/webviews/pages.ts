import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import type { SelectionSource } from '../verifiers/selections.ts';
import { registerAudit } from './audit.ts';
import { registerDashboard } from './dashboard.ts';
import { registerInspector } from './inspector.ts';
import { registerLauncher } from './launcher.ts';
import { registerProblem } from './problem.ts';

/** Registers all pages: their commands, editors and serializers. Nothing of them is loaded before one is opened. */
export function registerPages(services: Services): { readonly selection: SelectionSource; readonly disposable: vscode.Disposable } {
  const inspector = registerInspector(services);
  return { selection: inspector.editors, disposable: vscode.Disposable.from(inspector.disposable, registerProblem(services), registerAudit(services), registerLauncher(services), registerDashboard(services)) };
}
