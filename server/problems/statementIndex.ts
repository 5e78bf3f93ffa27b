import type { ProblemEntry } from './entry.ts';
import { stripWrappers } from './wrappers.ts';

/** A statement without wrappers and with single blanks: what two copies of it have in common. */
export function normalStatement(text: string): string {
  return stripWrappers(text).replace(/\s+/g, ' ').trim();
}

/** Words by which a statement inside of a longer prompt is looked up. Shorter statements must be the whole question. */
const KEY_WORDS = 8;

/** Finds the problem whose statement a prompt asks. Built once per set. */
export class StatementIndex {
  readonly #whole = new Map<string, ProblemEntry[]>();
  readonly #byStart = new Map<string, { readonly statement: string; readonly entry: ProblemEntry }[]>();

  constructor(entries: readonly ProblemEntry[]) {
    for (const entry of entries) {
      const statement = normalStatement(entry.statement);
      if (statement === '') continue;
      push(this.#whole, statement, entry);
      const words = firstWords(statement);
      if (words !== null) push(this.#byStart, words, { statement, entry });
    }
  }

  /** Problems with exactly this statement, normalised. */
  copies(statement: string): readonly ProblemEntry[] {
    return this.#whole.get(statement) ?? [];
  }

  /** Problems with exactly this question, else those whose statement stands inside of the prompt, longest first. Both normalised. */
  find(question: string, prompt: string): readonly ProblemEntry[] {
    const whole = this.#whole.get(question);
    if (whole !== undefined) return whole;
    const found: { readonly statement: string; readonly entry: ProblemEntry }[] = [];
    const words = prompt.split(' ');
    for (let i = 0; i + KEY_WORDS <= words.length; i += 1) {
      for (const candidate of this.#byStart.get(words.slice(i, i + KEY_WORDS).join(' ')) ?? []) {
        if (prompt.includes(candidate.statement)) found.push(candidate);
      }
    }
    const longest = found.reduce((length, { statement }) => Math.max(length, statement.length), 0);
    return found.filter(({ statement }) => statement.length === longest).map(({ entry }) => entry);
  }
}

/** The statement's first words; null when it has not many more than that, and a chance match is likely. */
function firstWords(statement: string): string | null {
  const words = statement.split(' ', KEY_WORDS);
  return words.length < KEY_WORDS ? null : words.join(' ');
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
