import { planRollouts, type RolloutPlan } from './compose/plan.ts';
import { composeThinking } from './compose/thinking.ts';
import { countTokens, cutAtTokens } from './compose/tokens.ts';
import { seededRandom, type Random } from './random.ts';
import { firstSentence, MATH_INSTRUCTION, POLICY, type LabelledRollout } from './records.ts';
import { raw, type MathSeed, type WrongPath } from './seeds.ts';

/** The sampling limit of the recorded policy, tokens. */
export const MATH_LIMIT = 40_960;

/** Rollouts that are told to run very long: problem, number of rollouts, tokens. Over the limit they are cut. */
const marathons: Readonly<Record<string, readonly number[]>> = {
  'pr-two-heads': [38_500, 48_000],
  'ca-partial-fractions': [31_000, 48_000],
  'cb-necklace': [21_000],
  'ca-rectangle': [12_500],
};

/** All recorded rollouts of one math problem. */
export function mathRollouts(seed: MathSeed): LabelledRollout[] {
  const random = seededRandom(`math/${seed.id}`);
  const plans = planRollouts('math', seed.size, seed.samples ?? 8, seed.correct, random);
  const long = [...(marathons[seed.id] ?? [])];
  return plans.map((plan, sample) => {
    const wanted = marathonOf(plan, long);
    const { response, cut } = mathResponse(seed, wanted, random, MATH_LIMIT);
    return {
      deserves: plan.deserves,
      record: {
        id: `${seed.id}-${sample}`, problem_id: seed.id, prompt: [{ role: 'user', content: `${seed.problem}\n\n${MATH_INSTRUCTION}` }],
        response, gold: seed.answer, tokens: countTokens(response), finish_reason: cut ? 'length' : 'stop', model: POLICY, sample,
      },
    };
  });
}

/** Gives a marathon to a rollout that may have it: only undeserving ones can run over the limit. */
function marathonOf(plan: RolloutPlan, long: number[]): RolloutPlan {
  const at = long.findIndex((tokens) => (tokens > MATH_LIMIT ? plan.deserves === 0 : plan.deserves === 1));
  const tokens = at < 0 ? undefined : long.splice(at, 1)[0];
  if (tokens === undefined) return plan;
  return { ...plan, tokens, ending: tokens > MATH_LIMIT ? 'cut' : 'plain', tags: 'onlyClose' };
}

/** The text of one response, cut at `limit` tokens if it runs over. */
export function mathResponse(seed: MathSeed, plan: RolloutPlan, random: Random, limit: number): { readonly response: string; readonly cut: boolean } {
  const wrong = random.pick(seed.wrong);
  const right = plan.deserves === 1 || ['unclosed', 'noBox', 'boxOnlyInThinking', 'cut'].includes(plan.ending);
  const answer = right ? (plan.ending === 'otherForm' ? random.pick([seed.answer, ...(seed.forms ?? [])]) : seed.answer) : wrong.answer;
  const thinking = composeThinking({
    task: firstSentence(seed.problem), steps: right ? seed.steps : wrong.steps, conclusion: `$${answer}$`,
    detours: seed.wrong.filter((path) => path.noticed !== undefined && (right || path !== wrong)),
    probes: seed.probes, tokens: plan.tokens,
  }, random);
  const response = assemble(seed, plan, { thinking, answer, wrong, explanation: right ? seed.writeup : wrong.steps.join(' ') }, random);
  const short = cutAtTokens(response, limit);
  return { response: short, cut: short.length < response.length };
}

interface Parts {
  readonly thinking: string;
  readonly answer: string;
  readonly wrong: WrongPath;
  readonly explanation: string;
}

function assemble(seed: MathSeed, plan: RolloutPlan, parts: Parts, random: Random): string {
  const open = plan.tags === 'both' ? '<think>\n' : '';
  const close = plan.tags === 'none' ? '\n\n' : '\n</think>\n\n';
  const boxed = raw`\boxed{${parts.answer}}`;
  const ask = random.pick(['**Answer.** ', 'So the final answer is ', 'Hence the answer: ', 'The result is ']);
  switch (plan.ending) {
    case 'unclosed':
      return `<think>\n${parts.thinking}\n\nThe final answer is $${boxed}$.`;
    case 'noBox':
      return `${open}${parts.thinking}${close}${parts.explanation}\n\n${ask}$${parts.answer}$.`;
    case 'boxOnlyInThinking':
      return `${open}${parts.thinking}\n\nSo $${boxed}$ it is.${close}${parts.explanation} This completes the solution.`;
    case 'repeatedTags':
      return `<think>\n${parts.thinking}\n</think>\n\nLet me look at it once more.\n\n<think>\n${random.pick(seed.steps)} Yes, this is right.\n</think>\n\n${parts.explanation}\n\n${ask}$${boxed}$.`;
    case 'twoBoxes': {
      const other = plan.deserves === 1 ? parts.wrong.answer : seed.answer;
      return `${open}${parts.thinking}${close}At first sight one might say $\\boxed{${other}}$. ${parts.explanation}\n\nThe careful argument gives a different value. ${ask}$${boxed}$.`;
    }
    default:
      return `${open}${parts.thinking}${close}${parts.explanation}\n\n${ask}\n$$${boxed}$$`;
  }
}
