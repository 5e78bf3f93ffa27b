import type { Random } from '../random.ts';
import type { Size } from '../seeds.ts';

/** How a rollout ends, apart from its content. */
export type Ending =
  | 'plain' | 'otherForm' | 'twoBoxes' | 'repeatedTags'
  | 'wrong' | 'noBox' | 'boxOnlyInThinking' | 'unclosed' | 'cut'
  | 'untaggedBlock' | 'noBlock';

export interface RolloutPlan {
  readonly ending: Ending;
  readonly deserves: 0 | 1;
  /** Tags of the response: the template opens the thinking part (R1), or the policy writes both tags, or none. */
  readonly tags: 'onlyClose' | 'both' | 'none';
  readonly tokens: number;
}

const ranges: Record<Size, readonly [number, number]> = { s: [220, 900], m: [700, 2800], l: [2500, 14000] };

/** A log-uniform length in the size's range; wrong rollouts tend to be longer, a few are outliers. */
function length(size: Size, deserves: 0 | 1, random: Random): number {
  const [low, high] = ranges[size];
  const base = low * (high / low) ** random.next();
  const stretch = (deserves === 0 ? 1.3 : 1) * (random.next() < 0.05 ? 4 : 1);
  return Math.round(base * stretch);
}

/**
 * Endings of a problem's rollouts: `correct` of `samples` deserve the reward. The unusual endings come with fixed
 * shares, so that a file of some hundred rollouts holds several of each.
 */
export function planRollouts(domain: 'math' | 'code', size: Size, samples: number, correct: number, random: Random): RolloutPlan[] {
  const deserving = random.shuffle(Array.from({ length: samples }, (_, i): 0 | 1 => (i < correct ? 1 : 0)));
  return deserving.map((deserves) => {
    const share = random.next();
    const ending = deserves === 1 ? rightEnding(domain, share) : wrongEnding(domain, share);
    const tagShare = random.next();
    const tags = ending === 'wrong' && tagShare < 0.04 ? 'none' : tagShare < 0.2 ? 'both' : 'onlyClose';
    return { ending, deserves, tags, tokens: length(size, deserves, random) };
  });
}

function rightEnding(domain: 'math' | 'code', share: number): Ending {
  if (share < 0.04) return 'repeatedTags';
  if (share < 0.1) return 'twoBoxes';
  return domain === 'math' && share < 0.4 ? 'otherForm' : 'plain';
}

function wrongEnding(domain: 'math' | 'code', share: number): Ending {
  if (share < 0.05) return 'unclosed';
  if (share < 0.09) return domain === 'math' ? 'noBox' : 'noBlock';
  if (share < 0.13) return domain === 'math' ? 'boxOnlyInThinking' : 'untaggedBlock';
  if (share < 0.17) return domain === 'math' ? 'twoBoxes' : 'untaggedBlock';
  return 'wrong';
}
