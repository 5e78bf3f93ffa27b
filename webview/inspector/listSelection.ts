// The rollouts that were selected by hand, and where a range of them begins.
import type { RolloutGroup } from '../../server/protocol/rollout.ts';
import type { LineRef } from './listGeometry.ts';

export class ListSelection {
  readonly #refs = new Set<number>();
  readonly #onChange: () => void;
  /** Where a range with Shift starts. */
  anchor: LineRef | null = null;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get refs(): readonly number[] {
    return [...this.#refs];
  }

  get size(): number {
    return this.#refs.size;
  }

  has(ref: number | undefined): boolean {
    return ref !== undefined && this.#refs.has(ref);
  }

  clear(): void {
    if (this.#refs.size === 0) return;
    this.#refs.clear();
    this.#onChange();
  }

  /** Adds the rollouts of a line, or takes them out when all are in; a group's header means all its rollouts. */
  toggle(line: LineRef, group: RolloutGroup): void {
    const refs = refsOf(line, group);
    const on = !refs.every((ref) => this.#refs.has(ref));
    for (const ref of refs) if (on) this.#refs.add(ref); else this.#refs.delete(ref);
    this.anchor = line;
    this.#onChange();
  }

  /** Selects everything between the anchor and `to`; `next` walks down the list, `groupOf` fetches what is not held. */
  async extend(to: LineRef, next: (line: LineRef) => LineRef | null, groupOf: (index: number) => Promise<RolloutGroup | undefined>): Promise<void> {
    this.anchor ??= to;
    const [first = to, last = to] = [this.anchor, to].sort(order);
    this.#refs.clear();
    for (let line: LineRef | null = first; line && order(line, last) <= 0; line = next(line)) {
      const ref = (await groupOf(line.group))?.rows[line.row]?.ref;
      if (ref !== undefined) this.#refs.add(ref);
    }
    this.#onChange();
  }
}

function refsOf(line: LineRef, group: RolloutGroup): number[] {
  return (line.row < 0 ? group.rows : group.rows.slice(line.row, line.row + 1)).map((row) => row.ref);
}

function order(a: LineRef, b: LineRef): number {
  return a.group - b.group || a.row - b.row;
}
