// Progress for a person at a terminal and for a log file: one line a step, with what it does while it takes long.

/** Called by a step with what it is doing now, for instance the last line a program printed. */
export type Progress = (detail: string) => void;

const QUIET_MS = 10_000;

/**
 * Runs one step of a command and prints its name, what it is doing if it takes long, and the time it took.
 * `work` returns a remark for the closing line, such as "unchanged", or ''. Errors pass through after a closing line.
 */
export async function step(name: string, work: (progress: Progress) => Promise<string>): Promise<void> {
  const started = Date.now();
  const terminal = process.stdout.isTTY;
  let detail = '';
  let lastPrinted = started;
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  const timer = setInterval(() => {
    const now = detail === '' ? '' : `: ${detail}`;
    if (terminal) {
      process.stdout.write(`\r\u001b[K${clip(`... ${name} (${seconds()})${now}`, (process.stdout.columns || 80) - 1)}`);
    } else if (Date.now() - lastPrinted >= QUIET_MS) {
      lastPrinted = Date.now();
      console.log(`... ${name} (${seconds()})${now}`);
    }
  }, terminal ? 250 : 1000);
  const close = (mark: string, remark: string) => {
    clearInterval(timer);
    if (terminal) process.stdout.write('\r\u001b[K');
    console.log(`${mark} ${name} (${seconds()})${remark === '' ? '' : `: ${remark}`}`);
  };
  try {
    const remark = await work((text) => (detail = text.trim() || detail));
    close('ok ', remark);
  } catch (error) {
    close('FAILED', '');
    throw error;
  }
}

function clip(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 3))}...`;
}
