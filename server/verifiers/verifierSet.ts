import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { RequestError } from '../protocol/errors.ts';
import type { Domain } from '../protocol/problem.ts';
import { createCodeVerifier, type CodeVerifier } from './code/codeVerifier.ts';
import { sandboxChoice } from './code/sandbox/choose.ts';
import { createCustomVerifier, listCustomVerifiers } from './custom/verifier.ts';
import { createMathVerifier, type MathVerifier } from './math/verifier.ts';
import { noPrograms } from './noPrograms.ts';
import { PeerEnvironment } from './secondOpinion/peerEnvironment.ts';
import { createPeerPool, type SecondOpinion } from './secondOpinion/peerPool.ts';
import { withSecondOpinion } from './secondOpinion/withSecondOpinion.ts';
import type { Verifier } from './verifier.ts';

export interface VerifierSetOptions {
  readonly python: string | null;
  /** Run programs without a sandbox where none works. */
  readonly unsafeCode: boolean;
  /** Environment of the second checker; default: in the user's cache. */
  readonly peerFolder?: string | undefined;
  /** Code: may tests that failed most programs run before their turn? Default: list order. */
  readonly order?: 'list' | 'early';
}

/** What an evaluation may choose beside the verifier. Rewards are made without any of it. */
export interface EvaluationOptions {
  /** Ask the second checker about math answers that cannot be read. */
  readonly secondOpinion?: boolean;
}

export interface VerifierChoice {
  readonly id: string;
  readonly title: string;
  /** Why it cannot be used; null when it can. */
  readonly problem: string | null;
}

/** All verifiers of this process. Each starts its workers at its first task. */
export class VerifierSet {
  /** The second checker, as far as it is installed here. */
  readonly peer: PeerEnvironment;
  readonly #options: VerifierSetOptions;
  /** By file, made anew when the file was edited. */
  readonly #custom = new Map<string, { readonly edited: number; readonly verifier: Verifier }>();
  #math: MathVerifier | null = null;
  #code: CodeVerifier | null = null;
  /** The second checker's processes; none lives while nothing is asked. */
  #peerPool: { readonly python: string; readonly pool: SecondOpinion } | null = null;

  constructor(options: VerifierSetOptions) {
    this.#options = options;
    this.peer = new PeerEnvironment(options.python, options.peerFolder);
  }

  get math(): MathVerifier {
    return (this.#math ??= createMathVerifier());
  }

  get code(): CodeVerifier {
    const { python, unsafeCode, order = 'list' } = this.#options;
    return (this.#code ??= createCodeVerifier({ python, allowUnsafe: unsafeCode, order, sandbox: sandboxChoice(process.env['RLVR_CODE_SANDBOX']) }));
  }

  ofDomain(domain: Domain): Verifier {
    return domain === 'math' ? this.math : this.code;
  }

  /**
   * `auto`: by domain; `math`, `code`; `custom:<file name>` in the folder; a path of a JavaScript file (command line).
   * With `programs` false nothing of a model or of the workspace is executed.
   * @throws RequestError for an unknown one, and when a second opinion is wanted that is not installed
   */
  async select(id: string, customFolder: string | null, programs = true, { secondOpinion = false }: EvaluationOptions = {}): Promise<(domain: Domain) => Verifier> {
    const math = secondOpinion && (id === 'auto' || id === 'math') ? withSecondOpinion(this.math, await this.#secondOpinion()) : this.math;
    const ofDomain = (domain: Domain): Verifier => (domain === 'math' ? math : programs ? this.code : noPrograms);
    if (id === 'auto') return ofDomain;
    if (id === 'math' || id === 'code') return () => ofDomain(id);
    if (!programs) throw new RequestError('bad-input', 'Custom verifiers run in trusted workspaces only.');
    const verifier = await this.#customVerifier(await this.#customFile(id, customFolder));
    return () => verifier;
  }

  async list(customFolder: string | null): Promise<VerifierChoice[]> {
    const custom = customFolder === null ? [] : await listCustomVerifiers(customFolder);
    return [
      { id: 'auto', title: 'By domain', problem: null },
      { id: 'math', title: 'Math: boxed answer', problem: null },
      { id: 'code', title: 'Code: all tests', problem: null },
      ...custom.map(({ file, problem }) => ({ id: `custom:${basename(file)}`, title: basename(file), problem })),
    ];
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#math?.dispose(), this.#code?.dispose(), this.#peerPool?.pool.dispose(), ...[...this.#custom.values()].map(({ verifier }) => verifier.dispose())]);
  }

  async #secondOpinion(): Promise<SecondOpinion> {
    const { python } = await this.peer.get();
    if (this.#peerPool?.python !== python) {
      await this.#peerPool?.pool.dispose();
      this.#peerPool = { python, pool: createPeerPool({ python }) };
    }
    return this.#peerPool.pool;
  }

  async #customFile(id: string, folder: string | null): Promise<string> {
    if (/\.m?js$/.test(id) && !id.startsWith('custom:')) return resolve(id);
    if (!id.startsWith('custom:')) throw new RequestError('not-found', `There is no verifier ${JSON.stringify(id)}: there are auto, math, code, and JavaScript files.`);
    if (folder === null) throw new RequestError('bad-input', `${JSON.stringify(id)} names a file in a workspace's folder of verifiers, and no such folder is given.`);
    const known = await listCustomVerifiers(folder);
    const found = known.find(({ file }) => `custom:${basename(file)}` === id);
    if (!found) throw new RequestError('not-found', `There is no verifier ${JSON.stringify(id)} in ${folder}.`);
    if (found.problem !== null) throw new RequestError('bad-input', found.problem);
    return found.file;
  }

  async #customVerifier(file: string): Promise<Verifier> {
    try {
      const { mtimeMs: edited } = await stat(file);
      const former = this.#custom.get(file);
      if (former?.edited === edited) return former.verifier;
      const verifier = await createCustomVerifier(file);
      this.#custom.set(file, { edited, verifier });
      await former?.verifier.dispose();
      return verifier;
    } catch (error) {
      throw new RequestError('bad-input', error instanceof Error ? error.message : String(error), { file });
    }
  }
}
