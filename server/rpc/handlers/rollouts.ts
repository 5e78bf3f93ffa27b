import { GetProblemRecord, GetRollout, GetRolloutText, ListGroups, OpenRollouts, RolloutsChanged } from '../../protocol/methods.ts';
import type { Router } from '../router.ts';
import type { Services } from '../services.ts';
import type { RunningServer } from '../webSocketServer.ts';

export function registerRollouts(router: Router, { rollouts }: Services, server: RunningServer): void {
  router.handle(OpenRollouts, (params, call) => rollouts.open(params, call));
  router.handle(ListGroups, (params, call) => rollouts.groups(params, { signal: call.signal }));
  router.handle(GetRollout, (params, call) => rollouts.get(params, { signal: call.signal }));
  router.handle(GetRolloutText, (params, call) => rollouts.text(params, { signal: call.signal }));
  router.handle(GetProblemRecord, (params, call) => rollouts.ofProblem(params, { signal: call.signal }));
  rollouts.onChanged((change) => server.broadcast(RolloutsChanged, change));
}
