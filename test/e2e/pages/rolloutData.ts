// Rollouts for looking at the inspector: made up here, of every kind that the page has to show.
import type { ResultOf } from '../../../server/protocol/methods.ts';
import type { ListGroups } from '../../../server/protocol/methods.ts';
import type { RolloutFileInfo, RolloutGroup, RolloutPage, RolloutRow, SquareState } from '../../../server/protocol/rollout.ts';

const TITLES = ['A fair coin is tossed until two heads have appeared', 'Find all n such that n² + 3n + 5 is divisible by 121', 'In triangle ABC the incircle touches BC at D', 'The sum of the digits of 2^k · 5^m', 'How many subsets of {1,…,12} have an even sum', 'Write a function that merges overlapping intervals'];

/** Deterministic numbers in [0, 1). */
function random(seed: number): number {
  const x = Math.sin(seed * 12.9898) * 43758.5453;
  return x - Math.floor(x);
}

export class SampleRollouts {
  readonly groups: number;
  readonly each: number;
  generation = 1;
  verified = true;

  constructor(groups: number, each: number) {
    this.groups = groups;
    this.each = each;
  }

  get info(): RolloutFileInfo {
    return { path: '/lab/rollouts/step_0120.jsonl', schema: 'verl', size: 48_000_000, rollouts: this.groups * this.each, groups: this.groups, steps: [120], issues: [{ record: 7, line: 7, byte: 9000, field: 'output', severity: 'error', message: 'is missing' }], generation: this.generation };
  }

  row(ref: number): RolloutRow {
    const group = Math.floor(ref / this.each);
    const sample = ref % this.each;
    const solvable = random(group + 1);
    const right = random(ref * 7 + 3) < solvable;
    const cut = !right && random(ref * 3 + 1) < 0.3;
    const odd = random(ref * 11 + 5);
    const state: SquareState = !this.verified ? 'unverified' : right ? 'correct' : odd < 0.06 ? 'unverifiable' : odd < 0.08 ? 'error' : 'incorrect';
    const reward = state === 'correct' ? 1 : state === 'incorrect' || state === 'unverifiable' ? 0 : null;
    return {
      ref, index: ref, line: ref, sample, state, stateFrom: this.verified ? 'verdict' : 'none', cut, reward, storedScore: reward, advantage: reward === null ? null : reward ? 1.29 : -0.77,
      tokens: { value: Math.round(cut ? 16384 : 2000 + 9000 * random(ref * 5)), estimated: false }, thinkShare: 0.91, thinkShape: cut ? 'unclosed' : ref % 3 === 0 ? 'onlyClose' : 'closed',
      extracted: cut ? null : right ? '5/12' : ['7/12', '2/5', '1/3'][ref % 3] ?? null, step: 120,
    };
  }

  group(index: number): RolloutGroup {
    const rows = Array.from({ length: this.each }, (_, sample) => this.row(index * this.each + sample));
    const judged = rows.filter((row) => row.reward !== null);
    const correct = judged.filter((row) => row.reward === 1).length;
    return {
      key: `g${index}`, problemId: `coin-${index}`, title: `${TITLES[index % TITLES.length] ?? ''} (${index + 1})`, domain: index % 6 === 5 ? 'code' : 'math', gold: index % 6 === 5 ? null : '\\frac{5}{12}', step: 120,
      count: rows.length, judged: judged.length, correct, meanTokens: rows.reduce((sum, row) => sum + row.tokens.value, 0) / rows.length, signal: correct > 0 && correct < judged.length, rows,
    };
  }

  /** Answers like the server, with the one filter `reward:0` and a search word `none` that finds nothing. */
  page(query: string, offset: number, limit: number): ResultOf<typeof ListGroups> {
    const none = query.includes('none');
    const wrong = query.includes('reward:0');
    const total = none ? 0 : this.groups;
    const groups: RolloutGroup[] = [];
    for (let i = offset; i < Math.min(total, offset + limit); i++) {
      const group = this.group(i);
      groups.push(wrong ? { ...group, rows: group.rows.filter((row) => row.reward === 0) } : group);
    }
    const all = total * this.each;
    return { total, groups, generation: this.generation, totals: { rollouts: wrong ? Math.round(all * 0.5) : all, groups: total, judged: this.verified ? all : 0, correct: Math.round(all * 0.41), cut: Math.round(all * 0.09), noSignal: Math.round(total * 0.3), meanTokens: 6100 } };
  }

  rollout(ref: number): RolloutPage {
    const row = this.row(ref);
    const group = this.group(Math.floor(ref / this.each));
    return group.domain === 'code' ? codePage(row, group) : mathPage(row, group);
  }
}

