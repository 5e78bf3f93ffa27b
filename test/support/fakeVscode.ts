// The few parts of VS Code's API that the page hosts use, for tests in plain Node. What is not here is missing: its use fails.
import { registerHooks } from 'node:module';

const FAKE = `
export class EventEmitter {
  #listeners = new Set();
  event = (listener) => { this.#listeners.add(listener); return { dispose: () => this.#listeners.delete(listener) }; };
  fire(value) { for (const listener of this.#listeners) listener(value); }
  dispose() { this.#listeners.clear(); }
}
export class Disposable {
  static from(...all) { return { dispose() { for (const each of all) each.dispose(); } }; }
}
export class CancellationTokenSource { token = {}; cancel() {} dispose() {} }
export class CancellationError extends Error {}
export class RelativePattern {}
export const Uri = {
  file: (path) => ({ scheme: 'file', fsPath: path, toString: () => path }),
  joinPath: (uri, ...parts) => Uri.file([uri.fsPath, ...parts].join('/')),
};
const nothing = () => ({ dispose() {} });
export const commands = { executeCommand: async () => undefined };
export const window = {};
export const l10n = { t: (text) => text };
export const workspace = {
  isTrusted: true, asRelativePath: (path) => path, onDidGrantWorkspaceTrust: nothing,
  createFileSystemWatcher: () => ({ onDidChange: nothing, onDidCreate: nothing, dispose() {} }),
};
`;

registerHooks({
  resolve: (specifier, context, next) => (specifier === 'vscode' ? { url: 'fake:vscode', format: 'module', shortCircuit: true } : next(specifier, context)),
  load: (url, context, next) => (url === 'fake:vscode' ? { format: 'module', source: FAKE, shortCircuit: true } : next(url, context)),
});
