import { planRollouts } from './compose/plan.ts';
import { mathSeeds } from './math/all.ts';
import { mathResponse } from './mathRollouts.ts';
import { seededRandom } from './random.ts';
import { MATH_INSTRUCTION } from './records.ts';

/** The step whose rollouts are dumped, and the response limit of its (imagined) 8K stage. */
export const DUMP_STEP = 120;
export const DUMP_LIMIT = 8192;

/** Problem and how many of its 8 rollouts deserve the reward. */
const groups: readonly (readonly [id: string, correct: number])[] = [
  ['alg-vieta-squares', 5], ['nt-remainders', 3], ['cb-committee', 4], ['cb-necklace', 2],
  ['ge-altitude', 8], ['pr-two-heads', 3], ['ca-partial-fractions', 0], ['pr-broken-stick', 6],
];

/** The problem one of whose right answers, 0.25 for 1/4, is recorded with a score of 0. */
const DISPUTED = 'pr-broken-stick';

export interface DumpRow {
  readonly input: string;
  readonly output: string;
  readonly gts: string;
  readonly score: number;
  readonly step: number;
  readonly acc: boolean;
}

export interface LabelledDumpRow {
  readonly row: DumpRow;
  readonly deserves: 0 | 1;
}

/**
 * A dump as veRL writes it: the prompt after the chat template (special tokens removed, thinking opened), the answer in
 * `gts`. One deserved reward is recorded as 0, as a trainer with a weaker checker would: the inspector shows the disagreement.
 */
export function verlDump(): LabelledDumpRow[] {
  const rows = groups.flatMap(([id, correct]) => {
    const seed = mathSeeds.find((candidate) => candidate.id === id);
    if (seed === undefined) throw new Error(`no seed ${id}`);
    const random = seededRandom(`dump/${id}`);
    return planRollouts('math', seed.size, 8, correct, random).map((plan, sample): LabelledDumpRow => {
      const long = plan.deserves === 0 && seed.size === 'l' && sample % 3 === 0;
      const wanted = long ? { ...plan, tokens: 9500, ending: 'cut' as const, tags: 'onlyClose' as const }
        : { ...plan, tokens: Math.min(plan.tokens, 6000), ...(id === DISPUTED && plan.deserves === 1 ? { ending: 'otherForm' as const } : {}) };
      const { response } = mathResponse(seed, wanted, random, DUMP_LIMIT);
      return {
        deserves: plan.deserves,
        row: { input: `${seed.problem} ${MATH_INSTRUCTION}<think>\n`, output: response, gts: seed.answer, score: plan.deserves, step: DUMP_STEP, acc: plan.deserves === 1 },
      };
    });
  });
  const disputed = rows.findIndex(({ row, deserves }) => deserves === 1 && row.output.includes('\\boxed{0.25}'));
  if (disputed < 0) throw new Error('the dump has no rollout that answers 0.25 for 1/4');
  return rows.map((labelled, index) => (index === disputed ? { ...labelled, row: { ...labelled.row, score: 0, acc: false } } : labelled));
}
