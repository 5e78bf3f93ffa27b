import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ThinkingChoice, ThinkingStart } from '../../../../server/protocol/thinking.ts';
import { firstThinkTag, thinkingStart, type ThinkingEvidence } from '../../../../server/verifiers/extract/thinkingStart.ts';

const start = (evidence: Partial<ThinkingEvidence> & { readonly promptText?: string }): ThinkingStart => thinkingStart({
  choice: 'auto', stated: null, response: 'so \\boxed{6}', prompt: evidence.promptText === undefined ? [] : [{ role: 'user', content: evidence.promptText }], ...evidence,
});

test('a choice goes before everything, then the record, then the end of the prompt, then the tags of the response', () => {
  const evidence = { stated: false, promptText: 'Why? <think>\n', response: 'a</think>b' };
  const choices: readonly ThinkingChoice[] = ['yes', 'no'];
  assert.deepEqual(choices.map((choice) => start({ ...evidence, choice })), [{ opened: true, by: 'choice' }, { opened: false, by: 'choice' }]);
  assert.deepEqual(start(evidence), { opened: false, by: 'record' });
  assert.deepEqual(start({ ...evidence, stated: null }), { opened: true, by: 'prompt' });
  assert.deepEqual(start({ response: 'a</think>b' }), { opened: true, by: 'response' });
  assert.deepEqual(start({ response: '<think>a</think>b' }), { opened: false, by: 'response' });
  assert.deepEqual(start({}), { opened: false, by: 'nothing' });
});

test('a prompt with its chat template says how it ends; a bare question says nothing', () => {
  for (const opened of ['<｜User｜>Why?<｜Assistant｜><think>\n', '<|im_start|>assistant\n<think>', 'user\nWhy?\nassistant\n<think>\n\n']) assert.deepEqual(start({ promptText: opened }), { opened: true, by: 'prompt' }, opened);
  for (const closed of ['<|im_start|>user\nWhy?<|im_end|>\n<|im_start|>assistant\n', 'user\nWhy?\nassistant\n', '<|start_header_id|>assistant<|end_header_id|>\n\n', '<｜User｜>Why?<｜Assistant｜>', '<|im_start|>assistant\n<think>\n\n</think>\n\n']) assert.deepEqual(start({ promptText: closed }), { opened: false, by: 'prompt' }, closed);
  assert.deepEqual(start({ promptText: 'What is <think>?' }), { opened: false, by: 'nothing' });
});

test('the first tag of a response', () => {
  assert.deepEqual(['x', 'x<think>', 'x</think><think>', '<think></think>'].map(firstThinkTag), [null, 'open', 'close', 'open']);
});
