// The workbench as a person sees it: what a test clicks, types and reads. Every method waits for its condition.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import { eventually } from './eventually.ts';

const WAIT_MS = 30_000;
/** A palette that has not offered a command by then was opened before the command was known. */
const PALETTE_MS = 5_000;
const CLICK_MS = 3_000;
const FADE_MS = 5_000;

/** A workbench open in a page of a browser. */
export class WorkbenchPage {
  /** The page itself, for what this class has no words for. */
  readonly page: Page;
  /** What the page wrote to its console, newest last. */
  readonly console: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(WAIT_MS);
    page.on('console', (message) => this.console.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => this.console.push(`page error: ${error.message}`));
  }

  /** Opens the address in a new page and waits until the workbench is there. */
  static async open(browser: Browser, url: string, size = { width: 1400, height: 900 }): Promise<WorkbenchPage> {
    const page = await browser.newPage({ viewport: size });
    const workbench = new WorkbenchPage(page);
    await page.goto(url, { waitUntil: 'domcontentloaded' });
    await workbench.isReady();
    return workbench;
  }

  /** Reloads the window, as after a crash of the browser. */
  async reload(): Promise<void> {
    await this.page.reload({ waitUntil: 'domcontentloaded' });
    await this.isReady();
  }

  /** Runs a command of the palette by its full title, such as "RLVR: Verify Selection". */
  async runCommand(title: string): Promise<void> {
    // The label is split into highlighted parts; the row's accessible name holds it whole, with its keys behind it.
    const row = this.page.locator('.quick-input-list .monaco-list-row').filter({ has: this.page.locator('.label-name', { hasText: exactly(title) }) });
    // An open palette does not take up commands of extensions that are still being read: it is opened again.
    for (const deadline = Date.now() + WAIT_MS; ; await this.page.keyboard.press('Escape')) {
      const input = await this.openQuickInput('F1');
      await input.fill(`>${title}`);
      const found = await row.first().waitFor({ timeout: PALETTE_MS }).then(() => true, () => false);
      if (found) break;
      if (Date.now() < deadline) continue;
      const offered = await this.page.locator('.quick-input-list .monaco-list-row .label-name').allInnerTexts();
      throw new Error(`The palette has no command "${title}". It offers: ${offered.join(', ') || 'nothing'}`);
    }
    // The list may be drawn anew between finding the row and clicking it: the command ran when the palette is gone or asks something else.
    for (const deadline = Date.now() + WAIT_MS; Date.now() < deadline; ) {
      await row.first().click({ timeout: CLICK_MS }).catch(() => undefined);
      const taken = async (): Promise<boolean> => !(await this.quickInput().isVisible()) || (await this.quickInput().inputValue({ timeout: CLICK_MS }).catch(() => '')) !== `>${title}`;
      if (await eventually(taken, 'the palette takes the click', CLICK_MS).catch(() => false)) return;
    }
    throw new Error(`The palette does not run "${title}".`);
  }

  /** Opens a file of the workspace by its path relative to the workspace and waits for its tab. */
  async openFile(path: string): Promise<void> {
    const name = path.split('/').at(-1) ?? path;
    const input = await this.openQuickInput('Control+P');
    await input.fill(path);
    await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first().click();
    // Commands that mean "the open file" see it once its tab is the active one and its text is drawn.
    await this.page.locator('.tabs-container .tab.active').filter({ hasText: name }).first().waitFor();
    await this.editor().locator('.view-line').first().waitFor();
  }

  /** Chooses the entry with this label in the open quick pick. */
  async pick(label: string | RegExp): Promise<void> {
    await this.page.locator('.quick-input-widget:visible .monaco-list-row').filter({ hasText: label }).first().click();
  }

  /** Types into the open input box and accepts it. */
  async answer(text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget:visible .quick-input-box input').first();
    await input.fill(text);
    await input.press('Enter');
  }

  /** Waits until the open input box offers a text that ends so. */
  async inputHolds(ending: string): Promise<void> {
    await eventually(async () => (await this.quickInput().inputValue({ timeout: CLICK_MS }).catch(() => '')).endsWith(ending), `the input box holds "…${ending}"`, WAIT_MS);
  }

  /** Waits for an input box or quick pick with this title. */
  async inputTitled(title: string | RegExp): Promise<void> {
    await this.page.locator('.quick-input-widget:visible .quick-input-title').filter({ hasText: title }).waitFor();
  }

  /** Chooses an entry of an element's context menu. */
  async contextMenu(element: Locator, entry: string): Promise<void> {
    const menu = this.page.locator('.context-view .monaco-menu');
    // By its label: the accessible name has the keys behind it.
    const item = menu.locator('.action-item').filter({ has: this.page.locator('.action-label', { hasText: exactly(entry) }) });
    // An editor that finishes loading takes the focus, and with it the open menu: a person clicks again.
    for (const deadline = Date.now() + WAIT_MS; ; ) {
      const place = await element.boundingBox();
      await element.click({ button: 'right' });
      const pointed = await item.waitFor({ timeout: CLICK_MS }).then(() => item.hover({ timeout: CLICK_MS })).then(() => true, () => false);
      // With the key: a menu that has just opened takes no clicks.
      const chosen = pointed && await menu.locator('.action-item.focused').filter({ hasText: entry }).waitFor({ timeout: CLICK_MS }).then(() => true, () => false);
      // A row that moved meanwhile, since one came in above it, has left its place under the pointer to another: then the menu is that one's.
      if (chosen && isDeepStrictEqual(await element.boundingBox(), place)) break;
      if (Date.now() > deadline) throw new Error(`The context menu does not offer "${entry}". It offers: ${(await menu.locator('.action-label').allInnerTexts()).join(', ') || 'nothing'}`);
      await this.page.keyboard.press('Escape');
    }
    await this.page.keyboard.press('Enter');
    await menu.waitFor({ state: 'hidden' });
  }

  /** The tab of an editor. */
  tab(name: string | RegExp): Locator {
    return this.page.locator('.tabs-container .tab').filter({ hasText: name }).first();
  }

  /** Selects whole lines of the active text editor, both ends included, counted from 1. */
  async selectLines(from: number, to: number): Promise<void> {
    const input = await this.openQuickInput('Control+G');
    await input.fill(`:${from}`);
    // Enter does nothing before the editor has offered the line.
    await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: new RegExp(`line ${from}\\b`) }).first().waitFor();
    await input.press('Enter');
    await this.quickInput().waitFor({ state: 'hidden' });
    await this.page.keyboard.press('Home');
    for (let line = from; line < to; line += 1) await this.page.keyboard.press('Shift+ArrowDown');
    await this.page.keyboard.press('Shift+End');
  }

  /** The active text editor. */
  editor(): Locator {
    return this.page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  /** Texts that decorations add to the visible lines of the active editor, such as verdicts. */
  lineTexts(): Promise<string[]> {
    // As text: the suites are typed for Node, which has no document.
    return this.page.evaluate<string[]>(`[...document.querySelectorAll('.editor-group-container.active .view-line span span')]
      .flatMap((span) => ['::before', '::after'].map((side) => getComputedStyle(span, side).content))
      .filter((content) => content.startsWith('"') && content.length > 2)`);
  }

  /** Opens a container of the activity bar by its title, such as "RLVR". */
  async openContainer(title: string): Promise<void> {
    const heading = this.page.locator('.part.sidebar .composite.title').filter({ hasText: new RegExp(title, 'i') });
    // While a window restores its layout a click may close what was just opened: what counts is what is seen in the end.
    for (const deadline = Date.now() + WAIT_MS; ; ) {
      if (await heading.isVisible()) return;
      await this.activityItem(title).click();
      if (await heading.waitFor({ timeout: PALETTE_MS }).then(() => true, () => false)) return;
      if (Date.now() > deadline) throw new Error(`The container ${title} does not open.`);
    }
  }

  /** The entry of the activity bar with this title. */
  activityItem(title: string): Locator {
    return this.page.locator('.part.activitybar').getByRole('tab', { name: new RegExp(`^${escape(title)}`) });
  }

  /** A view of the open side bar by its title, such as "Problems". Its locator holds header and body. */
  view(title: string): Locator {
    return this.page.locator('.part.sidebar .pane').filter({ has: this.page.locator(`.pane-header[aria-label^="${title}"]`) });
  }

  /** An item of a view's tree, by the start of its accessible name or a pattern of it. */
  treeItem(view: string, label: string | RegExp): Locator {
    return this.view(view).getByRole('treeitem', { name: typeof label === 'string' ? new RegExp(`^${escape(label)}`) : label }).first();
  }

  /** Clicks an item of a tree, which opens or unfolds it. */
  async clickTreeItem(view: string, label: string | RegExp): Promise<void> {
    await this.treeItem(view, label).click();
  }

  /** Waits for a notification with this text and returns its whole message. */
  async notification(text: string | RegExp): Promise<string> {
    const message = this.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text }).first();
    await message.waitFor();
    return message.locator('.notification-list-item-message').innerText();
  }

  /** Presses a button of the notification with this text, which closes it. A press on one that still moves in gets lost now and then on a busy machine: the button has the focus and nothing happened. */
  async pressInNotification(text: string | RegExp, button: string): Promise<void> {
    const message = this.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text }).first();
    const pressed = async () => {
      await message.getByRole('button', { name: button, exact: true }).click();
      return message.waitFor({ state: 'hidden', timeout: 2000 }).then(() => true, () => false);
    };
    await eventually(pressed, `the notification is closed by "${button}"`);
  }

  /** Waits until no notification is shown: one that tells progress stays a moment longer than the work. Shorter than any other one stays. */
  async noNotifications(): Promise<void> {
    const toasts = this.page.locator('.notifications-toasts .notification-list-item-message');
    const gone = await eventually(async () => await toasts.count() === 0, 'the notifications are gone', FADE_MS).catch(() => false);
    if (!gone) throw new Error(`There are notifications: ${(await toasts.allInnerTexts()).join(' | ')}`);
  }

  /** Opens the Problems panel, waits for an entry with this text and returns that entry. */
  async diagnostic(text: string | RegExp): Promise<Locator> {
    await this.runCommand('Problems: Focus on Problems View');
    const entry = this.page.locator('.markers-panel .monaco-list-row').filter({ hasText: text }).first();
    await entry.waitFor();
    return entry;
  }

  /** The entry of the status bar that has this text. */
  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator('.part.statusbar .statusbar-item').filter({ hasText: text }).first();
  }

  /** Texts of the dialog that is open now, such as a question with buttons. */
  dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** The inner frame of the webview whose document has this title; waits until it is loaded. */
  async webview(title: string | RegExp): Promise<Frame> {
    const deadline = Date.now() + WAIT_MS;
    const seen = new Set<string>();
    while (Date.now() < deadline) {
      for (const frame of this.page.frames()) {
        // VS Code replaces a webview's frame when it loads: a frame may be gone between two calls.
        const found = await frame.title().catch(() => '');
        if (found !== '') seen.add(found);
        if (typeof title === 'string' ? found === title : title.test(found)) return frame;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`No webview with the title ${String(title)}. Frames: ${[...seen].join(', ') || 'none'}`);
  }

  /** Resolves when what was laid out is drawn. */
  async drawn(): Promise<void> {
    await this.page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  }

  /** Saves a picture of the whole window. */
  async screenshot(file: string): Promise<void> {
    mkdirSync(dirname(file), { recursive: true });
    await this.page.screenshot({ path: file });
  }

  async close(): Promise<void> {
    await this.page.close();
  }

  private async isReady(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
    // Extensions run once the explorer has the folder and the remote host has answered.
    await this.page.locator('.part.activitybar .action-item').first().waitFor();
    await this.page.locator('.statusbar-item[id="status.host"]').waitFor();
  }

  private quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-box input').first();
  }

  private async openQuickInput(keys: string): Promise<Locator> {
    await this.page.keyboard.press(keys);
    const input = this.quickInput();
    await input.waitFor();
    return input;
  }
}

function exactly(text: string): RegExp {
  return new RegExp(`^${escape(text)}$`);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
