import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunEvent } from '../../../server/protocol/training.ts';
import { axisLabels } from '../../../webview/dashboard/axisLabels.ts';
import { healthOf } from '../../../webview/dashboard/health.ts';
import { RunModel } from '../../../webview/dashboard/runModel.ts';
import { validationMetrics } from '../../../webview/dashboard/validation.ts';
import { timeLeft } from '../../../webview/dashboard/tiles.ts';
import { smooth, trend } from '../../../webview/dashboard/smooth.ts';
import { duration, percent, shortTokens, signed, value } from '../../../webview/ui/format.ts';
import { wilson } from '../../../webview/ui/wilson.ts';
import { sampleEvents, sampleRun } from '../../e2e/pages/runData.ts';

const now = Date.now();
function model(events: readonly RunEvent[]): RunModel {
  const made = new RunModel();
  made.add(events);
  return made;
}
const step = (seq: number, n: number, metrics: Record<string, number>): RunEvent => ({ seq, time: new Date(now).toISOString(), body: { type: 'step', step: n, metrics } });

test('events count once, whatever is sent again', () => {
  const events = sampleEvents(20);
  const made = model(events);
  made.add(events.slice(5));
  assert.equal(made.steps.length, 20);
  assert.equal(made.lastSeq, events.length);
  assert.equal(made.rollouts.size, 20);
});

test('steps repeated after a resume replace the old ones', () => {
  const made = model([step(1, 1, { a: 1 }), step(2, 2, { a: 2 }), step(3, 3, { a: 3 }), step(4, 2, { a: 20 })]);
  assert.deepEqual(made.steps.map((record) => [record.step, record.metrics['a']]), [[1, 1], [2, 20]]);
});

test('validation metrics are found by veRL’s names, means first; other names are none', () => {
  const made = model([step(1, 1, { 'critic/score/mean': 0.5 }), step(2, 10, { 'val-core/HuggingFaceH4/MATH-500/acc/mean@4': 0.8, 'val-core/aime24/acc/best@64/mean': 0.7, 'val-core/aime24/acc/mean@64': 0.6, 'val-core/code/score/mean@8': 1.5, 'val-aux/aime24/acc/std@64': 0.1, 'val-core/odd': 1 })]);
  assert.deepEqual(validationMetrics(made.validation).map(({ title, share }) => [title, share]), [['aime24 mean@64', true], ['code score mean@8', false], ['HuggingFaceH4/MATH-500 mean@4', true], ['aime24 best@64/mean', true]]);
  assert.deepEqual(validationMetrics(model([step(1, 1, { 'critic/score/mean': 0.5 })]).validation), []);
});

test('a very long run stays bounded and keeps its newest steps whole', () => {
  const made = model(Array.from({ length: 30_000 }, (_, n) => step(n + 1, n, { a: n })));
  assert.ok(made.steps.length <= 10_000);
  assert.equal(made.steps.at(-1)?.step, 29_999);
  assert.equal(made.steps.at(-2)?.step, 29_998);
});

test('the log keeps its tail, and an alert that comes back is one alert', () => {
  const log = (seq: number): RunEvent => ({ seq, time: new Date(now).toISOString(), body: { type: 'log', stream: 'stdout', text: `line ${seq}\n` } });
  const alert = (seq: number): RunEvent => ({ seq, time: new Date(now).toISOString(), body: { type: 'alert', severity: 'warning', code: 'x', message: `m${seq}`, step: 1 } });
  const made = model([...Array.from({ length: 1000 }, (_, n) => log(n + 1)), alert(1001), alert(1002)]);
  assert.equal(made.log.length, 300);
  assert.equal(made.log.at(-1)?.text, 'line 1000');
  assert.deepEqual(made.alerts.map(({ message, times }) => [message, times]), [['m1002', 2]]);
});

test('a run with rising reward and falling cuts is healthy', () => {
  const quiet = sampleEvents(214).filter((event) => event.body.type !== 'alert');
  assert.equal(healthOf(sampleRun, model(quiet), now).level, 'healthy');
});

