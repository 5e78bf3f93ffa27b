import { NO_PROGRAMS_RULE } from '../protocol/verdict.ts';
import type { Verifier } from './verifier.ts';

/** Stands in for the code verifier where nothing may be executed: every program gets the verdict `error`, no reward. */
export const noPrograms: Verifier = {
  id: 'code',
  verify: () => Promise.resolve({
    verdict: 'error', reward: null, verifier: 'code', extracted: null,
    reason: 'Programs are not run in an untrusted workspace.', rule: NO_PROGRAMS_RULE, warnings: [], durationMs: 0,
  }),
  dispose: () => Promise.resolve(),
};
