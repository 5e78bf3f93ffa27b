import { basename } from 'node:path';
import { RequestError } from '../protocol/errors.ts';
import type { Domain } from '../protocol/problem.ts';
import { createCodeVerifier, type CodeVerifier } from './code/verifier.ts';
import { createCustomVerifier, listCustomVerifiers } from './custom/verifier.ts';
import { createMathVerifier, type MathVerifier } from './math/verifier.ts';
import type { Verifier } from './verifier.ts';

export interface VerifierSetOptions {
  readonly python: string | null;
  /** Run programs without a sandbox where none works. */
  readonly unsafeCode: boolean;
}

export interface VerifierChoice {
  readonly id: string;
  readonly title: string;
  /** Why it cannot be used; null when it can. */
  readonly problem: string | null;
}

/** All verifiers of this process. Each starts its workers at its first task. */
export class VerifierSet {
  readonly #options: VerifierSetOptions;
  readonly #custom = new Map<string, Verifier>();
  #math: MathVerifier | null = null;
  #code: CodeVerifier | null = null;

  constructor(options: VerifierSetOptions) {
    this.#options = options;
  }

  get math(): MathVerifier {
    return (this.#math ??= createMathVerifier());
  }

  get code(): CodeVerifier {
    return (this.#code ??= createCodeVerifier({ python: this.#options.python ?? undefined, unsafe: this.#options.unsafeCode }));
  }

  ofDomain(domain: Domain): Verifier {
    return domain === 'math' ? this.math : this.code;
  }

  /** `auto`: by domain; `math`, `code`; `custom:<file>` from the folder. @throws RequestError for an unknown one. */
  async select(id: string, customFolder: string | null): Promise<(domain: Domain) => Verifier> {
    if (id === 'auto') return (domain) => this.ofDomain(domain);
    if (id === 'math' || id === 'code') return () => this.ofDomain(id);
    const known = await this.#customIn(customFolder);
    const file = known.find((each) => `custom:${basename(each.file)}` === id);
    if (!file) throw new RequestError('not-found', customFolder === null ? 'Custom verifiers run in trusted workspaces only.' : `There is no verifier ${JSON.stringify(id)} in ${customFolder}.`);
    // A custom verifier is made anew each time: its file may have been edited since.
    await this.#custom.get(id)?.dispose();
    const verifier = await createCustomVerifier(file.file);
    this.#custom.set(id, verifier);
    return () => verifier;
  }

  async list(customFolder: string | null): Promise<VerifierChoice[]> {
    const custom = await this.#customIn(customFolder);
    return [
      { id: 'auto', title: 'By domain', problem: null },
      { id: 'math', title: 'Math: boxed answer', problem: null },
      { id: 'code', title: 'Code: all tests', problem: null },
      ...custom.map(({ file, problem }) => ({ id: `custom:${basename(file)}`, title: basename(file), problem })),
    ];
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#math?.dispose(), this.#code?.dispose(), ...[...this.#custom.values()].map((verifier) => verifier.dispose())]);
  }

  #customIn(folder: string | null): ReturnType<typeof listCustomVerifiers> | readonly [] {
    return folder === null ? [] : listCustomVerifiers(folder);
  }
}
