import * as v from 'valibot';
import { AuditedPairSchema, RolloutAuditSchema, SecondOpinionStatusSchema } from './audit.ts';
import { DecontaminationOptionsSchema, DecontaminationReportSchema } from './decontamination.ts';
import { FailingTestSchema, RunnerFilesSchema } from './failingTest.ts';
import { DecisionSchema, DomainSchema, FileIssueSchema, ProblemQuerySchema, ProblemRowSchema, ProblemSchema, ProblemSetInfoSchema } from './problem.ts';
import {
  RolloutFileInfoSchema, RolloutGroupSchema, RolloutPageSchema, RolloutQuerySchema, RolloutTotalsSchema,
  VerifiedSchema, VerifySummarySchema,
} from './rollout.ts';
import { LaunchPreviewSchema, LaunchRequestSchema, RecipeSchema, RunEventSchema, RunInfoSchema } from './training.ts';
import { ThinkingChoiceSchema } from './thinking.ts';
import { SandboxLevelSchema, VerdictSchema } from './verdict.ts';

type Schema = v.GenericSchema;

/** A request of the wire: its name and the schema of what goes in, what comes back, and what is streamed before. */
export interface RequestSpec<P extends Schema = Schema, R extends Schema = Schema, G extends Schema = Schema> {
  readonly method: string;
  readonly params: P;
  readonly result: R;
  readonly progress: G;
}
export interface NotificationSpec<P extends Schema = Schema> {
  readonly method: string;
  readonly params: P;
}
export type ParamsOf<S extends RequestSpec | NotificationSpec> = v.InferOutput<S['params']>;
export type ResultOf<S extends RequestSpec> = v.InferOutput<S['result']>;
export type ProgressOf<S extends RequestSpec> = v.InferOutput<S['progress']>;

const nothing = v.null();
const request = <P extends Schema, R extends Schema>(method: string, params: P, result: R): RequestSpec<P, R, typeof nothing> =>
  ({ method, params, result, progress: nothing });
const streaming = <P extends Schema, R extends Schema, G extends Schema>(method: string, params: P, result: R, progress: G): RequestSpec<P, R, G> =>
  ({ method, params, result, progress });

const notification = <P extends Schema>(method: string, params: P): NotificationSpec<P> => ({ method, params });

/** Progress of work over `total` items; null where the total is not known yet. */
export const ProgressSchema = v.object({ done: v.number(), total: v.nullable(v.number()), message: v.optional(v.string()) });
export type WorkProgress = v.InferOutput<typeof ProgressSchema>;

// ---- session

export const Hello = request('session/hello',
  v.object({
    protocol: v.object({ major: v.number(), minor: v.number() }),
    token: v.string(),
    client: v.string(),
  }),
  v.object({
    protocol: v.object({ major: v.number(), minor: v.number() }),
    serverVersion: v.string(),
    pid: v.number(),
    /** Identity of this server process: a client that sees another one must subscribe again. */
    instance: v.string(),
  }));

export const Status = request('session/status', v.object({}), v.object({
  uptimeSeconds: v.number(),
  clients: v.number(),
  sandbox: v.object({ level: SandboxLevelSchema, detail: v.string() }),
  python: v.nullable(v.object({ path: v.string(), version: v.string() })),
  pythonProblem: v.nullable(v.string()),
  mathWorkers: v.number(),
  codeWorkers: v.number(),
}));

/** What a client's settings say for the files below a folder. */
export const FolderSettingsSchema = v.object({
  path: v.string(),
  /** Of rollouts outside of run directories; those of a run are what its stage says. */
  thinkingOpened: ThinkingChoiceSchema,
  /** With what problem sets are compared, whenever they are opened, exported or trained on. */
  decontamination: DecontaminationOptionsSchema,
});
export type FolderSettings = v.InferOutput<typeof FolderSettingsSchema>;

/** Tells the server the settings of a client's folders: after every hello, and when they change. Of one folder the last word counts, for every client. */
export const Configure = request('session/configure', v.object({ folders: v.array(FolderSettingsSchema) }), v.object({}));

// ---- problems

const SetPath = v.object({ path: v.string() });

/** Finds problem sets and rollout files below the given folders by looking into them; never by extension alone. */
export const DiscoverFiles = streaming('files/discover',
  v.object({ roots: v.array(v.string()) }),
  v.object({
    /** `domain`: what the first records say, for forms that preselect; null or absent where they do not say. */
    files: v.array(v.object({
      path: v.string(),
      /** `unreadable`: by its name a data file, and nothing of it can be read; `reason` says why. */
      kind: v.picklist(['problems', 'rollouts', 'unreadable']),
      reason: v.optional(v.string()),
      schema: v.string(), size: v.number(), domain: v.optional(v.nullable(DomainSchema)),
    })),
    issues: v.array(v.object({ path: v.string(), message: v.string() })),
  }),
  ProgressSchema);

