import type { Message, Problem } from '../../protocol/problem.ts';

/**
 * What a policy is shown of a problem in training, wherever its rows are written: the bare statement and one instruction.
 * However bare the source's prompt is, a policy must be told where its answer is looked for; code gets the starter code where there
 * is one.
 */
export function trainingPrompt(problem: Problem): Message[] {
  if (problem.domain === 'math') return [{ role: 'user', content: `${problem.statement}\n\nPlease reason step by step, and put your final answer within \\boxed{}.` }];
  const start = problem.starterCode === undefined ? 'Read the input from standard input and write the answer to standard output.' : `Use this starter code:\n\`\`\`python\n${problem.starterCode}\n\`\`\``;
  return [{ role: 'user', content: `${problem.statement}\n\n${start}\n\nPut the whole program into one \`\`\`python block.` }];
}

/** Says that prompts of the source are not what is trained on; null where they hold no more than the statement. */
export function promptsReplaced(count: number): string | null {
  return count === 0 ? null : `${count} ${count === 1 ? 'problem has' : 'problems have'} more in the prompt than the statement (a system message, examples): training prompts are the statement with one instruction`;
}
