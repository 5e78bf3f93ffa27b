// The pictures of README and walkthrough: what is opened before each is taken.
import type { Frame } from 'playwright-core';
import type { Host } from '../../test/support/codeServer.ts';
import { isCurrent, openLauncher, rehearse } from '../../test/support/launcher.ts';
import type { WorkbenchPage } from '../../test/support/workbench.ts';

export interface Picture {
  /** File name under media/screenshots, without its ending. */
  readonly name: string;
  /** Brings a freshly opened workbench with the samples to what the picture shows, and waits until it shows it. */
  arrange(workbench: WorkbenchPage, host: Host): Promise<void>;
  /** The same scene for a step of the walkthrough, in a smaller window: name under media/walkthrough, and what gives way there. */
  readonly step?: { readonly name: string; arrange?(workbench: WorkbenchPage): Promise<void> };
}

const closeSideBar = (workbench: WorkbenchPage): Promise<void> => workbench.runCommand('View: Toggle Primary Side Bar Visibility');

/** Opens the side bar and waits until its trees are described. */
async function openSidebar(workbench: WorkbenchPage): Promise<void> {
  await workbench.openContainer('RLVR');
  await workbench.treeItem('Problems', /math\.jsonl.*74/).waitFor();
  await workbench.treeItem('Rollouts', /math-policy/).waitFor();
}

async function openInspector(workbench: WorkbenchPage, file: string): Promise<Frame> {
  await workbench.runCommand('RLVR: Open in Rollout Inspector');
  await workbench.pick(file);
  return workbench.webview('Rollout Inspector');
}

/** A rehearsal that lasts long enough to be looked at. */
const REHEARSAL = { Batch: 32, Steps: 400 };

export const pictures: readonly Picture[] = [
  {
    name: 'sidebar',
    arrange: async (workbench) => {
      await openSidebar(workbench);
      await workbench.runCommand('RLVR: Check Workspace for Contamination');
      await workbench.notification(/compared with/);
      await workbench.runCommand('Notifications: Clear All Notifications');
      await workbench.clickTreeItem('Problems', /math\.jsonl/);
      await workbench.view('Problems').getByRole('treeitem').nth(4).click();
      await (await workbench.webview('Problem')).locator('math').first().waitFor();
    },
    step: { name: 'curate' },
  },
  {
    name: 'verify-selection',
    arrange: async (workbench) => {
      await workbench.openFile('rollouts/math-policy.jsonl');
      await workbench.selectLines(1, 12);
      await workbench.page.keyboard.press('Control+Alt+V');
      await workbench.statusBarItem(/12 of 12 verified/).waitFor();
      await workbench.page.keyboard.press('Home');
      await workbench.editor().hover();
      await workbench.page.mouse.wheel(-5000, 0);
      await workbench.runCommand('Test Results: Focus on Test Results View');
      await workbench.page.locator('.test-output-peek-tree .monaco-list-row').filter({ hasText: 'incorrect' }).first().click();
      await workbench.page.locator('.part.panel .monaco-diff-editor').first().waitFor();
    },
    step: { name: 'verify', arrange: closeSideBar },
  },
  {
    name: 'inspector',
    arrange: async (workbench) => {
      const page = await openInspector(workbench, 'rollouts/math-policy.jsonl');
      await page.getByRole('button', { name: /Verify All/ }).click();
      await page.locator('.sq-correct').first().waitFor();
      await workbench.statusBarItem(/640 of 640 verified/).waitFor();
      await page.locator('main').click({ position: { x: 5, y: 5 } }).catch(() => undefined);
      await workbench.page.keyboard.press('n');
      await page.locator('.verdict-wrong').first().waitFor();
    },
    step: { name: 'read', arrange: closeSideBar },
  },
  {
    name: 'contaminated',
    arrange: async (workbench) => {
      await workbench.openFile('problems/math.jsonl');
      await workbench.runCommand('RLVR: Check Workspace for Contamination');
      await workbench.pressInNotification(/compared with/, 'Show Problems Panel');
      await workbench.page.locator('.markers-panel').getByRole('treeitem').nth(1).click();
    },
    step: {
      name: 'decontaminate',
      arrange: async (workbench) => {
        await closeSideBar(workbench);
        // The smaller editor has lost the line: it is found again from where the selection is.
        await workbench.runCommand('View: Focus Active Editor Group');
        await workbench.runCommand('Go to Next Problem (Error, Warning, Info)');
        await workbench.page.keyboard.press('Escape');
        await workbench.page.mouse.move(1, 1);
      },
    },
  },
  {
    name: 'launcher',
    arrange: async (workbench) => {
      const page = await openLauncher(workbench, REHEARSAL);
      await isCurrent(page);
      // The form from its beginning.
      await page.locator('.stage-title').scrollIntoViewIfNeeded();
    },
    step: { name: 'launch', arrange: closeSideBar },
  },
  {
    name: 'run',
    arrange: async (workbench) => {
      const page = await rehearse(workbench, REHEARSAL);
      await page.locator('canvas').first().waitFor();
      await page.getByText(/step 2\d\d of 400/).first().waitFor();
    },
  },
];
