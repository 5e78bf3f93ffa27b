import { readFile } from 'node:fs/promises';
import { AuditMath, GetFailingTest, GetSecondOpinion, InstallSecondOpinion, ListVerifiers, Verify, VerifyPair } from '../../protocol/methods.ts';
import { auditRollouts } from '../../rollouts/auditRollouts.ts';
import { failingTest } from '../../rollouts/failingTest.ts';
import { verifyRollouts } from '../../rollouts/verifyRollouts.ts';
import { createPeerPool } from '../../verifiers/secondOpinion/peerPool.ts';
import { shippedFile } from '../parts.ts';
import type { Router } from '../router.ts';
import type { Services } from '../services.ts';
import { AuditStream } from './auditStream.ts';

/** What runs a program on one test, by the name it is given beside the program. */
const RUNNER = { 'run_test.py': 'python/run_test.py', 'prelude.py': 'python/code_runner/prelude.py' };

/** Processes of the second checker in an audit. */
const AUDIT_WORKERS = 2;

export function registerVerifiers(router: Router, { rollouts, verifiers }: Services): void {
  router.handle(Verify, async (params, call) => {
    const verifierOf = await verifiers.select(params.verifier, params.customFolder, params.programs, { secondOpinion: params.secondOpinion === true });
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
  router.handle(GetSecondOpinion, (_params, call) => verifiers.peer.status(call.signal));
  router.handle(InstallSecondOpinion, async (_params, call) => {
    await verifiers.peer.install((message) => call.progress({ message }), call.signal);
    return verifiers.peer.status(call.signal);
  });
  router.handle(AuditMath, async ({ path, problems }, call) => {
    const { python, versions } = await verifiers.peer.get(call.signal);
    // A pool of its own: closing it ends its processes whatever they are busy with.
    const peer = createPeerPool({ python, workers: AUDIT_WORKERS });
    const stream = new AuditStream((event) => call.progress(event));
    try {
      return await auditRollouts(rollouts, { path, problems, math: verifiers.math, peer, workers: AUDIT_WORKERS, checker: versions }, stream, call.signal);
    } finally {
      stream.flush();
      await peer.dispose();
    }
  });
}
