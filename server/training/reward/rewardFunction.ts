import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Absolute path of rlvr_reward.py: beside the bundled server, or in server/python when running from sources. */
export function rewardFunctionPath(): string {
  const places = [new URL('./python/rlvr_reward.py', import.meta.url), new URL('../../python/rlvr_reward.py', import.meta.url)].map((place) => fileURLToPath(place));
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Error(`rlvr_reward.py is missing (looked in ${places.join(' and ')})`);
  return found;
}