export const OpenProblems = streaming('problems/open', SetPath, ProblemSetInfoSchema, ProgressSchema);

export const ListProblems = request('problems/list',
  v.object({ path: v.string(), query: ProblemQuerySchema, offset: v.number(), limit: v.number() }),
  v.object({ total: v.number(), rows: v.array(ProblemRowSchema), generation: v.number() }));

/** The problem with the answer that counts, edited or not; `fileAnswer` is the one in the file. */
export const GetProblem = request('problems/get',
  v.object({ path: v.string(), id: v.string() }),
  v.object({ problem: ProblemSchema, row: ProblemRowSchema, fileAnswer: v.nullable(v.string()) }));

/** Stores decisions beside the set; `decision: null` takes an earlier one back. */
export const DecideProblems = request('problems/decide',
  v.object({ path: v.string(), changes: v.array(v.object({ id: v.string(), decision: v.nullable(DecisionSchema) })) }),
  v.object({ info: ProblemSetInfoSchema, rows: v.array(ProblemRowSchema) }));

export const ExportProblems = streaming('problems/export',
  v.object({
    path: v.string(),
    target: v.string(),
    format: v.picklist(['jsonl', 'verl-parquet']),
    /** What goes in: problems in state `ok` (the curated set), or all of the query. */
    query: v.optional(ProblemQuerySchema),
  }),
  v.object({ written: v.number(), removed: v.number(), removedPath: v.nullable(v.string()), warnings: v.array(v.string()) }),
  ProgressSchema);

/** A set changed on disk, or its states did. */
export const ProblemsChanged = notification('problems/changed', v.object({ path: v.string(), generation: v.number() }));

// ---- rollouts

export const OpenRollouts = streaming('rollouts/open', SetPath, RolloutFileInfoSchema, ProgressSchema);

export const ListGroups = request('rollouts/groups',
  v.object({ path: v.string(), query: RolloutQuerySchema, offset: v.number(), limit: v.number() }),
  v.object({ total: v.number(), totals: RolloutTotalsSchema, groups: v.array(RolloutGroupSchema), generation: v.number() }));

export const GetRollout = request('rollouts/get', v.object({ path: v.string(), ref: v.number() }), RolloutPageSchema);

/** A stretch of a response that was too long to be sent whole; offsets in UTF-16 units. */
export const GetRolloutText = request('rollouts/text',
  v.object({ path: v.string(), ref: v.number(), offset: v.number(), length: v.number() }),
  v.object({ text: v.string() }));

/** All recorded groups of one problem in the given rollout files. */
export const GetProblemRecord = request('rollouts/ofProblem',
  v.object({ problems: v.string(), id: v.string(), rollouts: v.array(v.string()) }),
  v.object({ groups: v.array(v.object({ path: v.string(), group: RolloutGroupSchema })) }));

/** A rollout file grew or changed, or verdicts of it became known. */
export const RolloutsChanged = notification('rollouts/changed', v.object({ path: v.string(), generation: v.number() }));

// ---- verifiers

/**
 * What to verify: records of a file on disk (`refs: null` = all), or lines of an unsaved document.
 * `problems` are sets where gold answers and tests are looked up when a rollout does not carry them.
 */
export const VerifyTargetSchema = v.variant('kind', [
  v.object({ kind: v.literal('file'), path: v.string(), refs: v.nullable(v.array(v.number())), lines: v.optional(v.array(v.number())) }),
  v.object({ kind: v.literal('text'), path: v.string(), lines: v.array(v.object({ line: v.number(), text: v.string() })) }),
]);
export type VerifyTarget = v.InferOutput<typeof VerifyTargetSchema>;

