import * as v from 'valibot';
import { judgePair } from './judge.ts';
import { PairSchema } from './judgement.ts';

/** Entry of the script that runs in the isolates: JSON in, JSON out, nothing else crosses. */
function rlvrBatch(tasks: string): string {
  const results = v.parse(v.array(v.string()), JSON.parse(tasks)).map((task) => {
    const pair = v.parse(PairSchema, JSON.parse(task));
    return JSON.stringify(judgePair(pair));
  });
  return JSON.stringify(results);
}

Object.assign(globalThis, { rlvrBatch });
