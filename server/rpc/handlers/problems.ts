import { DecideProblems, ExportProblems, GetProblem, ListProblems, OpenProblems, ProblemsChanged } from '../../protocol/methods.ts';
import type { Router } from '../router.ts';
import type { Services } from '../services.ts';
import type { RunningServer } from '../webSocketServer.ts';

export function registerProblems(router: Router, { problems }: Services, server: RunningServer): void {
  router.handle(OpenProblems, (params, call) => problems.open(params, call));
  router.handle(ListProblems, (params, call) => problems.list(params, { signal: call.signal }));
  router.handle(GetProblem, (params, call) => problems.get(params, { signal: call.signal }));
  router.handle(DecideProblems, (params, call) => problems.decide(params, { signal: call.signal }));
  router.handle(ExportProblems, (params, call) => problems.export(params, call));
  problems.onChanged((change) => server.broadcast(ProblemsChanged, change));
}
