// The one question first: is this run healthy? One word, one sentence, and what speaks for and against it. Pure.
import type { RunInfo } from '../../server/protocol/training.ts';
import { count, percent, duration } from '../ui/format.ts';
import type { RunModel } from './runModel.ts';
import { type Trend, trend } from './smooth.ts';

export interface Sign { readonly good: boolean; readonly text: string }
export interface Health {
  readonly level: 'healthy' | 'look' | 'broken' | 'ended' | 'unknown';
  readonly word: string;
  readonly sentence: string;
  readonly signs: readonly Sign[];
}

/** Entropy near 0: the policy says the same every time. Half of the lowest value of the paper's healthy curves (Fig. 3c). */
const DEAD_ENTROPY = 0.05;
/** A step that takes this many times the usual one is worth a look. */
const SILENT_STEPS = 5;

/** Warnings older than this many steps have passed. */
const RECENT_STEPS = 10;

/** `now`: ms since the epoch. */
export function healthOf(run: RunInfo, model: RunModel, now: number): Health {
  const signs = signsOf(run, model);
  const against = signs.filter((sign) => !sign.good);
  const silent = silence(run, model, now);
  switch (run.status) {
    case 'failed': return { level: 'broken', word: 'Failed', sentence: run.message || 'The run failed.', signs };
    case 'lost': return { level: 'broken', word: 'Lost', sentence: `${run.message || 'Nothing is known of the process any more.'} What is on disk is safe; it can be resumed.`, signs };
    case 'stopped': return { level: 'ended', word: 'Stopped', sentence: run.message.replace(/^stopped;? */, '') || `at step ${count(run.step)}`, signs };
    case 'succeeded': return { level: 'ended', word: 'Finished', sentence: `${count(run.step)} steps${against.length > 0 ? `, with ${against.length === 1 ? 'one doubt' : `${against.length} doubts`}` : ''}`, signs };
    case 'preparing': case 'pending': return { level: 'unknown', word: run.status === 'pending' ? 'Waiting' : 'Preparing', sentence: run.message || 'No step yet.', signs };
    case 'stopping': return { level: 'unknown', word: 'Stopping', sentence: run.message, signs };
    case 'running':
  }
  if (silent) return { level: 'look', word: 'Silent', sentence: silent, signs };
  if (model.steps.length === 0) return { level: 'unknown', word: 'Starting', sentence: run.message || 'No step has ended yet.', signs };
  const error = model.alerts.find((alert) => alert.severity === 'error' && (alert.step === null || alert.step > run.step - RECENT_STEPS));
  if (error) return { level: 'broken', word: 'Needs you', sentence: error.message, signs };
  const warning = model.alerts.find((alert) => alert.step === null || alert.step > run.step - RECENT_STEPS);
  if (warning) return { level: 'look', word: 'Needs a look', sentence: warning.message, signs };
  const [first] = against;
  if (first) return { level: 'look', word: 'Needs a look', sentence: against.length === 1 ? first.text : `${first.text}, and ${against.length - 1} more`, signs };
  if (signs.length === 0) return { level: 'unknown', word: 'Too early to say', sentence: `${model.steps.length} of ${run.plannedSteps} steps`, signs };
  return { level: 'healthy', word: 'Healthy', sentence: signs.slice(0, 3).map((sign) => sign.text).join(', '), signs };
}

function signsOf({ settings }: RunInfo, model: RunModel): Sign[] {
  const signs: Sign[] = [];
  const reward = trend(model.series('critic/score/mean'));
  if (reward) signs.push(reward.to >= reward.from - noise(reward, 0.02) ? { good: true, text: `reward ${direction(reward)} ${reward.from.toFixed(2)} → ${reward.to.toFixed(2)}` } : { good: false, text: `reward fell from ${reward.from.toFixed(2)} to ${reward.to.toFixed(2)}` });
  const cut = model.latest('response_length/clip_ratio');
  const cutTrend = trend(model.series('response_length/clip_ratio'));
  if (cut !== null) signs.push(cut >= 0.5 ? { good: false, text: `${percent(cut)} of responses are cut` } : cutTrend && cutTrend.to > cutTrend.from + noise(cutTrend, 0.05) ? { good: false, text: `cut responses rise to ${percent(cut)}` } : { good: true, text: `${percent(cut)} cut` });
  const entropy = model.latest('actor/entropy');
  const entropyTrend = trend(model.series('actor/entropy'));
  if (entropy !== null) signs.push(entropy < DEAD_ENTROPY ? { good: false, text: `entropy ${entropy.toFixed(2)}: nothing left to explore` } : entropyTrend && entropyTrend.to > 2 * entropyTrend.from ? { good: false, text: `entropy doubled to ${entropyTrend.to.toFixed(2)}` } : { good: true, text: `entropy ${entropy.toFixed(2)}` });
  const noSignal = model.latest('groups/no_signal');
  if (noSignal !== null) signs.push(noSignal >= 0.8 ? { good: false, text: `${percent(noSignal)} of groups give no signal` } : { good: true, text: `${percent(1 - noSignal)} of groups give a signal` });
  const errors = model.latest('verifier/error_rate');
  if (errors !== null && errors > 0) signs.push({ good: false, text: `the verifier failed on ${percent(errors)} of the rollouts` });
  const kl = model.latest('actor/ppo_kl');
  if (kl !== null && settings.updatesPerBatch === 1) signs.push(Math.abs(kl) < 1e-3 ? { good: true, text: 'one update per batch: on-policy' } : { good: false, text: `ppo_kl is ${kl.toPrecision(2)} though there is one update per batch` });
  return signs;
}

/** Changes below this say nothing: two standard errors, but at least `least`. */
function noise({ error }: Trend, least: number): number {
  return Math.max(least, 2 * error);
}

function direction(moved: Trend): string {
  return Math.abs(moved.to - moved.from) <= noise(moved, 0.01) ? 'steady' : moved.to > moved.from ? 'rising' : 'falling';
}

/** A running run that has said nothing for several steps' time. */
function silence(run: RunInfo, model: RunModel, now: number): string | null {
  const last = model.lastTime === null ? NaN : Date.parse(model.lastTime);
  const step = model.latest('timing_s/step');
  if (!Number.isFinite(last) || step === null) return null;
  const quiet = (now - last) / 1000;
  return quiet > Math.max(60, SILENT_STEPS * step) ? `no news for ${duration(quiet)}; a step usually takes ${duration(step)} (step ${count(run.step)} of ${count(run.plannedSteps)})` : null;
}
