import type { AuditedPair, RolloutAudit } from '../../../server/protocol/audit.ts';

/** `n` disagreements of all kinds; texts of a model among them that would be markup if they were parsed. */
export function samplePairs(n: number): AuditedPair[] {
  return Array.from({ length: n }, (_, at) => ({
    gold: at % 3 === 0 ? `${at}\\%` : `\\frac{${at}}{7}`,
    answer: at % 5 === 0 ? `<img src=x onerror="document.title='broken'"> ${at}` : `${at}.${'5'.repeat(at % 60)}`,
    count: 1 + ((at * 37) % 50),
    refs: [at, at + 1000, at + 2000],
    verdict: {
      verdict: at % 4 === 0 ? 'incorrect' : 'correct', reward: at % 4 === 0 ? 0 : 1, verifier: 'math', extracted: null, reason: `The answer ${at}/7 is compared with the gold answer.`, rule: 'rational',
      warnings: at % 6 === 0 ? [{ code: 'percent', message: 'Only one side has a percent sign.' }] : [],
      math: { gold: String(at), goldKind: 'number', goldCanonical: `${at}/7`, answerKind: 'number', answerCanonical: `${at}/7` }, durationMs: 1,
    },
    opinion: at % 4 === 0 ? 'equal' : at % 7 === 0 ? 'failed' : 'different',
  }));
}

export const sampleAudit: RolloutAudit = {
  rollouts: 9000, withoutAnswer: 12, notMath: 3, beyondLimit: 0, pairs: 4000, occurrences: 8985, asked: 4000, agreed: 1000, onlyOurs: 2250, onlyTheirs: 750, paidDifferently: 5100, failed: 321,
  cancelled: false, issues: [], checker: 'fake checker 1.0',
};
