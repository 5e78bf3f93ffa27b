import { readdir } from 'node:fs/promises';
import { isAbsolute } from 'node:path';

/** What a stage starts from, as far as this server sees: a name of the hub, a folder with or without a model, or a folder that is not seen from here. */
export type CheckpointLook = 'hub' | 'model' | 'no-weights' | 'unseen';

const WEIGHTS = /\.(?:safetensors|bin|pt)$/;

export async function lookAtCheckpoint(checkpoint: string): Promise<CheckpointLook> {
  if (!isAbsolute(checkpoint)) return 'hub';
  const names = await readdir(checkpoint).catch(() => null);
  if (names === null) return 'unseen';
  return names.includes('config.json') && names.some((name) => WEIGHTS.test(name)) ? 'model' : 'no-weights';
}