for (const [name, metrics, words] of [
  ['cut responses', { 'response_length/clip_ratio': 0.7 }, /70 % of responses are cut/],
  ['dead entropy', { 'actor/entropy': 0.01 }, /entropy 0.01/],
  ['no signal', { 'groups/no_signal': 0.9 }, /90 % of groups/],
  ['verifier errors', { 'verifier/error_rate': 0.002 }, /verifier failed on 0.2 %/],
  ['an off-policy update', { 'actor/ppo_kl': 0.2 }, /ppo_kl/],
] as const) test(`${name} need a look`, () => {
  const health = healthOf(sampleRun, model([step(1, 1, metrics)]), now);
  assert.equal(health.level, 'look');
  assert.match(health.sentence, words);
});

test('noise in few steps is not a falling reward', () => {
  const rewards = [0.8, 0.7, 0.72, 0.75, 0.66, 0.7, 0.55, 0.56, 0.7, 0.84, 0.75, 0.5, 0.45, 0.82, 0.7, 0.71, 0.7, 0.65, 0.84, 0.83, 0.67, 0.64];
  assert.equal(healthOf(sampleRun, model(rewards.map((reward, n) => step(n + 1, n, { 'critic/score/mean': reward }))), now).level, 'healthy');
  const falling = rewards.map((_, n) => step(n + 1, n, { 'critic/score/mean': 0.8 - 0.03 * n }));
  assert.match(healthOf(sampleRun, model(falling), now).sentence, /reward fell/);
});

test('a running run without news for several steps’ time is silent, not healthy', () => {
  const health = healthOf(sampleRun, model([step(1, 1, { 'timing_s/step': 100 })]), now + 3600_000);
  assert.equal(health.word, 'Silent');
  assert.match(health.sentence, /60 min|1 h/);
});

test('a lost run says that nothing is lost', () => {
  assert.match(healthOf({ ...sampleRun, status: 'lost' }, model([]), now).sentence, /safe/);
});

test('smoothing keeps a constant constant and gaps as gaps', () => {
  assert.deepEqual(smooth([2, null, 2, 2], 5).map((n) => (n === null ? null : Number(n.toFixed(9)))), [2, null, 2, 2]);
  assert.equal(trend([1, 2]), null);
  assert.deepEqual(trend([1, 1, 1, 5, 5, 5]), { from: 1, to: 5, error: 0 });
});

test('numbers read as people write them', () => {
  assert.deepEqual([shortTokens(812), shortTokens(7912), shortTokens(16_384)], ['812', '7.9k', '16k']);
  assert.deepEqual([percent(0.092), percent(0.41), percent(0), percent(1)], ['9.2 %', '41 %', '0 %', '100 %']);
  assert.deepEqual([signed(-0.774), signed(1.29), signed(0.001)], ['−0.77', '+1.29', '0.00']);
  assert.deepEqual([duration(0.21), duration(151), duration(33_120)], ['0.21 s', '151 s', '9 h 12 min']);
  assert.deepEqual([value(1e-6), value(0.85), value(16_384), value(0)], ['1e-6', '0.85', '16,384', '0']);
});

test('Wilson’s interval is never empty and holds the measured share', () => {
  const all = wilson(8, 8);
  assert.ok(all.high === 1 && all.low > 0.67 && all.low < 0.68, String(all.low));
  const half = wilson(8, 16);
  assert.ok(half.low < 0.5 && half.high > 0.5);
  assert.deepEqual(wilson(0, 0), { low: 0, high: 1 });
});

test('the time that is left is the clock’s, not the sum of what steps say of themselves', () => {
  const at = (n: number): RunEvent => ({ seq: n, time: new Date(now + 2000 * n).toISOString(), body: { type: 'step', step: n, metrics: { 'timing_s/step': 0.01 } } });
  const run = { ...sampleRun, step: 40, plannedSteps: 100 };
  assert.equal(timeLeft(run, model(Array.from({ length: 40 }, (_, index) => at(index + 1)))), 120);
  assert.equal(timeLeft(run, model([at(1)])), null);
  assert.equal(timeLeft({ ...run, status: 'stopped' }, model([at(1), at(2)])), null);
});

test('an axis has no label twice, and none before there is a value', () => {
  assert.deepEqual(axisLabels([0, 0.4, 0.8, 1.2], (value) => String(Math.round(value)), true), ['0', '', '1', '']);
  assert.deepEqual(axisLabels([0, 1], String, false), ['', '']);
});
