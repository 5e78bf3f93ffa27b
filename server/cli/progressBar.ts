import type { Writable } from 'node:stream';

const WIDTH = 28;
const REDRAW_MS = 100;

/** In a pipe or a log a line now and then is enough, milliseconds. */
const LINE_MS = 10_000;

/** A progress bar on a terminal; in a pipe a line every ten seconds. */
export class ProgressBar {
  readonly #out: Writable & { readonly isTTY?: boolean };
  readonly #label: string;
  readonly #started = Date.now();
  #drawn: number;

  constructor(out: Writable & { readonly isTTY?: boolean }, label: string) {
    this.#out = out;
    this.#label = label;
    this.#drawn = out.isTTY ? 0 : this.#started;
  }

  update(done: number, total: number | null, note = ''): void {
    const now = Date.now();
    const terminal = this.#out.isTTY === true;
    if (now - this.#drawn < (terminal ? REDRAW_MS : LINE_MS) && !(terminal && done === total)) return;
    this.#drawn = now;
    if (terminal) this.#out.write(`\r\x1b[K${renderProgress(this.#label, done, total, (now - this.#started) / 1000, note)}`);
    else this.#out.write(`rlvr: ${this.#label} ${total === null ? done : `${done} of ${total}`}${note ? `, ${note}` : ''}\n`);
  }

  end(): void {
    if (this.#out.isTTY) this.#out.write('\r\x1b[K');
  }
}

/** One line of progress; the rest time is linear extrapolation and appears once a tenth is done. */
export function renderProgress(label: string, done: number, total: number | null, seconds: number, note: string): string {
  const tail = note ? `  ${note}` : '';
  if (total === null || total === 0) return `${label} ${done}${tail}`;
  const share = Math.min(1, done / total);
  const filled = Math.round(share * WIDTH);
  const left = share >= 0.1 && share < 1 ? `  ${Math.ceil((seconds / share) * (1 - share))} s left` : '';
  return `${label} [${'#'.repeat(filled)}${'-'.repeat(WIDTH - filled)}] ${done}/${total}${left}${tail}`;
}
