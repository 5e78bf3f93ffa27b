import { Configure, Status } from '../../protocol/methods.ts';
import type { Router } from '../router.ts';
import type { Services } from '../services.ts';
import type { RunningServer } from '../webSocketServer.ts';

export function registerSession(router: Router, services: Services, server: RunningServer): void {
  const { verifiers } = services;
  router.handle(Configure, ({ folders }) => {
    services.configure(folders);
    return {};
  });
  router.handle(Status, async () => {
    const code = await verifiers.code.status();
    return {
      uptimeSeconds: process.uptime(),
      clients: server.clients(),
      sandbox: code.sandbox,
      python: code.python,
      pythonProblem: code.problem,
      mathWorkers: verifiers.math.workers,
      codeWorkers: code.slots,
    };
  });
}
