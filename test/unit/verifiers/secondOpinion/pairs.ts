import type { AuditedPair } from '../../../../server/protocol/audit.ts';
import type { Verdict, VerdictKind } from '../../../../server/protocol/verdict.ts';

export function verdict(kind: VerdictKind, rule = 'rule'): Verdict {
  return { verdict: kind, reward: kind === 'correct' ? 1 : 0, verifier: 'math', extracted: null, reason: '', rule, warnings: [], durationMs: 0 };
}

export function pair(parts: Partial<AuditedPair>): AuditedPair {
  return { gold: '1', answer: '1', count: 1, refs: [], verdict: verdict('correct'), opinion: 'different', ...parts };
}
