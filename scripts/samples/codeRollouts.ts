import { planRollouts, type RolloutPlan } from './compose/plan.ts';
import { composeThinking } from './compose/thinking.ts';
import { countTokens, cutAtTokens } from './compose/tokens.ts';
import { seededRandom, type Random } from './random.ts';
import { firstSentence, POLICY, type LabelledRollout } from './records.ts';
import type { CodeSeed, WrongProgram } from './seeds.ts';

/** The sampling limit of the recorded policy, tokens. */
export const CODE_LIMIT = 32_768;

const FENCE = '```';

/** Rollouts that are told to run very long, as in mathRollouts. */
const marathons: Readonly<Record<string, readonly number[]>> = {
  'code-growing-chain': [17_500, 40_000],
  'code-prime-range': [10_500],
};

/** The prompt of a code problem: the statement, the starter code if there is one, and how to answer. */
export function codePrompt(seed: CodeSeed): string {
  const start = seed.starterCode === undefined
    ? 'Write a Python program that reads standard input and writes standard output.'
    : `Start from this header:\n${FENCE}python\n${seed.starterCode}${FENCE}`;
  return `${seed.problem}\n\n${start}\n\nPut the whole program into one ${FENCE}python block.`;
}

/** All recorded rollouts of one code problem. */
export function codeRollouts(seed: CodeSeed): LabelledRollout[] {
  const random = seededRandom(`code/${seed.id}`);
  const plans = planRollouts('code', seed.size, seed.samples ?? 8, seed.correct, random);
  const long = [...(marathons[seed.id] ?? [])];
  const turns = random.shuffle(seed.wrong);
  let wrongs = 0;
  return plans.map((plan, sample) => {
    const at = long.findIndex((tokens) => (tokens > CODE_LIMIT ? plan.deserves === 0 : plan.deserves === 1));
    const tokens = at < 0 ? undefined : long.splice(at, 1)[0];
    const wanted: RolloutPlan = tokens === undefined ? plan : { ...plan, tokens, ending: tokens > CODE_LIMIT ? 'cut' : 'plain', tags: 'onlyClose' };
    const wrong = turns[wrongs % turns.length];
    if (wrong === undefined) throw new Error(`${seed.id} has no wrong program`);
    if (plan.deserves === 0) wrongs++;
    const response = codeResponse(seed, wanted, wrong, random);
    const short = cutAtTokens(response, CODE_LIMIT);
    return {
      deserves: plan.deserves,
      record: {
        id: `${seed.id}-${sample}`, problem_id: seed.id, prompt: [{ role: 'user', content: codePrompt(seed) }],
        response: short, tokens: countTokens(short), finish_reason: short.length < response.length ? 'length' : 'stop', model: POLICY, sample,
      },
    };
  });
}

function codeResponse(seed: CodeSeed, plan: RolloutPlan, wrong: WrongProgram, random: Random): string {
  const right = plan.deserves === 1 || plan.ending !== 'wrong';
  const program = right ? random.pick([seed.solution, seed.solution, ...(seed.variants ?? [])]) : wrong.code;
  const steps = right ? seed.steps : wrong.steps;
  const draft = random.next() < 0.25 ? `Let me write it down:\n${FENCE}python\n${program}\n${FENCE}\nReading it again with the examples in mind.` : undefined;
  const thinking = composeThinking({
    task: `"${seed.title}": ${firstSentence(seed.problem)}`, steps: draft === undefined ? steps : [...steps, draft],
    conclusion: right ? 'a program along these lines' : 'this program',
    detours: [], probes: seed.probes, tokens: plan.tokens,
  }, random);
  const open = plan.tags === 'both' ? '<think>\n' : '';
  const close = plan.tags === 'none' ? '\n\n' : '\n</think>\n\n';
  const block = `${FENCE}python\n${program}\n${FENCE}`;
  const intro = random.pick(['The program:', 'Here is the solution.', 'This follows the idea above:', 'Final program:']);
  const after = random.pick(['', '', '\n\nIt runs well within the limits.', `\n\n${steps[0] ?? ''}`]);
  switch (plan.ending) {
    case 'unclosed':
      return `<think>\n${thinking}\n\n${block}`;
    case 'untaggedBlock':
      return `${open}${thinking}${close}${intro}\n\n${FENCE}\n${program}\n${FENCE}${after}`;
    case 'noBlock':
      return `${open}${thinking}${close}${steps.join(' ')} The program is easy to write from this description.`;
    case 'repeatedTags':
      return `<think>\n${thinking}\n</think>\n\n<think>\nOne more look at the edge cases. ${steps.at(-1) ?? ''}\n</think>\n\n${intro}\n\n${block}`;
    case 'twoBoxes':
      return `${open}${thinking}${close}A first version had a mistake:\n\n${FENCE}python\n${wrong.code}\n${FENCE}\n\nThe corrected one:\n\n${block}`;
    default:
      return `${open}${thinking}${close}${intro}\n\n${block}${after}`;
  }
}
