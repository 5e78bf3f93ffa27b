import { DiscoverFiles } from '../../protocol/methods.ts';
import { discover } from '../../rollouts/discover.ts';
import type { Router } from '../router.ts';

export function registerFiles(router: Router): void {
  router.handle(DiscoverFiles, (params, call) => discover(params, call));
}
