import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { parseStartOptions } from '../../../scripts/start/options.ts';

test('npm start without arguments opens the samples on a free port', () => {
  assert.deepEqual(parseStartOptions([]), { folder: undefined, port: undefined, desktop: false, freshSamples: false, help: false });
});

test('a folder is made absolute, a port is a number', () => {
  const options = parseStartOptions(['sets', '--port', '8000', '--fresh-samples']);
  assert.equal(options.folder, resolve('sets'));
  assert.equal(options.port, 8000);
  assert.equal(options.freshSamples, true);
});

for (const wrong of [['--port', '0'], ['--port', '65536'], ['--port', 'x'], ['--port', '1.5'], ['a', 'b'], ['--prot', '1']]) {
  test(`refused: ${wrong.join(' ')}`, () => assert.throws(() => parseStartOptions(wrong)));
}
