// Each page with sample data, as its tests find it.
import { listRecipes } from '../../../server/training/recipes/recipes.ts';
import type { RolloutPage } from '../../../server/protocol/rollout.ts';
import { type AuditAction, AuditActionSchema, type AuditEvent } from '../../../webview/audit/contract.ts';
import { DashboardActionSchema, type DashboardAction, type DashboardEvent } from '../../../webview/dashboard/contract.ts';
import { Groups, InspectorActionSchema, OneRollout, RolloutText, type InspectorAction, type InspectorEvent } from '../../../webview/inspector/contract.ts';
import { LauncherActionSchema, Preview, type LauncherAction, type LauncherEvent, type PageLaunch } from '../../../webview/launcher/contract.ts';
import { ProblemActionSchema, type ProblemAction, type ProblemEvent } from '../../../webview/problem/contract.ts';
import { sampleAudit, samplePairs } from './auditData.ts';
import type { Stands } from './pageTest.ts';
import { codeProblem, codeRow, mathProblem, mathRow, sampleRecord } from './problemData.ts';
import type { SampleRollouts } from './rolloutData.ts';
import { sampleEvents, sampleRun, stageRuns } from './runData.ts';
import type { Stand, StandOptions } from './stand.ts';

export type InspectorStand = Stand<InspectorEvent, InspectorAction>;

export async function inspector(stands: Stands, data: SampleRollouts, options: Partial<StandOptions<InspectorAction>> & { rollout?: (ref: number) => RolloutPage; text?: string } = {}): Promise<InspectorStand> {
  const stand = await stands.open<InspectorEvent, InspectorAction>({ page: 'inspector', actions: InspectorActionSchema, ...options });
  stand.channel.serve(Groups, ({ query, offset, limit }) => Promise.resolve(data.page(query.query ?? '', offset, limit)));
  stand.channel.serve(OneRollout, ({ ref }) => Promise.resolve(options.rollout?.(ref) ?? data.rollout(ref)));
  stand.channel.serve(RolloutText, ({ offset, length }) => Promise.resolve({ text: (options.text ?? '').slice(offset, offset + length) }));
  stand.channel.send({ type: 'start', file: 'step_0120.jsonl', folder: 'rollouts', trusted: true });
  stand.channel.send({ type: 'opened', info: data.info });
  return stand;
}

export async function launcher(stands: Stands, preview: (request: PageLaunch) => { errors: number }, options: Partial<StandOptions<LauncherAction>> = {}): Promise<Stand<LauncherEvent, LauncherAction>> {
  const stand = await stands.open<LauncherEvent, LauncherAction>({ page: 'launcher', actions: LauncherActionSchema, ...options });
  stand.channel.serve(Preview, (request) => Promise.resolve({
    directory: `/lab/runs/${request.runId}`, files: [], command: `run \\\n  n=${request.settings.rolloutsPerProblem}`, stepsPerEpoch: 5, problems: { total: 60, kept: 41, removed: { contaminated: 19 } },
    lints: [
      ...Array.from({ length: preview(request).errors }, () => ({ severity: 'error' as const, field: 'problems', message: 'choose a problem set' })),
      ...(request.settings.batchSize > 41 ? [{ severity: 'warning' as const, field: 'batchSize', message: 'fewer problems than a batch', suggestion: { text: '32', label: 'Use a batch of 32' } }] : []),
    ],
  }));
  const file = (name: string, domain: 'math' | 'code' = 'math') => ({ path: `/lab/${name}`, name, schema: 'rlvr', domain });
  stand.channel.send({ type: 'start', recipes: listRecipes(), problems: [file('problems/code.jsonl', 'code'), file('problems/math.jsonl')], rollouts: [file('rollouts/math.jsonl')], finished: [], root: '/lab/runs', trusted: true, recipeId: null, stageId: 'math-16k' });
  return stand;
}

export async function dashboard(stands: Stands, options: Partial<StandOptions<DashboardAction>> = {}): Promise<Stand<DashboardEvent, DashboardAction>> {
  const stand = await stands.open<DashboardEvent, DashboardAction>({ page: 'dashboard', actions: DashboardActionSchema, ...options });
  stand.channel.send({ type: 'start', directory: sampleRun.directory, run: sampleRun, trusted: true });
  stand.channel.send({ type: 'events', events: sampleEvents(40) });
  stand.channel.send({ type: 'stages', stages: stageRuns });
  return stand;
}

export async function problem(stands: Stands, options: Partial<StandOptions<ProblemAction>> & { code?: boolean } = {}): Promise<Stand<ProblemEvent, ProblemAction>> {
  const stand = await stands.open<ProblemEvent, ProblemAction>({ page: 'problem', actions: ProblemActionSchema, ...options });
  const shown = options.code ? { problem: codeProblem, row: codeRow } : { problem: mathProblem, row: mathRow };
  stand.channel.send({ type: 'start', path: '/lab/problems/math.jsonl', name: 'problems/math.jsonl', id: shown.problem.id });
  stand.channel.send({ type: 'problem', fileAnswer: shown.problem.answer, ...shown });
  stand.channel.send({ type: 'record', record: sampleRecord(), issue: null });
  return stand;
}

export async function audit(stands: Stands, options: Partial<StandOptions<AuditAction>> & { pairs?: number } = {}): Promise<Stand<AuditEvent, AuditAction>> {
  const stand = await stands.open<AuditEvent, AuditAction>({ page: 'audit', actions: AuditActionSchema, ...options });
  stand.channel.send({ type: 'start', path: '/lab/rollouts/math.jsonl', name: 'rollouts/math.jsonl', trusted: true });
  stand.channel.send({ type: 'found', from: 0, pairs: samplePairs(options.pairs ?? 40) });
  stand.channel.send({ type: 'progress', progress: { phase: 'ended', audit: sampleAudit } });
  return stand;
}
