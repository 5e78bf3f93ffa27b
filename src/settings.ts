import * as vscode from 'vscode';
import type { DecontaminationMode } from '../server/protocol/decontamination.ts';
import type { ThinkingChoice } from '../server/protocol/thinking.ts';
import { SETTINGS_SECTION } from './ids.ts';

/** Each setting with the type of its value; defaults stand in package.json. */
export interface Settings {
  'server.nodePath': string;
  'server.idleExitMinutes': number;
  'code.pythonPath': string;
  'code.allowUnsafe': boolean;
  'math.secondOpinion': boolean;
  'rollouts.thinkingOpened': ThinkingChoice;
  'decontamination.onSave': boolean;
  'decontamination.testSets': readonly string[];
  'decontamination.shippedBenchmarks': boolean;
  'decontamination.mode': DecontaminationMode;
  'decontamination.ngramLength': number;
}

/** Reads a setting. Executables are `machine`-scoped in the manifest, so a cloned folder cannot choose what we run. */
export function setting<K extends keyof Settings>(key: K, scope?: vscode.ConfigurationScope): Settings[K] | undefined {
  return vscode.workspace.getConfiguration(SETTINGS_SECTION, scope).get<Settings[K]>(key);
}
