import type { Writable } from 'node:stream';

const WIDTH = 28;
const REDRAW_MS = 100;

/** A progress bar on a terminal; silent in a pipe. */
export class ProgressBar {
  readonly #out: (Writable & { readonly isTTY?: boolean }) | null;
  readonly #label: string;
  readonly #started = Date.now();
  #drawn = 0;

  constructor(out: Writable & { readonly isTTY?: boolean }, label: string) {
    this.#out = out.isTTY ? out : null;
    this.#label = label;
  }

  update(done: number, total: number | null, note = ''): void {
    const now = Date.now();
    if (!this.#out || (now - this.#drawn < REDRAW_MS && done !== total)) return;
    this.#drawn = now;
    this.#out.write(`\r\x1b[K${renderProgress(this.#label, done, total, (now - this.#started) / 1000, note)}`);
  }

  end(): void {
    this.#out?.write('\r\x1b[K');
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
