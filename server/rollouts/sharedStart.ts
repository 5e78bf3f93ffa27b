/** Fewer questions begin alike by chance. */
const MIN_QUESTIONS = 3;
/** Behind a shorter start a list still shows what differs. */
const MIN_LENGTH = 50;

/**
 * What all questions of a file begin with: an instruction that no list knows. A list of groups that shows it in every line
 * tells none of them apart.
 */
export class SharedStart {
  #start: string | null = null;
  /** The first few that differ: a file may ask one question at many steps. */
  readonly #different = new Set<string>();

  add(question: string): void {
    if (this.#different.size < MIN_QUESTIONS) this.#different.add(question);
    this.#start = this.#start === null ? question : this.#start.slice(0, alike(this.#start, question));
  }

  /** The question behind the shared start; null where there is none to speak of, or nothing behind it. */
  rest(question: string): string | null {
    const start = this.#start ?? '';
    const length = wholeWords(start);
    return this.#different.size < MIN_QUESTIONS || length < MIN_LENGTH || start.length >= question.length ? null : question.slice(length);
  }
}

function alike(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/** Up to the last blank outside of a formula. */
function wholeWords(start: string): number {
  const formulas = start.split('$').length - 1;
  return (formulas % 2 === 1 ? start.slice(0, start.lastIndexOf('$')) : start).lastIndexOf(' ') + 1;
}
