import { Decontaminator } from '../curation/decontamination/decontaminator.ts';
import { SetChecks } from '../curation/decontamination/setChecks.ts';
import { ruleLabels } from '../curation/ruleLabels.ts';
import { DEFAULT_DECONTAMINATION, type DecontaminationOptions } from '../protocol/decontamination.ts';
import type { FolderSettings } from '../protocol/methods.ts';
import type { ThinkingChoice } from '../protocol/thinking.ts';
import { FINAL_STATUSES } from '../protocol/training.ts';
import { ProblemStore } from '../problems/store.ts';
import { RolloutStore } from '../rollouts/store.ts';
import { RayTokens } from '../training/rayTokens.ts';
import { RunManager } from '../training/runManager.ts';
import { trainingPorts } from '../training/rooms.ts';
import { VerifierSet } from '../verifiers/verifierSet.ts';
import { shippedFile } from './parts.ts';
import { SettingsOfFolders } from './folderSettings.ts';
import { serverVersion } from './serverVersion.ts';

export interface ServiceOptions {
  /** Python for code verification; null: python3 on PATH. */
  readonly python: string | null;
  readonly unsafeCode: boolean;
  /** Environment of the second math checker; default: in the user's cache. */
  readonly peerFolder?: string | undefined;
  /** Order of code tests (CodeVerifierOptions). */
  readonly order?: 'list' | 'early';
  /** What is told of the thinking parts of all rollouts, whatever runs and settings say. */
  readonly thinkingOpened?: ThinkingChoice | undefined;
  /** With what problem sets are compared that are in no folder which a client told of. */
  readonly decontamination?: DecontaminationOptions | undefined;
}

/** Everything the handlers and commands call, built once per process; nothing starts a worker before its first use. */
export class Services {
  readonly verifiers: VerifierSet;
  readonly #settings = new SettingsOfFolders();
  readonly checks: SetChecks;
  readonly problems: ProblemStore;
  readonly rollouts: RolloutStore;
  readonly rayTokens = new RayTokens(process.env);
  readonly training: RunManager;
  readonly #active = new Set<string>();

  constructor(options: ServiceOptions) {
    this.verifiers = new VerifierSet(options);
    this.checks = new SetChecks(new Decontaminator(), (path) => this.#settings.of(path)?.decontamination ?? options.decontamination ?? DEFAULT_DECONTAMINATION);
    this.problems = new ProblemStore({ labels: ruleLabels, check: this.checks });
    this.rollouts = new RolloutStore(this.problems, { of: (path) => this.#settings.of(path)?.thinkingOpened ?? 'auto', always: options.thinkingOpened });
    this.training = new RunManager(trainingPorts({
      problems: this.problems,
      comparedWith: (set, work) => this.checks.comparedWith(set, work),
      rollouts: this.rollouts,
      verifiers: this.verifiers,
      serverVersion: serverVersion(),
      rewardFunction: shippedFile('python/rlvr_reward.py'),
      rayTokens: this.rayTokens,
    }));
    this.training.onRunChanged((run) => {
      if (FINAL_STATUSES.includes(run.status)) this.#active.delete(run.directory);
      else this.#active.add(run.directory);
    });
  }

  /** Takes a client's settings; files that are open and read otherwise by them are read again. */
  configure(folders: readonly FolderSettings[]): void {
    this.#settings.tell(folders);
    // Nobody waits for it: a large file takes its time.
    void this.rollouts.toldAnew();
    void this.problems.checkAgain();
  }

  /** True while a run is active here: an idle server with a run stays. */
  busy(): boolean {
    return this.#active.size > 0;
  }

  /** Lets go of everything; runs that go on elsewhere (Ray) do so, a rehearsal continues when a server lists it again. */
  async dispose(): Promise<void> {
    await this.training.close();
    await Promise.all([this.verifiers.dispose(), this.rollouts.dispose()]);
    await this.problems.dispose();
  }
}
