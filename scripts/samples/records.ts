/** Names and shapes of what the generator writes. */
export const DATASET = 'rlvr-samples';
export const LICENCE = 'Apache-2.0';
export const POLICY = 'sample-policy (written by script)';
export const REFERENCE = 'sample-reference (values set by hand)';
export const MATH_INSTRUCTION = 'Please reason step by step, and put your final answer within \\boxed{}.';

export interface RolloutRecord {
  readonly id: string;
  readonly problem_id: string;
  readonly prompt: readonly { readonly role: string; readonly content: string }[];
  readonly response: string;
  readonly gold?: string;
  readonly tokens: number;
  readonly finish_reason: 'stop' | 'length';
  readonly model: string;
  readonly sample: number;
}

/** A recorded rollout and the reward that it deserves (never written to the file: the verifier has to find it). */
export interface LabelledRollout {
  readonly record: RolloutRecord;
  readonly deserves: 0 | 1;
}

/** The first sentence of a statement, at most 160 characters. */
export function firstSentence(statement: string): string {
  const line = statement.split('\n', 1)[0] ?? '';
  const sentence = /^.*?[.?!](?=\s|$)/.exec(line)?.[0] ?? line;
  return sentence.length > 160 ? `${sentence.slice(0, 157)}...` : sentence;
}
