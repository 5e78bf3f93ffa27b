import { Status } from '../../protocol/methods.ts';
import type { Router } from '../router.ts';
import type { Services } from '../services.ts';
import type { RunningServer } from '../webSocketServer.ts';

export function registerSession(router: Router, _services: Services, server: RunningServer): void {
  router.handle(Status, () => ({
    uptimeSeconds: process.uptime(),
    clients: server.clients(),
    sandbox: { level: 'none' as const, detail: 'not started' },
    python: null,
    pythonProblem: null,
    mathWorkers: 0,
    codeWorkers: 0,
  }));
}
