/** Changes of one file are told at most this often, milliseconds: a verification makes thousands. */
const INTERVAL_MS = 200;

/** Collects paths that changed and tells each once per interval. */
export class ChangeBatch {
  readonly #tell: (path: string) => void;
  readonly #waiting = new Set<string>();
  #timer: NodeJS.Timeout | null = null;

  constructor(tell: (path: string) => void) {
    this.#tell = tell;
  }

  add(path: string): void {
    this.#waiting.add(path);
    this.#timer ??= setTimeout(() => this.#flush(), INTERVAL_MS).unref();
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting.clear();
  }

  #flush(): void {
    this.#timer = null;
    const paths = [...this.#waiting];
    this.#waiting.clear();
    paths.forEach((path) => this.#tell(path));
  }
}
