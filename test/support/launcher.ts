// The launcher as the suites fill it in.
import type { Frame } from 'playwright-core';
import type { WorkbenchPage } from './workbench.ts';

/** Opens the launcher, with what it has preselected, and types these numbers into its settings. */
export async function openLauncher(workbench: WorkbenchPage, settings: Readonly<Record<string, number>>): Promise<Frame> {
  await workbench.runCommand('RLVR: Launch Stage…');
  const form = await workbench.webview('Launch a Stage');
  for (const [label, value] of Object.entries(settings)) await form.locator(`vscode-text-field[aria-label="${label}"] input`).fill(String(value));
  return form;
}

/** Waits until what is shown stands for the form as it is: a button that is about to be disabled by the last edit takes no click. */
export async function isCurrent(form: Frame): Promise<void> {
  await form.locator('.preview:not(.stale)').waitFor();
}

/** Launches a rehearsal with these settings and returns its dashboard. */
export async function rehearse(workbench: WorkbenchPage, settings: Readonly<Record<string, number>>): Promise<Frame> {
  const form = await openLauncher(workbench, settings);
  await isCurrent(form);
  await form.locator('vscode-button:not([disabled])', { hasText: 'Rehearse' }).click();
  return workbench.webview('Run Dashboard');
}
