import * as vscode from 'vscode';
import type { ConnectionState } from './server/connection.ts';

/** The keys that `when` clauses of package.json read, each with the type of its value. */
interface ContextKeys {
  /** Whether the Problems view shows less than everything, or in another order than the file's. */
  'rlvr.problemsFiltered': boolean;
  'rlvr.server': ConnectionState['kind'];
  /** Paths of the workspace's rollout files: extensions such as `.json` alone say too little to offer commands on a file. */
  'rlvr.rolloutFiles': readonly string[];
  /** Those of them that hold programs: nothing in them is for the math verifier. */
  'rlvr.codeFiles': readonly string[];
}

const last = new Map<keyof ContextKeys, string>();

/** Sets a context key when its value has changed: every set is a message to the window. */
export function setContext<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
  const text = JSON.stringify(value);
  if (last.get(key) === text) return;
  last.set(key, text);
  void vscode.commands.executeCommand('setContext', key, value);
}
