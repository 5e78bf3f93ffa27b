import type { Router } from '../router.ts';
import type { Services } from '../services.ts';
import type { RunningServer } from '../webSocketServer.ts';
import { registerSession } from './session.ts';

/** Connects every request of the wire with the feature that answers it. */
export function registerHandlers(router: Router, services: Services, server: RunningServer): void {
  registerSession(router, services, server);
}
