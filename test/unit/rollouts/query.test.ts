import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseQuery, QueryError } from '../../../server/rollouts/query.ts';
import type { RolloutFacts } from '../../../server/rollouts/query.ts';

const facts: RolloutFacts = { reward: 0, cut: true, tokens: 9000, state: 'unverifiable', step: 12, domain: 'code', think: 'onlyClose', problemId: 'lcb/1873_B', model: 'R1-Distill' };
const fits = (line: string, changes: Partial<RolloutFacts> = {}): boolean => parseQuery(line).tests.every((check) => check({ ...facts, ...changes }));

test('each filter accepts what it names and refuses the rest', () => {
  for (const line of ['reward:0', 'cut:true', 'length:>8000', 'length:>=9k', 'length:8000..9000', 'verdict:unverifiable', 'step:12', 'domain:code', 'think:onlyclose', 'problem:lcb/1873_B', 'problem:"lcb/1873_B"', 'model:distill', 'step:>11 step:<13']) {
    assert.equal(fits(line), true, line);
  }
  for (const line of ['reward:1', 'cut:false', 'length:<8000', 'length:0..10', 'verdict:correct', 'step:13', 'domain:math', 'think:none', 'problem:lcb', 'reward:0 cut:no']) {
    assert.equal(fits(line), false, line);
  }
  assert.equal(fits('reward:0', { reward: null }), false);
  assert.equal(fits('domain:unknown', { domain: null }), true);
});

test('words are searched for; quotes keep a text together', () => {
  assert.deepEqual(parseQuery('Alpha "Ratio 3:4" \\frac{1}{2} cut:true').words, ['alpha', 'ratio 3:4', '\\frac{1}{2}']);
  assert.deepEqual(parseQuery('  ').words, []);
});

test('mistakes are named with what is possible', () => {
  const fails = (line: string, message: RegExp): void => assert.throws(() => parseQuery(line), (error: unknown) => error instanceof QueryError && message.test(error.message));
  fails('rewrd:1', /"rewrd:" is no filter; known are reward: length:/);
  fails('constructor:init', /"constructor:" is no filter/);
  fails('reward:high', /write reward:0, reward:>8000/);
  fails('cut:maybe', /cut:true or cut:false/);
  fails('verdict:wrong', /choose one of correct, incorrect/);
  fails('step:', /needs a value/);
});
