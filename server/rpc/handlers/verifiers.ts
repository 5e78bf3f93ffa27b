import { readFile } from 'node:fs/promises';
import { GetFailingTest, ListVerifiers, Verify, VerifyPair } from '../../protocol/methods.ts';
import { failingTest } from '../../rollouts/failingTest.ts';
import { verifyRollouts } from '../../rollouts/verifyRollouts.ts';
import { shippedFile } from '../parts.ts';
import type { Router } from '../router.ts';
import type { Services } from '../services.ts';

/** What runs a program on one test, by the name it is given beside the program. */
const RUNNER = { 'run_test.py': 'python/run_test.py', 'prelude.py': 'python/code_runner/prelude.py' };

export function registerVerifiers(router: Router, { rollouts, verifiers }: Services): void {
  router.handle(Verify, async (params, call) => {
    const verifierOf = await verifiers.select(params.verifier, params.customFolder, params.programs);
    return verifyRollouts(rollouts, { targets: params.targets, problems: params.problems, verifierOf }, {
      planned: (total) => call.progress({ type: 'planned', total }),
      verified: (path, ref, result) => call.progress({ type: 'verified', path, ref, result }),
      issue: (path, issue) => call.progress({ type: 'issue', path, issue }),
    }, call.signal);
  });
  router.handle(GetFailingTest, async (params, call) => ({
    test: await failingTest(rollouts, verifiers.code, params, { signal: call.signal }),
    runner: await Promise.all(Object.entries(RUNNER).map(async ([name, file]) => ({ name, text: await readFile(shippedFile(file), 'utf8') }))),
  }));
  router.handle(ListVerifiers, async ({ customFolder }) => ({ verifiers: await verifiers.list(customFolder) }));
  router.handle(VerifyPair, async ({ gold, answer }, call) => ({ verdict: await verifiers.math.verifyPair(gold, answer, call.signal) }));
}