export const Verify = streaming('verifiers/verify',
  v.object({
    targets: v.array(VerifyTargetSchema),
    problems: v.array(v.string()),
    /** `auto` takes the verifier of the problem's domain; `custom:<file>` a workspace verifier (trusted workspaces only). */
    verifier: v.string(),
    /** Folder of custom verifiers, `<workspace>/rlvr/verifiers`; null in an untrusted workspace. */
    customFolder: v.nullable(v.string()),
    /** False in an untrusted workspace: programs that a model wrote are not run, their rollouts get the verdict `error`. */
    programs: v.boolean(),
    /** An evaluation may have the second checker asked about math answers that cannot be read; it must be installed. */
    secondOpinion: v.optional(v.boolean()),
  }),
  VerifySummarySchema,
  v.variant('type', [
    v.object({ type: v.literal('planned'), total: v.number() }),
    v.object({ type: v.literal('verified'), path: v.string(), ref: v.number(), result: VerifiedSchema }),
    v.object({ type: v.literal('issue'), path: v.string(), issue: FileIssueSchema }),
  ]));

export const ListVerifiers = request('verifiers/list',
  v.object({ customFolder: v.nullable(v.string()) }),
  v.object({ verifiers: v.array(v.object({ id: v.string(), title: v.string(), problem: v.nullable(v.string()) })) }));

/** One answer against one gold, for the inspector's "why?" and for trying things out. */
export const VerifyPair = request('verifiers/pair',
  v.object({ gold: v.string(), answer: v.string() }),
  v.object({ verdict: VerdictSchema }));

/** The second checker on the server's machine. Looking for it starts Python once: about a second. */
export const GetSecondOpinion = request('verifiers/secondOpinion', v.object({}), SecondOpinionStatusSchema);

/** Installs the second checker from the package registry. Only after the user agreed to what `verifiers/secondOpinion` says. */
export const InstallSecondOpinion = streaming('verifiers/installSecondOpinion', v.object({}), SecondOpinionStatusSchema, v.object({ message: v.string() }));

/**
 * Compares the math verifier with the second checker on a rollouts file. Streams every pair on which they disagree, the most
 * frequent first; a cancelled audit ends with the summary of what was asked.
 */
export const AuditMath = streaming('verifiers/audit',
  v.object({ path: v.string(), problems: v.array(v.string()) }),
  RolloutAuditSchema,
  v.variant('type', [
    v.object({ type: v.literal('read'), done: v.number(), total: v.number() }),
    v.object({ type: v.literal('asked'), done: v.number(), total: v.number(), found: v.array(AuditedPairSchema) }),
  ]));

/** The program of a rollout with the test it fails, for running it outside the sandbox; `runner` holds the Python files for that. */
export const GetFailingTest = request('verifiers/failingTest',
  v.object({ path: v.string(), ref: v.number(), problems: v.array(v.string()) }),
  v.object({ test: FailingTestSchema, runner: RunnerFilesSchema }));

// ---- curation

/** Compares a set with benchmarks and reports every overlap with its place. States of problems come from the check with the folder's settings, not from this one. */
export const Decontaminate = streaming('curation/decontaminate',
  v.object({ path: v.string(), ...DecontaminationOptionsSchema.entries }),
  DecontaminationReportSchema,
  ProgressSchema);

// ---- training

export const ListRecipes = request('training/recipes', v.object({}), v.object({ recipes: v.array(RecipeSchema) }));
export const PreviewLaunch = streaming('training/preview', LaunchRequestSchema, LaunchPreviewSchema, ProgressSchema);
export const Launch = streaming('training/launch', LaunchRequestSchema, RunInfoSchema, ProgressSchema);
export const ListRuns = request('runs/list', v.object({ roots: v.array(v.string()) }), v.object({ runs: v.array(RunInfoSchema) }));

/**
 * Hands the server the token of a Ray cluster, which it keeps in memory for this address; null takes it back. A server that was
 * restarted knows it no more: clients hand it over after every hello.
 */
export const GiveRayToken = request('training/rayToken', v.object({ address: v.string(), token: v.nullable(v.string()) }), v.object({}));

const RunRef = v.object({ directory: v.string() });
export const GetRun = request('runs/get', RunRef, RunInfoSchema);
export const StopRun = request('runs/stop', RunRef, RunInfoSchema);
export const ResumeRun = request('runs/resume', RunRef, RunInfoSchema);

/** Sends all events after `after` (0 = from the first) as notifications, then goes on live. */
export const SubscribeRun = request('runs/subscribe',
  v.object({ directory: v.string(), after: v.number() }),
  v.object({ info: RunInfoSchema, lastSeq: v.number() }));
export const UnsubscribeRun = request('runs/unsubscribe', RunRef, v.object({}));

export const RunEvents = notification('runs/events', v.object({ directory: v.string(), events: v.array(RunEventSchema) }));

/** A run appeared or its status changed; sent to every client that listed its root. */
export const RunChanged = notification('runs/changed', v.object({ run: RunInfoSchema }));
