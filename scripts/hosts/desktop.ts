// A desktop VS Code of this machine, for those who prefer it and for machines where code-server cannot be had.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findOnPath, mustRun } from '../lib/processes.ts';
import { withoutEditor } from './codeServer.ts';

/** Names of the command lines that desktop editors of VS Code's family install. */
const names = ['code', 'codium', 'code-insiders', 'code-oss', 'cursor'];

/** Places where the command line is when it was not put on PATH. */
const places = [
  '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code',
  join(homedir(), 'Applications/Visual Studio Code.app/Contents/Resources/app/bin/code'),
  '/Applications/VSCodium.app/Contents/Resources/app/bin/codium',
  '/Applications/Cursor.app/Contents/Resources/app/bin/cursor',
  '/usr/share/code/bin/code',
  '/snap/bin/code',
  join(process.env['LOCALAPPDATA'] ?? homedir(), 'Programs', 'Microsoft VS Code', 'bin', 'code.cmd'),
];

/** Command line of a desktop VS Code: what RLVR_DESKTOP_CODE names, else the first one found; undefined when there is none. */
export function findDesktop(): string | undefined {
  return process.env['RLVR_DESKTOP_CODE'] ?? findOnPath(...names) ?? places.find((path) => existsSync(path));
}

/** Installs the packaged extension into the desktop editor's own extensions, in place of an older or equal version. */
export async function installInDesktop(code: string, vsix: string): Promise<void> {
  await mustRun(code, ['--install-extension', vsix, '--force'], { env: withoutEditor, timeoutMs: 180_000 });
}

/** Opens a folder in a new window of the desktop editor. */
export async function openInDesktop(code: string, folder: string): Promise<void> {
  await mustRun(code, ['--new-window', folder], { env: withoutEditor, timeoutMs: 60_000 });
}
