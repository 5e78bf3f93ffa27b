/**
 * Instructions that data sets put around a statement (formats.md section 0.4). They are removed for reading, deduplication
 * and decontamination; the prompt of a problem keeps them.
 */
const PREFIXES: readonly RegExp[] = [
  /^Solve the following math problem step by step\. The last line of your response should be of the form Answer: \$?Answer \(without quotes\) where \$?Answer is the answer to the problem\.\s*/i,
  /^Solve the following math problem\. Make sure to put the answer \(and only answer\) inside \\boxed\{\{?\}?\}\.\s*/i,
  /^Solve the following coding problem using the programming language python:\s*/i,
  /^Please solve the programming task below using a self-contained code snippet in a markdown code block\.\s*/i,
  /^You are an expert Python programmer\. You will be given a question \(problem specification\) and will generate a correct Python program that matches the specification and passes all tests\.(?: You will NOT return anything except for the program\.?)?\s*/i,
  /^You will be given a question \(problem specification\) and will generate a correct Python program that matches the specification and passes all tests\.(?: You will NOT return anything except for the program\.?)?\s*/i,
  /^You are a helpful and harmless assistant\. You should think step-by-step before responding to the instruction below\.\s*/i,
  /^Please use python programming language only\.\s*/i,
  /^You must use ```python for just the final solution code block with the following format:\s*```python\s*# Your code here\s*```\s*/i,
  /^#{2,3} ?(?:Question|Problem):?\s*\n/i,
  /^(?:Question|QUESTION|Problem|Q):\s+/,
];

const SUFFIXES: readonly RegExp[] = [
  /\s*Let'?s think step by step,? and (?:output|put) (?:the|your) final answer (?:with)?in \\boxed\{\{?\}?\}\.?\s*$/i,
  /\s*Please reason step by step,? and put your final answer within \\boxed\{\{?\}?\}\.?\s*$/i,
  /\s*(?:Please )?(?:put|present|give|write) (?:your|the) final answer (?:with)?in \\boxed\{\{?\}?\}\.?\s*$/i,
  /\s*Remember to put your answer on its own line after "Answer:"\.?\s*$/i,
  /\s*Let'?s think step by step\.?\s*$/i,
  /\s*#{2,3} ?Answer: \(use the provided format with backticks\)\s*$/i,
  /\s*#{2,3} ?Format: (?:Read the inputs from stdin|You will use the following starter code)[\s\S]{0,600}```python\s*# YOUR CODE HERE\s*```\s*$/i,
  /\s*Answer:\s*$/,
];

/** Tokens of chat templates that stand in the text of some prompts; also their remains after a tokenizer dropped the special ones. */
const TEMPLATE_TURN = /<\|im_start\|>\s*\w+\n?|<\|im_end\|>\n?|<\|(?:begin_of_text|end_of_text|eot_id|endoftext)\|>|<\|start_header_id\|>\w+<\|end_header_id\|>\n*|<[|｜]\s*(?:User|Assistant|begin▁of▁sentence|end▁of▁sentence)\s*[|｜]>/g;

/** Every suffix has one of these words: most statements need no closer look. */
const SUFFIX_WORDS = /boxed|answer:|step by step|final answer/i;

/** Removes known wrappers until nothing changes; a statement that is a wrapper only becomes empty. */
export function stripWrappers(text: string): string {
  let current = text.includes('<|') || text.includes('<｜') ? text.replace(TEMPLATE_TURN, '') : text;
  for (let rounds = 0; rounds < 6; rounds += 1) {
    let next = current;
    for (const prefix of PREFIXES) next = next.replace(prefix, '');
    if (SUFFIX_WORDS.test(next.slice(-1200))) for (const suffix of SUFFIXES) next = stripEnd(next, suffix);
    if (next === current) break;
    current = next;
  }
  return current.trim();
}

/** Suffix patterns look at the end only, so that a long statement costs nothing. */
function stripEnd(text: string, suffix: RegExp): string {
  const tail = Math.max(0, text.length - 1200);
  return tail === 0 ? text.replace(suffix, '') : text.slice(0, tail) + text.slice(tail).replace(suffix, '');
}

/**
 * The question in a prompt text as a chat template wrote it, special tokens kept or dropped (verl.md section 6): what stands
 * between the last user marker and the assistant's.
 */
export function questionOfPrompt(prompt: string): string {
  const question = between(prompt, '<|im_start|>user\n', '<|im_end|>') ?? between(prompt, '<｜User｜>', '<｜Assistant｜>') ?? withoutRoleLines(prompt) ?? prompt;
  return stripWrappers(question.replace(/<think>\s*$/, ''));
}

/** Text between the last `open` and the `close` after it; null where there is none. */
function between(text: string, open: string, close: string): string | null {
  const start = text.lastIndexOf(open);
  const end = start < 0 ? -1 : text.indexOf(close, start);
  return end < 0 ? null : text.slice(start + open.length, end);
}

/** `system\n...\nuser\n...\nassistant\n`: what remains of ChatML when the tokenizer drops its special tokens. */
function withoutRoleLines(prompt: string): string | null {
  const end = prompt.lastIndexOf('\nassistant\n');
  if (end < 0 || !/^(?:<think>\s*)?$/.test(prompt.slice(end + 11, end + 40))) return null;
  if (prompt.startsWith('user\n') && !prompt.slice(0, end).includes('\nuser\n')) return prompt.slice(5, end);
  const user = prompt.lastIndexOf('\nuser\n', end);
  return /^(?:system|user)\n/.test(prompt) && user >= 0 ? prompt.slice(user + 6, end) : null;
}
