import type { Gate } from './gate.ts';
import type { Line, LineReader } from './lineReader.ts';
import type { Metrics, Refusal } from './metrics.ts';
import { MALFORMED_RULE, type Rewarder } from './rewarder.ts';
import { failedReply, type RewardReply } from './rewardTask.ts';

export interface AnswerLinesOptions {
  readonly rewarder: Rewarder;
  readonly gate: Gate;
  readonly metrics: Metrics;
  /** Most requests of this stream whose replies are still to be written. */
  readonly window: number;
  /** Fires when the peer is gone or the time is over: what runs is cancelled, nothing more is written. */
  readonly cancel: AbortSignal;
  /** Fires when the service stops: what runs is finished, lines already read are refused. */
  readonly stop: AbortSignal;
  /** Most lines of the stream, if bounded. */
  readonly maxLines?: number;
  /** Writes one reply; resolves when there is room for the next. */
  readonly write: (reply: RewardReply) => Promise<void>;
}

/**
 * Answers every line of a stream, each as soon as it is decided. Reads on only while there is room in the stream's window
 * and in the service's gate. Blank lines are skipped.
 * @returns how many lines were no requests. Rejects when `cancel` fires or a reply cannot be written
 */
export async function answerLines(reader: LineReader, options: AnswerLinesOptions): Promise<number> {
  const { rewarder, gate, cancel, stop } = options;
  const running = new Window(options.window);
  const failure = new AbortController();
  const ended = AbortSignal.any([cancel, failure.signal]);
  let bad = 0;
  const start = (work: Promise<RewardReply>): void => {
    running.add(work
      .then((reply) => {
        if (reply.rule === MALFORMED_RULE) bad += 1;
        return options.write(reply);
      })
      .catch((error: unknown) => failure.abort(error)));
  };
  const stopReading = (): void => reader.stop();
  stop.addEventListener('abort', stopReading);
  ended.addEventListener('abort', stopReading);
  try {
    if (stop.aborted || ended.aborted) reader.stop();
    for (let line = await reader.next(); line !== null && !ended.aborted; line = await reader.next()) {
      if (line.kind === 'line' && isBlank(line.bytes)) continue;
      const refused = refusal(line, options);
      if (refused !== null) {
        start(Promise.resolve(refused));
      } else if (line.kind === 'line') {
        const { bytes, number } = line;
        const leave = await gate.enter(bytes.length, ended);
        start(rewarder.answer(bytes, ended).then((reply) => withPlace(reply, number)).finally(leave));
      }
      await running.room();
    }
  } catch (error) {
    if (!ended.aborted) throw error;
  } finally {
    stop.removeEventListener('abort', stopReading);
    ended.removeEventListener('abort', stopReading);
    await running.all();
  }
  ended.throwIfAborted();
  return bad;
}

/** Work under way, up to a bound. Of constant cost a piece, which `Promise.race` over all of it is not. */
class Window {
  readonly #most: number;
  #size = 0;
  #wake: (() => void) | null = null;

  constructor(most: number) {
    this.#most = most;
  }

  /** `work` must not reject. */
  add(work: Promise<void>): void {
    this.#size += 1;
    void work.then(() => {
      this.#size -= 1;
      this.#wake?.();
    });
  }

  /** Waits until one more may be added. */
  room(): Promise<void> {
    return this.#below(this.#most);
  }

  all(): Promise<void> {
    return this.#below(1);
  }

  async #below(bound: number): Promise<void> {
    while (this.#size >= bound) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#wake = null;
  }
}

/** The reply to a line that is not looked at; null when it is to be answered. */
function refusal(line: Line, { metrics, stop, maxLines = Infinity }: AnswerLinesOptions): RewardReply | null {
  const refuse = (why: Refusal, rule: string, reason: string): RewardReply => {
    metrics.requested();
    metrics.refused(why);
    return failedReply(line.kind === 'line' ? idIn(line.bytes) : null, rule, reason);
  };
  if (line.kind === 'too-long') return refuse('too-long', MALFORMED_RULE, `line ${line.number} is longer than allowed`);
  if (stop.aborted) return refuse('stopping', 'service.stopping', 'the service is stopping');
  if (line.number > maxLines) return refuse('too-long', MALFORMED_RULE, `line ${line.number}: a batch has at most ${maxLines} lines`);
  return null;
}

function withPlace(reply: RewardReply, line: number): RewardReply {
  return reply.rule === MALFORMED_RULE ? { ...reply, reason: `line ${line}: ${reply.reason}` } : reply;
}

function isBlank(bytes: Buffer): boolean {
  return bytes.length === 0 || (bytes.length < 64 && bytes.toString('latin1').trim() === '');
}

/** The id in a line that is refused unread, so that its sender knows which; null where it is not at hand. */
function idIn(bytes: Buffer): number | string | null {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
    return typeof id === 'number' || (typeof id === 'string' && id.length <= 200) ? id : null;
  } catch {
    return null;
  }
}
