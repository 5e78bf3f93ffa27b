import type { Random } from '../random.ts';
import type { Probe, WrongPath } from '../seeds.ts';
import * as say from './phrases.ts';
import { countTokens } from './tokens.ts';

export interface ThinkingPlan {
  /** The problem's first sentence, to open with. */
  readonly task: string;
  /** The path that the rollout ends in. */
  readonly steps: readonly string[];
  readonly conclusion: string;
  /** Wrong ways that are tried and given up on the way (only those that say how the slip is noticed). */
  readonly detours: readonly WrongPath[];
  readonly probes: readonly Probe[];
  /** Go on checking until about this many tokens, or until the scratch work has nothing new to say. */
  readonly tokens: number;
}

/**
 * Thinking of a rollout: open, perhaps try a wrong way and notice it, work through the steps, then doubt and check with
 * freshly computed scratch work until the wanted length. Deterministic in `random`.
 */
export function composeThinking(plan: ThinkingPlan, random: Random): string {
  const parts: string[] = [`${random.pick(say.openings)} ${plan.task}`];
  let tokens = 0;
  const add = (text: string): void => {
    parts.push(text);
    tokens += countTokens(text);
  };
  const detours = [...plan.detours];
  const first = detours.length > 0 && random.next() < 0.6 ? detours.shift() : undefined;
  if (first !== undefined) add(detourText(first, random));
  for (const step of plan.steps) add(`${random.pick(say.connectors)}${step}`);
  add(`${random.pick(say.conclusions)} ${plan.conclusion}.`);
  const scratch = plan.probes.map((probe) => scratchWork(probe));
  const again = random.shuffle([...plan.steps.map((step) => `${random.pick(say.rereads)} ${step} ${random.pick(say.rereadEnds)}`), `${random.pick(say.retellings)} ${plan.steps.join(' ')}`]);
  while (tokens < plan.tokens) {
    const open = scratch.filter((work) => !work.finished());
    const turn = random.next();
    if (detours.length > 0 && turn < 0.3) {
      const detour = detours.shift();
      if (detour !== undefined) add(detourText(detour, random));
    } else if (again.length > 0 && (turn < 0.5 || open.length === 0)) {
      add(again.pop() ?? '');
    } else if (open.length === 0) {
      break;
    } else {
      add(random.pick(open).chunk(random.int(4, plan.tokens > 6000 ? 26 : 10), random));
    }
  }
  add(random.pick(say.closings));
  return parts.join('\n\n');
}

function detourText(path: WrongPath, random: Random): string {
  return `${random.pick(say.firstIdeas)} ${path.steps.join(' ')} That would give $${path.answer}$.\n\n${random.pick(say.objections)} ${path.noticed ?? 'this does not fit the conditions'}. So that was wrong.`;
}

interface ScratchWork {
  finished(): boolean;
  chunk(lines: number, random: Random): string;
}

/** Hands out a probe's lines in order, never one twice; finished when lines repeat, overflow or get unreadably long. */
function scratchWork(probe: Probe): ScratchWork {
  const seen = new Set<string>();
  let next = 0;
  let done = false;
  const nextLine = (): string | undefined => {
    if (done) return undefined;
    const line = probe.line(next);
    if (seen.has(line) || line.length > 200 || /NaN|Infinity|\de[+-]?\d/.test(line)) {
      done = true;
      return undefined;
    }
    seen.add(line);
    next++;
    return line;
  };
  return {
    finished: () => done,
    chunk(count, random) {
      const lead = next === 0 ? `${random.pick(say.doubtLeads)} ${probe.say}` : `${random.pick(say.doubtLeads)} ${random.pick(say.doubtReasons)}`;
      const lines: string[] = [];
      while (lines.length < count) {
        const line = nextLine();
        if (line === undefined) break;
        lines.push(line);
      }
      return `${lead}\n${lines.join('\n')}\n${random.pick(say.verdicts)}`;
    },
  };
}
