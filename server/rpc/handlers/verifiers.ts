import { ListVerifiers, Verify, VerifyPair } from '../../protocol/methods.ts';
import { verifyRollouts } from '../../rollouts/verifyRollouts.ts';
import type { Router } from '../router.ts';
import type { Services } from '../services.ts';

export function registerVerifiers(router: Router, { rollouts, verifiers }: Services): void {
  router.handle(Verify, async (params, call) => {
    const verifierOf = await verifiers.select(params.verifier, params.customFolder, params.programs);
    return verifyRollouts(rollouts, { targets: params.targets, problems: params.problems, verifierOf }, {
      planned: (total) => call.progress({ type: 'planned', total }),
      verified: (path, ref, result) => call.progress({ type: 'verified', path, ref, result }),
      issue: (path, issue) => call.progress({ type: 'issue', path, issue }),
    }, call.signal);
  });
  router.handle(ListVerifiers, async ({ customFolder }) => ({ verifiers: await verifiers.list(customFolder) }));
  router.handle(VerifyPair, async ({ gold, answer }, call) => ({ verdict: await verifiers.math.verifyPair(gold, answer, call.signal) }));
}