function mathPage(row: RolloutRow, group: RolloutGroup): RolloutPage {
  const answer = row.extracted ?? '';
  const tex = answer.replace(/(\d+)\/(\d+)/, '\\frac{$1}{$2}');
  const again = 'Let me check again that the two heads are independent of the order in which the tosses were made and counted.';
  const thoughts = [
    'Set up: conditional probability on the third toss. Let $X$ be the number of tosses.', 'Wait, the first head may come at any earlier toss, so $P(X = n) = (n-1) 2^{-n}$.',
    `So the sum is ${tex} if I did not slip. \\[ \\sum_{k \\ge 1} (2k-1) \\cdot 2^{-2k} = \\frac{5}{9} \\]`, again, 'Hmm, what about even tosses?', again, `That gives ${tex} again.`, again,
  ];
  const thinking = `${row.thinkShape === 'onlyClose' ? '' : '<think>\n'}${thoughts.join('\n\n')}\n`;
  const tail = `\n\n## Solution\n\nLet *A* be the event that the second head comes at an **even** toss. Summing the geometric series over the even tosses,\n\n$$P(A) = \\sum_{k \\ge 1} (2k-1) \\cdot 2^{-2k} = \\frac{5}{9}$$\n\n- the first case gives \\(x^2 + 1\\)\n- the second one \`n = 4\`\n\nand conditioning on the third toss gives the final answer $\\boxed{${tex}}$.\n`;
  const response = row.cut ? `${thinking}and then we` : `${thinking}</think>${tail}`;
  const open = row.thinkShape === 'onlyClose' ? 0 : 7;
  const close = response.indexOf('</think>');
  const thinkTokens = Math.round(row.tokens.value * 0.91);
  const segments = row.cut
    ? [{ kind: 'tag' as const, start: 0, end: 7, tokens: 1 }, { kind: 'thinking' as const, start: 7, end: response.length, tokens: row.tokens.value - 1 }]
    : [...(open ? [{ kind: 'tag' as const, start: 0, end: 7, tokens: 1 }] : []), { kind: 'thinking' as const, start: open, end: close, tokens: thinkTokens }, { kind: 'tag' as const, start: close, end: close + 8, tokens: 1 }, { kind: 'answer' as const, start: close + 8, end: response.length, tokens: row.tokens.value - thinkTokens - 2 }];
  const at = response.lastIndexOf(tex);
  const right = row.state === 'correct';
  const found = row.cut ? null : { text: tex, start: at, end: at + tex.length };
  return {
    row, groupKey: group.key, problemId: group.problemId, domain: 'math', gold: group.gold, prompt: [{ role: 'user', content: `${group.title}. Find the probability. Put the answer in \\boxed{}.` }], response, responseLength: response.length, segments,
    verdict: row.state === 'unverified' ? null : {
      verdict: row.state, reward: row.reward === 1 ? 1 : row.reward === 0 ? 0 : null, verifier: 'math', extracted: found,
      reason: found === null ? 'the response never closes its thinking part, so it has no answer' : right ? 'equal numbers (exact rationals)' : `different numbers (exact rationals ${answer} and 5/12)`,
      rule: found === null ? 'extract.unclosed-think' : right ? 'rational.equal' : 'rational.different', warnings: found === null || right ? [] : [{ code: 'unit.dropped', message: 'A unit was dropped before comparing.' }],
      ...(found === null ? {} : { math: { gold: '\\frac{5}{12}', goldCanonical: '5/12', answerCanonical: answer, goldKind: 'rational number', answerKind: 'rational number' } }), durationMs: 1.3,
    },
    thinking: { opened: row.thinkShape === 'onlyClose', by: 'response' }, model: 'R1-Distill-Qwen-7B', extra: { uid: 'a1b2', data_source: 'sample' },
  };
}

function codePage(row: RolloutRow, group: RolloutGroup): RolloutPage {
  const program = 'def merge(intervals):\n    out = []\n    for a, b in sorted(intervals):\n        if out and a < out[-1][1]:\n            out[-1][1] = max(out[-1][1], b)\n        else:\n            out.append([a, b])\n    return out\n';
  const thinking = 'We sort by start and sweep.\n\nEdge case: touching intervals.\n';
  const response = `${thinking}</think>\n\nSort and sweep:\n\n\`\`\`python\n${program}\`\`\`\n`;
  const close = thinking.length;
  const at = response.indexOf(program);
  const right = row.state === 'correct';
  const failed = { index: 3, passed: false, kind: 'wrong' as const, cpuSeconds: 0.012, input: '[[1,4],[4,5]]', expected: '[[1,5]]', actual: '[[1,4],[4,5]]' };
  return {
    row: { ...row, thinkShape: 'onlyClose', cut: false }, groupKey: group.key, problemId: group.problemId, domain: 'code', gold: null, prompt: [{ role: 'user', content: group.title }], response, responseLength: response.length,
    segments: [{ kind: 'thinking', start: 0, end: close, tokens: 400 }, { kind: 'tag', start: close, end: close + 8, tokens: 1 }, { kind: 'answer', start: close + 8, end: response.length, tokens: 200 }],
    verdict: {
      verdict: right ? 'correct' : 'incorrect', reward: right ? 1 : 0, verifier: 'code', extracted: { text: program, start: at, end: at + program.length }, reason: right ? 'all tests passed' : 'test 4 printed another result', rule: right ? 'tests.all-passed' : 'tests.failed', warnings: [], durationMs: 84,
      code: { testsPassed: right ? 9 : 3, nTests: 9, tests: [...[0, 1, 2].map((index) => ({ index, passed: true, kind: null, cpuSeconds: 0.01 })), ...(right ? [] : [failed])], failed: right ? null : failed, cpuSeconds: 0.08, memoryPeakMb: 31, nearLimit: false, sandbox: 'namespaces', interpreter: 'Python 3.11' },
    },
    thinking: { opened: true, by: 'response' }, model: null, extra: {},
  };
}
