import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { encodeFrame, FrameError, FrameReader } from '../../../../server/verifiers/code/frames.ts';

test('frames survive being cut anywhere', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('C', 'E', 'D'), fc.nat(), fc.uint8Array({ maxLength: 40 }))), fc.integer({ min: 1, max: 13 }), (frames, step) => {
    const bytes = Buffer.concat(frames.flatMap(([type, job, payload]) => encodeFrame(type, job, Buffer.from(payload))));
    const reader = new FrameReader(1000);
    const got = [];
    for (let i = 0; i < bytes.length; i += step) got.push(...reader.push(bytes.subarray(i, i + step)));
    assert.deepEqual(got.map(({ type, job, payload }) => [type, job, [...payload]]), frames.map(([type, job, payload]) => [type, job, [...payload]]));
  }));
});

test('a frame longer than allowed ends the connection before it is buffered', () => {
  const [header = Buffer.alloc(0)] = encodeFrame('C', 1, Buffer.alloc(1001));
  assert.throws(() => new FrameReader(1000).push(header), FrameError);
});
