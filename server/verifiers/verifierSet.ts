import { RequestError } from '../protocol/errors.ts';
import type { Domain } from '../protocol/problem.ts';
import { createCodeVerifier, type CodeVerifier } from './code/codeVerifier.ts';
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
  #math: MathVerifier | null = null;
  #code: CodeVerifier | null = null;

  constructor(options: VerifierSetOptions) {
    this.#options = options;
  }

  get math(): MathVerifier {
    return (this.#math ??= createMathVerifier());
  }

  get code(): CodeVerifier {
    return (this.#code ??= createCodeVerifier({ python: this.#options.python, allowUnsafe: this.#options.unsafeCode }));
  }

  ofDomain(domain: Domain): Verifier {
    return domain === 'math' ? this.math : this.code;
  }

  /** `auto`: by domain; `math`, `code`; `custom:<file>` from the folder. @throws RequestError for an unknown one. */
  select(id: string, _customFolder: string | null): Promise<(domain: Domain) => Verifier> {
    if (id === 'auto') return Promise.resolve((domain) => this.ofDomain(domain));
    if (id === 'math' || id === 'code') return Promise.resolve(() => this.ofDomain(id));
    return Promise.reject(new RequestError('not-found', `There is no verifier ${JSON.stringify(id)}.`));
  }

  list(_customFolder: string | null): Promise<VerifierChoice[]> {
    return Promise.resolve([
      { id: 'auto', title: 'By domain', problem: null },
      { id: 'math', title: 'Math: boxed answer', problem: null },
      { id: 'code', title: 'Code: all tests', problem: null },
    ]);
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#math?.dispose(), this.#code?.dispose()]);
  }
}
