// Chromium of this machine, driven by playwright-core (which brings no browser of its own).
import { chromium, type Browser } from 'playwright-core';
import { existsSync } from 'node:fs';
import { findOnPath } from '../../scripts/lib/processes.ts';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Path of a Chromium or Chrome: RLVR_CHROMIUM, else the first one found; an error that says what to do when there is none. */
export function findChromium(): string {
  const path = process.env['RLVR_CHROMIUM'] ?? findOnPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge') ?? macChrome();
  if (path !== undefined) return path;
  throw new Error('No Chromium was found. Install it ("apt-get install chromium", "brew install --cask chromium") or name one in RLVR_CHROMIUM.');
}

/** Starts a headless browser. The caller closes it; signals are left to the program that started it. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), headless: true, args: flags, handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false });
}

function macChrome(): string | undefined {
  return ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'].find((path) => existsSync(path));
}
