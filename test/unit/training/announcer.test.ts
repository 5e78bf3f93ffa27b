import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunEvent, RunInfo, RunStatus } from '../../../server/protocol/training.ts';
import { RunAnnouncer } from '../../../server/training/runs/announcer.ts';
import { eventually } from '../../support/eventually.ts';

/** Only what the announcer looks at. */
function runAt(step: number, status: RunStatus): { info(): RunInfo } {
  return { info: () => ({ directory: '/runs/a', status, step }) as RunInfo };
}
const stepEvent: RunEvent = { seq: 1, time: '2026-01-01T00:00:00Z', body: { type: 'log', stream: 'server', text: 'step' } };

test('the last of quick changes is announced although no other follows, and a status at once', async (context) => {
  const announcer = new RunAnnouncer();
  context.after(() => { announcer.dispose(); });
  const told: [number, RunStatus][] = [];
  announcer.onAnnounced(({ step, status }) => told.push([step, status]));
  for (let step = 1; step <= 5; step++) announcer.changed(runAt(step, 'running'), [stepEvent]);
  assert.deepEqual(told, [[1, 'running']]);
  await eventually(() => told.length > 1, 'the held back change is announced');
  announcer.changed(runAt(6, 'succeeded'), [stepEvent]);
  assert.deepEqual(told.at(-1), [6, 'succeeded']);
});
