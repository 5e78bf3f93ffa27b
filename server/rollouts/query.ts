import { RequestError } from '../protocol/errors.ts';

/** Filter of one rollout by what the index knows of it. */
export interface RolloutFilter {
  /** Lower-case words that must all occur in prompt or response. */
  readonly words: readonly string[];
  readonly tests: readonly ((facts: RolloutFacts) => boolean)[];
}

export interface RolloutFacts {
  readonly reward: number | null;
  readonly cut: boolean | null;
  readonly tokens: number;
  readonly state: string;
  readonly step: number | null;
  readonly domain: string | null;
  readonly think: string;
  readonly problemId: string | null;
  readonly model: string | null;
}

/** A mistake in the search line; the message says what is known instead. */
export class QueryError extends RequestError {
  constructor(message: string) {
    super('bad-input', message);
  }
}

const VERDICTS = ['correct', 'incorrect', 'unverifiable', 'error', 'unverified'] as const;
const SHAPES = ['none', 'closed', 'onlyClose', 'unclosed', 'repeated'] as const;
const DOMAINS = ['math', 'code', 'unknown'] as const;

type Test = (facts: RolloutFacts) => boolean;

/** Each key of the search line with the test it makes of its value. */
const KEYS: Readonly<Record<string, (value: string) => Test>> = {
  reward: (value) => number('reward', value, (facts) => facts.reward),
  length: (value) => number('length', value, (facts) => facts.tokens),
  step: (value) => number('step', value, (facts) => facts.step),
  cut: (value) => { const wanted = boolean('cut', value); return (facts) => facts.cut === wanted; },
  verdict: (value) => { const wanted = choice('verdict', value, VERDICTS); return (facts) => facts.state === wanted; },
  think: (value) => { const wanted = choice('think', value, SHAPES); return (facts) => facts.think === wanted; },
  domain: (value) => { const wanted = choice('domain', value, DOMAINS); return (facts) => (facts.domain ?? 'unknown') === wanted; },
  problem: (value) => (facts) => facts.problemId === value,
  model: (value) => (facts) => (facts.model ?? '').toLowerCase().includes(value.toLowerCase()),
};

/**
 * Parses the inspector's search line: words (all must occur) and `key:value` filters, separated by blanks. Quotes keep a text
 * with blanks or a colon together: `"ratio 3:4"`. Throws QueryError for an unknown key or a value that does not fit it.
 */
export function parseQuery(line: string): RolloutFilter {
  const words: string[] = [];
  const tests: Test[] = [];
  for (const match of line.matchAll(/([a-zA-Z]+):("[^"]*"|\S*)|"([^"]*)"?|(\S+)/g)) {
    const [, key, value, quoted, word] = match;
    if (key !== undefined && value !== undefined) {
      const make = Object.hasOwn(KEYS, key.toLowerCase()) ? KEYS[key.toLowerCase()] : undefined;
      if (make === undefined) throw new QueryError(`"${key}:" is no filter; known are ${Object.keys(KEYS).map((name) => `${name}:`).join(' ')} (quote the text to search for it: "${key}:${value}")`);
      const bare = value.replace(/^"|"$/g, '');
      if (bare === '') throw new QueryError(`${key}: needs a value`);
      tests.push(make(bare));
    } else {
      const text = (quoted ?? word ?? '').toLowerCase();
      if (text !== '') words.push(text);
    }
  }
  return { words, tests };
}

function number(key: string, value: string, of: (facts: RolloutFacts) => number | null): Test {
  const range = /^(-?[\d.]+)\.\.(-?[\d.]+)$/.exec(value);
  const parts = range ? null : /^(>=|<=|>|<|=)?(-?\d+(?:\.\d+)?)([kK])?$/.exec(value);
  if (range === null && parts === null) throw new QueryError(`${key}:${value} is not understood; write ${key}:0, ${key}:>8000, ${key}:<=0.5 or ${key}:10..20`);
  if (range !== null) {
    const low = Number(range[1]), high = Number(range[2]);
    return (facts) => { const x = of(facts); return x !== null && x >= low && x <= high; };
  }
  const limit = Number(parts?.[2]) * (parts?.[3] === undefined ? 1 : 1000);
  const compare = COMPARE[parts?.[1] ?? '='] ?? COMPARE['='];
  return (facts) => { const x = of(facts); return x !== null && compare?.(x, limit) === true; };
}

const COMPARE: Readonly<Record<string, (x: number, limit: number) => boolean>> = {
  '=': (x, limit) => x === limit, '>': (x, limit) => x > limit, '<': (x, limit) => x < limit, '>=': (x, limit) => x >= limit, '<=': (x, limit) => x <= limit,
};

function boolean(key: string, value: string): boolean {
  if (/^(?:true|yes|1)$/i.test(value)) return true;
  if (/^(?:false|no|0)$/i.test(value)) return false;
  throw new QueryError(`${key}:${value} is not understood; write ${key}:true or ${key}:false`);
}

function choice(key: string, value: string, choices: readonly string[]): string {
  const found = choices.find((candidate) => candidate.toLowerCase() === value.toLowerCase());
  if (found === undefined) throw new QueryError(`${key}:${value} is not known; choose one of ${choices.join(', ')}`);
  return found;
}
