import type { Router } from '../router.ts';
import type { Services } from '../services.ts';
import type { RunningServer } from '../webSocketServer.ts';
import { registerCuration } from './curation.ts';
import { registerFiles } from './files.ts';
import { registerProblems } from './problems.ts';
import { registerRollouts } from './rollouts.ts';
import { registerSession } from './session.ts';
import { registerTraining } from './training.ts';
import { registerVerifiers } from './verifiers.ts';

/** Connects every request of the wire with the feature that answers it. */
export function registerHandlers(router: Router, services: Services, server: RunningServer): void {
  registerSession(router, services, server);
  registerFiles(router);
  registerProblems(router, services, server);
  registerRollouts(router, services, server);
  registerVerifiers(router, services);
  registerCuration(router, services);
  registerTraining(router, services, server);
}
