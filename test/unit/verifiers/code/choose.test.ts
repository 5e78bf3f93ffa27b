import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseSandbox } from '../../../../server/verifiers/code/sandbox/choose.ts';
import type { SandboxOptions } from '../../../../server/verifiers/code/sandbox/sandbox.ts';

const options: SandboxOptions = { interpreter: { executable: '/nowhere/python3', version: '3.11.7', numpy: null, folders: [], path: [], prefixes: ['', ''] }, runner: '/nowhere' };

for (const platform of ['darwin', 'win32'] as const) {
  test(`code is refused on ${platform}, unsafe switch or not, and the message says what to do`, async () => {
    for (const allowUnsafe of [false, true]) {
      const chosen = await chooseSandbox('auto', allowUnsafe, options, platform);
      assert.ok('problem' in chosen);
      assert.match(chosen.problem, /Linux only.*not run here.*WSL/);
    }
  });
}
