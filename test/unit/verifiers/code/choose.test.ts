import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseSandbox, sandboxChoice } from '../../../../server/verifiers/code/sandbox/choose.ts';

const options = { python: () => Promise.reject(new Error('a Python was looked for')), runner: '/nowhere' };

for (const platform of ['darwin', 'win32'] as const) {
  test(`where nothing holds on ${platform} code is refused, unsafe switch or not, and the message says what to do`, async () => {
    for (const allowUnsafe of [false, true]) {
      const chosen = await chooseSandbox('auto', allowUnsafe, options, platform);
      assert.ok('problem' in chosen);
      assert.match(chosen.problem, /namespaces: needs Linux; seccomp: needs Linux; pyodide: .*not run here.*WSL/);
    }
  });
}

test('a level in the environment is one of those that there are', () => {
  assert.deepEqual([sandboxChoice('pyodide'), sandboxChoice(undefined)], ['pyodide', 'auto']);
  assert.throws(() => sandboxChoice('unsafe'), /RLVR_CODE_SANDBOX is "unsafe"; there are auto, namespaces, seccomp, pyodide/);
});
