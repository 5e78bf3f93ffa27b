import type { Logger } from './log.ts';

export interface ServiceOptions {
  readonly log: Logger;
  /** Python for code verification; null: python3 on PATH. */
  readonly python: string | null;
  readonly unsafeCode: boolean;
}

/** Everything the handlers call, built once per server process. */
export interface Services {
  /** True while a run of this server is active: an idle server with a run stays. */
  busy(): boolean;
  dispose(): Promise<void>;
}

export function createServices(_options: ServiceOptions): Services {
  return { busy: () => false, dispose: () => Promise.resolve() };
}
