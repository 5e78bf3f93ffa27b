import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { extractProgram } from '../../../../server/verifiers/extract/fences.ts';
import { splitThinking } from '../../../../server/verifiers/extract/thinking.ts';

// The hack this stops: a policy that never closes its thought, is cut at the limit, and is paid for a box it tried on the way.
describe('a thinking part that the chat template opened', () => {
  const cut = 'Perhaps \\boxed{7}. Wait, let me check that again and';

  it('has no answer when the response was cut before its end', () => {
    assert.deepEqual([splitThinking(cut, true).shape, splitThinking(cut, true).answer], ['unclosed', null]);
    assert.equal(splitThinking(cut).answer?.end, cut.length);
  });

  it('is closed by the closing tag as ever', () => {
    const whole = `${cut}</think>\\boxed{8}`;
    assert.deepEqual(splitThinking(whole, true), splitThinking(whole));
  });

  it('may be opened again by the response itself', () => {
    const own = '<think>a</think>\\boxed{8}';
    assert.deepEqual(splitThinking(own, true), splitThinking(own));
  });

  it('hides programs, too', () => {
    const program = 'Try\n```python\nprint(1)\n```\nNo, that';
    assert.equal(extractProgram(program).found, true);
    assert.equal(extractProgram(program, 'paper', true).found, false);
  });
});
