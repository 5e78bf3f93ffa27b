import { Decontaminate } from '../../protocol/methods.ts';
import type { Router } from '../router.ts';
import type { Services } from '../services.ts';

export function registerCuration(router: Router, { problems, checks }: Services): void {
  router.handle(Decontaminate, async ({ path, ...options }, call) => checks.report(await problems.set(path, { signal: call.signal }), options, call));
}
