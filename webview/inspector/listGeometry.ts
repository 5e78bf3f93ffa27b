// Where the lines of the list lie: groups of one height, of which some are open and show rollouts of another height. Pure.
// The list can be taller than a browser lays out (about 16 million pixels); then the scroll bar is compressed, not the lines.

/** Tallest spacer that is given to the browser, pixels. */
export const MAX_SPACER = 8_000_000;

/** A line: a group's header (`row` -1) or one of its rollouts. */
export interface LineRef { readonly group: number; readonly row: number }

export interface Sizes { readonly group: number; readonly row: number }

export class ListGeometry {
  readonly #sizes: Sizes;
  readonly #groups: number;
  /** Open groups in ascending order, with the rollouts shown before each. */
  readonly #open: readonly { readonly group: number; readonly rows: number; readonly before: number }[];

  /** `open` maps the index of an open group to its number of rollouts. */
  constructor(sizes: Sizes, groups: number, open: ReadonlyMap<number, number>) {
    this.#sizes = sizes;
    this.#groups = groups;
    let before = 0;
    this.#open = [...open].filter(([group]) => group < groups).sort((a, b) => a[0] - b[0]).map(([group, rows]) => {
      const entry = { group, rows, before };
      before += rows;
      return entry;
    });
  }

  get height(): number {
    const last = this.#open.at(-1);
    return this.#groups * this.#sizes.group + (last ? last.before + last.rows : 0) * this.#sizes.row;
  }

  /** Height of the element that makes the scroll bar. */
  get spacer(): number {
    return Math.min(this.height, MAX_SPACER);
  }

  /** Rollouts shown in an open group; 0 for a closed one. */
  rowsOf(group: number): number {
    const entry = this.#openBefore(group + 1);
    return entry?.group === group ? entry.rows : 0;
  }

  /** Top of a line in the uncompressed list, pixels. */
  topOf(line: LineRef): number {
    const entry = this.#openBefore(line.group);
    const rowsBefore = entry ? entry.before + entry.rows : 0;
    const header = line.group * this.#sizes.group + rowsBefore * this.#sizes.row;
    return line.row < 0 ? header : header + this.#sizes.group + line.row * this.#sizes.row;
  }

  heightOf(line: LineRef): number {
    return line.row < 0 ? this.#sizes.group : this.#sizes.row;
  }

  /** The line at a height of the uncompressed list; null in an empty list. */
  lineAt(y: number): LineRef | null {
    if (this.#groups === 0) return null;
    let low = 0;
    let high = this.#groups - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.topOf({ group: middle, row: -1 }) <= y) low = middle;
      else high = middle - 1;
    }
    const inside = y - this.topOf({ group: low, row: -1 }) - this.#sizes.group;
    const rows = this.rowsOf(low);
    return { group: low, row: inside < 0 || rows === 0 ? -1 : Math.min(rows - 1, Math.floor(inside / this.#sizes.row)) };
  }

  next(line: LineRef): LineRef | null {
    if (line.row + 1 < this.rowsOf(line.group)) return { group: line.group, row: line.row + 1 };
    return line.group + 1 < this.#groups ? { group: line.group + 1, row: -1 } : null;
  }

  previous(line: LineRef): LineRef | null {
    if (line.row >= 0) return { group: line.group, row: line.row - 1 };
    return line.group > 0 ? { group: line.group - 1, row: this.rowsOf(line.group - 1) - 1 } : null;
  }

  /** Lines that touch [from, to) of the uncompressed list. */
  linesBetween(from: number, to: number): LineRef[] {
    const lines: LineRef[] = [];
    for (let line = this.lineAt(Math.max(0, from)); line && this.topOf(line) < to; line = this.next(line)) lines.push(line);
    return lines;
  }

  /** From the scroll bar to the uncompressed list, and back. */
  fromScroll(scrollTop: number, viewport: number): number {
    const range = this.spacer - viewport;
    return range <= 0 ? 0 : scrollTop * ((this.height - viewport) / range);
  }
  toScroll(y: number, viewport: number): number {
    const range = this.height - viewport;
    return range <= 0 ? 0 : Math.min(this.spacer - viewport, y * ((this.spacer - viewport) / range));
  }

  /** Last open group below index `group`. */
  #openBefore(group: number): { readonly group: number; readonly rows: number; readonly before: number } | undefined {
    let low = 0;
    let high = this.#open.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#open[middle]?.group ?? Infinity) < group) low = middle + 1;
      else high = middle;
    }
    return this.#open[low - 1];
  }
}
