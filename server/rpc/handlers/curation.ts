import { checkSet } from '../../curation/decontamination/checkSet.ts';
import { Decontaminate } from '../../protocol/methods.ts';
import type { Router } from '../router.ts';
import type { Services } from '../services.ts';

export function registerCuration(router: Router, { problems, decontaminator }: Services): void {
  router.handle(Decontaminate, (params, call) => checkSet(problems, decontaminator, params, call));
}
