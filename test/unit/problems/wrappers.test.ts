import assert from 'node:assert/strict';
import { test } from 'node:test';
import { questionOfPrompt, stripWrappers } from '../../../server/problems/wrappers.ts';
import { assertBounded } from '../../support/bounded.ts';

const STATEMENT = 'Find the sum of all integer bases $b>9$ for which $17_{b}$ is a divisor of $97_{b}$.';

test('known instructions go, the statement stays', () => {
  for (const wrapped of [
    `${STATEMENT} Let's think step by step and output the final answer within \\boxed{}.`,
    `${STATEMENT}\nPlease reason step by step, and put your final answer within \\boxed{{}}.`,
    `Solve the following math problem. Make sure to put the answer (and only answer) inside \\boxed{}.\n\n${STATEMENT}`,
    `Solve the following math problem step by step. The last line of your response should be of the form Answer: $Answer (without quotes) where $Answer is the answer to the problem.\n\n${STATEMENT}\n\nRemember to put your answer on its own line after "Answer:".`,
    `Question: ${STATEMENT}\nAnswer:`,
    `${STATEMENT}<| Assistant |>`,
    STATEMENT,
  ]) assert.equal(stripWrappers(wrapped), STATEMENT);
});

test('a wrapper alone leaves nothing, and words like it in a statement stay', () => {
  assert.equal(stripWrappers("Let's think step by step and output the final answer within \\boxed{}."), '');
  for (const text of ['Answer: is this a question?', 'Let us think step by step about boxes. How many?', 'What is the answer: $a$ or $b$?', '']) assert.equal(stripWrappers(text), text);
});

test('the question is found in prompts of chat templates', () => {
  for (const prompt of [
    `<|im_start|>system\nBe kind.<|im_end|>\n<|im_start|>user\n${STATEMENT}<|im_end|>\n<|im_start|>assistant\n<think>\n`,
    `<｜begin▁of▁sentence｜><｜User｜>${STATEMENT}<｜Assistant｜><think>\n`,
    `system\nBe kind.\nuser\n${STATEMENT}\nassistant\n<think>\n`,
    `user\n${STATEMENT}\nassistant\n`,
    STATEMENT,
  ]) assert.equal(questionOfPrompt(prompt), STATEMENT);
});

test('a statement of a megabyte is no burden', () => {
  assertBounded(() => stripWrappers(`${' '.repeat(500_000)}x${' \n'.repeat(250_000)}answer: y`), 'white space');
});
